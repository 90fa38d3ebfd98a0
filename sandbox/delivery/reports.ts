/** The callbacks about a message or event on its way. */
import { publish } from "../callbacks/outbox.ts";
import type { JsonObject } from "../contract/checks.ts";
import { modeOf } from "../people/processing_mode.ts";
import { OUTSIDE_WINDOW } from "../people/sending_window.ts";
import { timeOfId } from "../store/ids.ts";
import type { Store } from "../store/store.ts";
import type { Sent } from "./sent.ts";

/** Reports that a message was handed to a channel. */
export function reportSubmit(store: Store, sent: Sent): void {
  publish(store, {
    trigger: "MESSAGE_SUBMIT",
    ...aboutSent(sent),
    payload: {
      ...identityFields(sent),
      submitted_message: sent.message,
    },
  });
}

/** Reports a status, with the reason code of a failure. */
export function report(
  store: Store,
  sent: Sent,
  status: string,
  code?: string,
): void {
  publish(store, {
    trigger: sent.kind === "message" ? "MESSAGE_DELIVERY" : "EVENT_DELIVERY",
    ...aboutSent(sent),
    callbackUrl: sent.delivery.callback_url,
    payload: {
      ...identityFields(sent),
      status,
      reason: code && reasonOf(sent, code),
    },
  });
}

/** A reason code as reports show it. */
export function reasonOf(sent: Sent, code: string) {
  return {
    code,
    description: `The sandbox reported: ${
      code.toLowerCase().replaceAll("_", " ")
    }`,
    sub_code: "UNSPECIFIED_SUB_CODE",
    channel_code: channelCode(sent, code),
  };
}

/** The channel's own code; only WhatsApp has one. */
function channelCode({ identity }: Sent, code: string): string {
  return identity.channel === "WHATSAPP" && code === OUTSIDE_WINDOW
    ? "470"
    : "";
}

function aboutSent({ row, delivery, identity }: Sent) {
  return {
    appId: row.app_id,
    subject: row.contact_id || identity.identity,
    about: row.id,
    acceptedTime: timeOfId(row.id),
    correlationId: delivery.correlation_id,
  };
}

function identityFields({ kind, row, identity, delivery }: Sent): JsonObject {
  return {
    [`${kind}_id`]: row.id,
    conversation_id: kind === "message" ? row.conversation_id : undefined,
    channel_identity: identity,
    // As in the captures, reports of events name no contact.
    contact_id: kind === "message" ? row.contact_id : "",
    metadata: "metadata" in row ? row.metadata : delivery.event_metadata ?? "",
    processing_mode: modeOf(row.source),
  };
}
