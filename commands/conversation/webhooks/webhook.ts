/** What the commands of webhooks share. */
import {
  deleteWebhook,
  getWebhook,
  type Webhook,
} from "../../../api/webhooks.ts";
import { safeLine } from "../../../output/safe_text.ts";
import { workingApp } from "../../default_app.ts";
import type { Resource } from "../resource.ts";
import { webhookView } from "./webhook_view.ts";

export const PICK_APP = [
  "-a, --app <app-id:app>",
  "App to pick a webhook from if no ID is given (default: the configured app)",
] as const;

/** @param app Whose webhooks a person picks from. */
export function webhooks(app?: string): Resource<Webhook> {
  return {
    noun: "webhook",
    get: getWebhook,
    view: webhookView,
    async pick(context, wizard) {
      const { pickWebhook } = await import("../../../wizard/pick_webhook.ts");
      return await pickWebhook(wizard, await workingApp(context, app));
    },
    delete: deleteWebhook,
    consequence:
      "Events that happen without the webhook are never reported later. The app and its messages are kept.",
    name: ({ id, target }) => `${id} (${safeLine(target ?? "")})`,
  };
}
