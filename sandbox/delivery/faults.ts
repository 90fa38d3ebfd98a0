/** Why a message or event is not delivered, as a reason code. */
import type { Arrival } from "../../channels/arrival.ts";
import { hasPhoneNumbers, isPlain } from "../contract/channels.ts";
import { isOptedOut } from "../people/consents.ts";
import { findContact } from "../people/contacts.ts";
import type { Store } from "../store/store.ts";
import { arrivalThere, type Sent } from "./sent.ts";

const PHONE_NUMBER = /^\d{7,15}$/;

/** What is wrong on every channel. */
export function faultOfContent(
  store: Store,
  { row, delivery, candidates }: Sent,
  arrival: Arrival | undefined,
): string | undefined {
  if (delivery.failure) return delivery.failure;
  if (candidates.length === 0) {
    // A dispatched message has no contact.
    return row.contact_id === "" || findContact(store, row.contact_id)
      ? "NO_CHANNEL_IDENTITY_FOR_CONTACT"
      : "CONTACT_NOT_FOUND";
  }
  if (!arrival?.failure || arrival.shown) return undefined;
  const { code } = arrival.failure;
  return code === "BAD_REQUEST" ? undefined : code;
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

/** Why this channel does not accept the message. */
export function faultOfMessage(
  arrival: Arrival | undefined,
): string | undefined {
  const failure = arrival?.failure;
  return failure?.stage === "channel" ? undefined : failure?.code;
}

/** Why the channel, having accepted the message, does not deliver it. */
export function faultOfWindow(
  store: Store,
  sent: Sent,
  at = store.now(),
): string | undefined {
  const failure = arrivalThere(store, sent, at)?.failure;
  return failure?.stage === "channel" ? failure.code : undefined;
}
