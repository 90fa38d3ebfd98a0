/** Why a message or event is not delivered, as a reason code. */
import { faultOfShown } from "../content/channel_limits.ts";
import { isTemplate } from "../content/transcode.ts";
import { hasPhoneNumbers, isPlain } from "../contract/channels.ts";
import type { JsonObject } from "../contract/checks.ts";
import { isOptedOut } from "../people/consents.ts";
import { findContact } from "../people/contacts.ts";
import { isWindowOpen, OUTSIDE_WINDOW } from "../people/sending_window.ts";
import type { Store } from "../store/store.ts";
import { type Sent, type ShownThere, shownThere } from "./sent.ts";

const PHONE_NUMBER = /^\d{7,15}$/;

/** What is wrong on every channel. */
export function faultOfContent(
  store: Store,
  { row, delivery, candidates }: Sent,
  shown: ShownThere,
): string | undefined {
  if (delivery.failure) return delivery.failure;
  if (candidates.length === 0) {
    // A dispatched message has no contact.
    return row.contact_id === "" || findContact(store, row.contact_id)
      ? "NO_CHANNEL_IDENTITY_FOR_CONTACT"
      : "CONTACT_NOT_FOUND";
  }
  return shown && "failure" in shown && shown.failure !== "BAD_REQUEST"
    ? shown.failure
    : undefined;
}

/** What is wrong with this channel, or with the identity on it. */
export function faultOfChannel(
  store: Store,
  { kind, row, delivery, identity }: Sent,
  channels: string[],
): string | undefined {
  const { channel } = identity;
  if (!channels.includes(channel)) return "CHANNEL_CONFIGURATION_MISSING";
  if (hasPhoneNumbers(channel) && !PHONE_NUMBER.test(identity.identity)) {
    return "RECIPIENT_INVALID_CHANNEL_IDENTITY";
  }
  if (kind === "event" && isPlain(channel)) return "UNSUPPORTED_OPERATION";
  const optedOut = isOptedOut(
    store,
    row.app_id,
    identity.identity,
    delivery.message_content_type,
  );
  return optedOut ? "RECIPIENT_NOT_OPTED_IN" : undefined;
}

/** Why this channel does not accept the message's content. */
export function faultOfMessage(
  { identity, delivery }: Sent,
  shown: ShownThere,
  app: JsonObject,
): string | undefined {
  return shown && faultOfShown(shown, {
    channel: identity.channel,
    channelProperties: delivery.channel_properties,
    app,
  });
}

/** WhatsApp accepts the message, and only then refuses to deliver it. */
export function faultOfWindow(store: Store, sent: Sent): string | undefined {
  const { row, identity } = sent;
  if (identity.channel !== "WHATSAPP") return undefined;
  const shown = shownThere(store, sent);
  return !shown || "failure" in shown || isTemplate(shown) ||
      isWindowOpen(store, row.app_id, identity)
    ? undefined
    : OUTSIDE_WINDOW;
}
