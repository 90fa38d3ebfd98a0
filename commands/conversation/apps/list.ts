/** `sinch conversation apps list` */
import { type App, listApps } from "../../../api/apps.ts";
import { onePage } from "../../../api/pages.ts";
import type { Column } from "../../../output/columns.ts";
import { action } from "../../action.ts";
import type { Cli } from "../../cli.ts";
import { listCommand, type OptionsOf, SHOW_SECRETS } from "../../command.ts";
import type { Context } from "../../context.ts";
import { showList } from "../../list.ts";
import { channelsOf } from "./app_view.ts";
import { suggest } from "../../../runtime/suggest.ts";

const columns = (defaultApp?: string): Column<App>[] => [
  { name: "id", kind: "id", value: ({ id }) => id },
  { name: "name", kind: "text", value: (app) => app.display_name },
  { name: "channels", kind: "text", value: channelsOf },
  { name: "mode", spare: true, value: (app) => app.processing_mode },
  {
    name: "default",
    value: ({ id }) => id === defaultApp ? "*" : undefined,
  },
];

const declare = () =>
  listCommand(
    "List the project's apps in this region; * marks the default app",
    columns(),
  )
    .option(...SHOW_SECRETS)
    .example("List all apps", "sinch conversation apps list --all")
    .example(
      "Show only IDs and names",
      "sinch conversation apps list --columns id,name",
    );

export const create = (cli: Cli) => declare().action(action(cli, list));

async function list(
  context: Context,
  options: OptionsOf<typeof declare>,
): Promise<void> {
  const { appId } = await context.settings();
  const read = async () => (await context.read(listApps())).apps;
  await showList<App>(context, options, {
    noun: "app",
    columns: columns(appId?.value),
    hasSecrets: true,
    pages: (limit) => onePage(read, limit),
    emptyHint: `Create one with \`${suggest`conversation apps create`}\`.`,
  });
}
