/** The webhook that `get`, `update` and `delete` are about. */
import { pickWebhook } from "../../../wizard/pick_webhook.ts";
import type { AnyCommand } from "../../cli.ts";
import type { CommonFlags, Context } from "../../context.ts";
import { workingApp } from "../../default_app.ts";
import { idOrPick } from "../../pick_id.ts";

export interface WebhookIdFlags extends CommonFlags {
  app?: string;
}

export function addWebhookId(command: AnyCommand): AnyCommand {
  return command.arguments("[id:plain]").option(
    "-a, --app <app-id:plain>",
    "App to pick a webhook of, where no id is given.",
  );
}

/** The given id, or that of the webhook that a person picks. */
export function webhookId(
  context: Context,
  { app }: WebhookIdFlags,
  given: string | undefined,
): Promise<string> {
  return idOrPick(
    context,
    given,
    async (wizard) => pickWebhook(wizard, await workingApp(context, app)),
  );
}
