/** `sinch conversation apps list` */
import { Command } from "@cliffy/command";
import { type App, listApps } from "../../../api/apps.ts";
import { onePage } from "../../../api/pages.ts";
import type { Column } from "../../../output/columns.ts";
import { action } from "../../action.ts";
import type { AnyCommand, Cli } from "../../cli.ts";
import type { CommonFlags, Context } from "../../context.ts";
import { showList } from "../../list.ts";
import {
  addLimit,
  addListForms,
  type ListFlags,
  SHOW_SECRETS_OPTION,
} from "../../shared_flags.ts";
import { channelsOf } from "./app_view.ts";
import { suggest } from "../../../runtime/suggest.ts";

const columns = (defaultApp?: string): Column<App>[] => [
  { name: "id", kind: "id", value: ({ id }) => id },
  { name: "name", kind: "text", value: (app) => app.display_name },
  { name: "channels", kind: "text", value: channelsOf },
  { name: "mode", value: (app) => app.processing_mode },
  {
    name: "default",
    value: ({ id }) => id === defaultApp ? "*" : undefined,
  },
];

export function create(cli: Cli): AnyCommand {
  const command: AnyCommand = new Command().description(
    "List the project's apps in this region; * marks the default one.",
  );
  return addListForms(addLimit(command), columns())
    .option(...SHOW_SECRETS_OPTION)
    .example("All apps", "sinch conversation apps list --all")
    .example(
      "Ids and names alone",
      "sinch conversation apps list --columns id,name",
    )
    .action(action(cli, list));
}

async function list(
  context: Context,
  flags: ListFlags & CommonFlags,
): Promise<void> {
  const { appId } = await context.settings();
  const read = async () =>
    context.concealed(await context.read(listApps())).apps;
  await showList<App>(context, flags, {
    noun: "app",
    columns: columns(appId?.value),
    pages: (limit) => onePage(read, limit),
    emptyHint: `Create one with \`${suggest`conversation apps create`}\`.`,
  });
}
