/** `sinch conversation webhooks update` */
import { Command } from "@cliffy/command";
import {
  completeChanges,
  webhookChanges,
  type WebhookOptions,
} from "../../../options/webhook_options.ts";
import { getWebhook, updateWebhook } from "../../../api/webhooks.ts";
import { usageError } from "../../../errors.ts";
import type { View } from "../../../output/view.ts";
import { action } from "../../action.ts";
import type { AnyCommand, Cli } from "../../cli.ts";
import type { Context } from "../../context.ts";
import { addWebhookFlags, readWebhookOptions } from "./webhook_flags.ts";
import { addWebhookId, webhookId, type WebhookIdFlags } from "./webhook_id.ts";
import { webhookView } from "./webhook_view.ts";

export function create(cli: Cli): AnyCommand {
  const command = addWebhookFlags(addWebhookId(
    new Command().description(
      "Change what the flags name; the rest stays. Without flags in a terminal, asks with today's values.",
    ),
  ));
  return command
    .group("Taking away")
    .option("--clear-secret", "Do not sign the callbacks any more.")
    .option("--clear-oauth", "Do not fetch a token any more.")
    .example(
      "Another target",
      "sinch conversation webhooks update 01HW8WHK0000000000000000EE --target https://example.com/v2",
    )
    .example(
      "Other triggers and a new secret",
      "sinch conversation webhooks update 01HW8WHK0000000000000000EE -t MESSAGE_INBOUND -t OPT_OUT --secret @secret.txt",
    )
    .action(action(cli, update));
}

async function update(
  context: Context,
  flags: WebhookOptions & WebhookIdFlags,
  given?: string,
): Promise<View | void> {
  const options = await readWebhookOptions(context, flags);
  const changes = webhookChanges(options);
  if (Object.keys(changes).length === 0) {
    if (context.canPrompt) return await ask(context, flags, given);
    throw usageError(
      "Nothing to update: give --target, --triggers, --secret, --target-type, --oauth-…, --clear-secret or --clear-oauth",
    );
  }
  const id = await webhookId(context, flags, given);
  const current = changes.client_credentials
    ? await context.read(getWebhook(id))
    : undefined;
  return await context.change(
    updateWebhook(id, completeChanges(changes, current)),
    (webhook) => webhookView(context, webhook, "Webhook updated"),
  );
}

/** Asks what to change, with today's values. */
async function ask(
  context: Context,
  flags: WebhookIdFlags,
  given?: string,
): Promise<View | void> {
  const id = await webhookId(context, flags, given);
  const current = await context.read(getWebhook(id));
  const { askWebhookChanges } = await import("../../../wizard/webhook.ts");
  const changes = webhookChanges(
    await askWebhookChanges(await context.prompter(), current),
  );
  if (Object.keys(changes).length === 0) {
    return context.note("Nothing to update");
  }
  return await context.change(
    updateWebhook(id, completeChanges(changes)),
    (webhook) => webhookView(context, webhook, "Webhook updated"),
  );
}
