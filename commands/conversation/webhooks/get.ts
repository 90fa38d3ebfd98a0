/** `sinch conversation webhooks get` */
import { Command } from "@cliffy/command";
import { getWebhook } from "../../../api/webhooks.ts";
import type { View } from "../../../output/view.ts";
import { action } from "../../action.ts";
import type { AnyCommand, Cli } from "../../cli.ts";
import type { Context } from "../../context.ts";
import { SHOW_SECRETS_OPTION } from "../../shared_flags.ts";
import { addWebhookId, webhookId, type WebhookIdFlags } from "./webhook_id.ts";
import { webhookView } from "./webhook_view.ts";

export function create(cli: Cli): AnyCommand {
  return addWebhookId(
    new Command().description(
      "Show a webhook. Without an id in a terminal, asks which.",
    ),
  )
    .option(...SHOW_SECRETS_OPTION)
    .example(
      "One webhook",
      "sinch conversation webhooks get 01HW8WHK0000000000000000EE",
    )
    .example(
      "The secret that signs its callbacks",
      "sinch conversation webhooks get 01HW8WHK0000000000000000EE --show-secrets --query secret",
    )
    .action(action(cli, get));
}

async function get(
  context: Context,
  flags: WebhookIdFlags,
  given?: string,
): Promise<View> {
  const id = await webhookId(context, flags, given);
  return webhookView(context, await context.read(getWebhook(id)));
}
