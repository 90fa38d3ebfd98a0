/** `sinch conversation webhooks update` */
import { getWebhook, updateWebhook } from "../../../api/webhooks.ts";
import { usageError } from "../../../errors.ts";
import type { View } from "../../../output/view.ts";
import { action } from "../../action.ts";
import type { Cli } from "../../cli.ts";
import type { OptionsOf } from "../../command.ts";
import type { Context } from "../../context.ts";
import { idOf } from "../resource.ts";
import { PICK_APP, webhooks } from "./webhook.ts";
import {
  completeChanges,
  type WebhookChanges,
  webhookChanges,
  webhookCommand,
} from "./webhook_options.ts";
import { webhookView } from "./webhook_view.ts";

const declare = () =>
  webhookCommand(
    "Update the given fields of a webhook. Without options in a terminal, asks for the changes.",
  )
    .arguments("[id:webhook]")
    .option(...PICK_APP)
    .option("--clear-secret", "Stop signing the callbacks")
    .option("--clear-oauth", "Stop requesting a token for the target")
    .example(
      "Change the target",
      "sinch conversation webhooks update 01HW8WHK0000000000000000EE --target https://example.com/v2",
    )
    .example(
      "Change the triggers and the secret",
      "sinch conversation webhooks update 01HW8WHK0000000000000000EE -t MESSAGE_INBOUND -t OPT_OUT --secret @secret.txt",
    );

type Options = OptionsOf<typeof declare>;

export const create = (cli: Cli) => declare().action(action(cli, update));

async function update(
  context: Context,
  options: Options,
  given?: string,
): Promise<View | void> {
  const changes = changesFrom(context, options);
  const isAsked = Object.keys(changes).length === 0;
  if (isAsked && !context.canPrompt) {
    throw usageError(
      "Nothing to update",
      "Add --target, --triggers, --secret, --target-type, --oauth-…, --clear-secret or --clear-oauth.",
    );
  }
  const id = await idOf(context, webhooks(options.app), given);
  const current = isAsked || changes.client_credentials
    ? await context.read(getWebhook(id))
    : undefined;
  if (isAsked) {
    const { askWebhookChanges } = await import("../../../wizard/webhook.ts");
    Object.assign(
      changes,
      await askWebhookChanges(await context.prompter(), current!),
    );
    if (Object.keys(changes).length === 0) {
      return context.note("Nothing to update");
    }
  }
  return await context.change(
    updateWebhook(id, completeChanges(changes, current)),
    (webhook) => webhookView(context, webhook, "Webhook updated"),
  );
}

/** @throws {Failure} "usage" for options that contradict each other. */
function changesFrom(context: Context, options: Options): WebhookChanges {
  const { clearSecret, clearOauth } = options;
  const changes = webhookChanges(context, options);
  if (clearSecret && changes.secret) {
    throw usageError("--secret and --clear-secret cannot be used together");
  }
  const [oauth] = Object.keys(changes.client_credentials ?? {});
  if (clearOauth && oauth) {
    const flag = `--oauth-${oauth.replaceAll("_", "-")}`;
    throw usageError(`${flag} and --clear-oauth cannot be used together`);
  }
  return {
    ...changes,
    ...clearSecret && { secret: "" },
    ...clearOauth && { client_credentials: null },
  };
}
