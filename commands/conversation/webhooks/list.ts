/** `sinch conversation webhooks list` */
import { Command } from "@cliffy/command";
import { onePage } from "../../../api/pages.ts";
import { listWebhooks, type Webhook } from "../../../api/webhooks.ts";
import type { Column } from "../../../output/columns.ts";
import { action } from "../../action.ts";
import type { AnyCommand, Cli } from "../../cli.ts";
import type { CommonFlags, Context } from "../../context.ts";
import { workingApp } from "../../default_app.ts";
import { showList } from "../../list.ts";
import {
  addLimit,
  addListForms,
  type ListFlags,
  SHOW_SECRETS_OPTION,
} from "../../shared_flags.ts";
import { secretText } from "./webhook_view.ts";
import { suggest } from "../../../runtime/suggest.ts";

interface Flags extends ListFlags, CommonFlags {
  app?: string;
}

const columns = (context?: Context): Column<Webhook>[] => [
  { name: "id", kind: "id", value: ({ id }) => id },
  { name: "target", kind: "id", value: ({ target }) => target },
  {
    name: "triggers",
    kind: "text",
    value: ({ triggers }) => triggers?.join(", "),
  },
  {
    name: "secret",
    value: ({ secret }) => context && secretText(context, secret),
  },
  { name: "type", extra: true, value: (webhook) => webhook.target_type },
  { name: "app", kind: "id", extra: true, value: ({ app_id }) => app_id },
];

export function create(cli: Cli): AnyCommand {
  const command: AnyCommand = new Command()
    .description("List the webhooks of an app.")
    .option(
      "-a, --app <app-id:plain>",
      "Conversation app; the configured default if left out.",
    );
  return addListForms(addLimit(command), columns())
    .option(...SHOW_SECRETS_OPTION)
    .example("Of the default app", "sinch conversation webhooks list")
    .example(
      "Of another app",
      "sinch conversation webhooks list --app 01HW7APP0000000000000000AA",
    )
    .action(action(cli, list));
}

async function list(context: Context, flags: Flags): Promise<void> {
  const read = async () => {
    const app = await workingApp(context, flags.app);
    return context.concealed(await context.read(listWebhooks(app))).webhooks;
  };
  await showList<Webhook>(context, flags, {
    noun: "webhook",
    columns: columns(context),
    pages: (limit) => onePage(read, limit),
    emptyHint: `Create one with \`${suggest`conversation webhooks create`}\`.`,
  });
}
