/** How a webhook is shown: its secrets only to whoever asks for them. */
import { source } from "../../../api/answer.ts";
import type { Webhook } from "../../../api/webhooks.ts";
import { details, done } from "../../../output/details.ts";
import type { View } from "../../../output/view.ts";
import type { Context } from "../../context.ts";
import { suggest } from "../../../runtime/suggest.ts";

/** A webhook, under a line that says what was done if something was. */
export function webhookView(
  context: Context,
  webhook: Webhook,
  title?: string,
): View {
  const { id, app_id, target, target_type, triggers = [] } = webhook;
  const oauth = webhook.client_credentials;
  warnIfSilent(context, webhook);
  return {
    json: context.concealed(source(webhook)),
    text: (style) =>
      (title ? done(title, style) : "") + details([
        ["ID", id],
        ["App", app_id],
        ["Target", target],
        ["Type", target_type],
        ["Triggers", triggers.join(", ") || "none"],
        ["Secret", secretText(context, webhook.secret) ?? "none"],
        ["OAuth endpoint", oauth?.endpoint],
        ["OAuth client ID", oauth?.client_id],
        ["OAuth client secret", secretText(context, oauth?.client_secret)],
        ["OAuth scope", oauth?.scope],
      ], style),
  };
}

/** `set`, or the secret itself with `--show-secrets`; nothing where there is none. */
export function secretText(
  context: Context,
  secret: string | undefined,
): string | undefined {
  if (!secret) return undefined;
  return context.flags.showSecrets ? secret : "set";
}

function warnIfSilent(
  context: Context,
  { id, target_type, triggers = [] }: Webhook,
): void {
  if (target_type === "DISMISS") {
    context.note(
      `This webhook is never called: its target type is DISMISS (${suggest`conversation webhooks update ${id} --target-type HTTP`}).`,
    );
  } else if (triggers.length === 0) {
    context.note(
      `This webhook is never called: it has no triggers (${suggest`conversation webhooks update ${id} --triggers MESSAGE_INBOUND`}).`,
    );
  }
}
