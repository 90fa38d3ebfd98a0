/** `sinch conversation webhooks list` */
import { onePage } from "../../../api/pages.ts";
import { listWebhooks, type Webhook } from "../../../api/webhooks.ts";
import type { Column } from "../../../output/columns.ts";
import { action } from "../../action.ts";
import type { Cli } from "../../cli.ts";
import { listCommand, type OptionsOf, SHOW_SECRETS } from "../../command.ts";
import type { Context } from "../../context.ts";
import { workingApp } from "../../default_app.ts";
import { showList } from "../../list.ts";
import { secretText } from "./webhook_view.ts";
import { suggest } from "../../../runtime/suggest.ts";

const columns = (context?: Context): Column<Webhook>[] => [
  { name: "id", kind: "id", value: ({ id }) => id },
  { name: "target", kind: "text", value: ({ target }) => target },
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

const declare = () =>
  listCommand("List the webhooks of an app", columns())
    .option("-a, --app <app-id:app>", "App ID (default: the configured app)")
    .option(...SHOW_SECRETS)
    .example(
      "List the webhooks of the default app",
      "sinch conversation webhooks list",
    )
    .example(
      "List the webhooks of another app",
      "sinch conversation webhooks list --app 01HW7APP0000000000000000AA",
    );

export const create = (cli: Cli) => declare().action(action(cli, list));

async function list(
  context: Context,
  options: OptionsOf<typeof declare>,
): Promise<void> {
  const read = async () => {
    const app = await workingApp(context, options.app);
    return (await context.read(listWebhooks(app))).webhooks;
  };
  await showList<Webhook>(context, options, {
    noun: "webhook",
    columns: columns(context),
    hasSecrets: true,
    pages: (limit) => onePage(read, limit),
    emptyHint: `Create one with \`${suggest`conversation webhooks create`}\`.`,
  });
}
