/** `sinch conversation webhooks delete` */
import { Command } from "@cliffy/command";
import { deleteWebhook, getWebhook } from "../../../api/webhooks.ts";
import { safeLine } from "../../../output/safe_text.ts";
import type { View } from "../../../output/view.ts";
import { action } from "../../action.ts";
import type { AnyCommand, Cli } from "../../cli.ts";
import {
  confirmLoss,
  CONSENT_OPTION,
  type ConsentFlags,
} from "../../confirm.ts";
import type { Context } from "../../context.ts";
import { deleted } from "../../deleted.ts";
import { DRY_RUN_OPTION } from "../../shared_flags.ts";
import { addWebhookId, webhookId, type WebhookIdFlags } from "./webhook_id.ts";

export function create(cli: Cli): AnyCommand {
  return addWebhookId(
    new Command().description(
      "Delete a webhook: its target is not called any more, and what happens meanwhile is never reported.",
    ),
  )
    .option(...CONSENT_OPTION)
    .option(...DRY_RUN_OPTION)
    .example(
      "Ask, then delete",
      "sinch conversation webhooks delete 01HW8WHK0000000000000000EE",
    )
    .example(
      "In a script",
      "sinch conversation webhooks delete 01HW8WHK0000000000000000EE --force",
    )
    .action(action(cli, remove));
}

async function remove(
  context: Context,
  flags: WebhookIdFlags & ConsentFlags,
  given?: string,
): Promise<View> {
  const id = await webhookId(context, flags, given);
  // A person is shown what it is; a script need not know.
  const target = context.canPrompt && !flags.force && !flags.dryRun
    ? ` (${safeLine((await context.read(getWebhook(id))).target ?? "")})`
    : "";
  await confirmLoss(context, flags, {
    action: `Delete webhook ${id}${target}`,
    consequence:
      "What happens without it is never reported later. The app and its messages stay.",
  });
  return await context.change(deleteWebhook(id), () => deleted("Webhook", id));
}
