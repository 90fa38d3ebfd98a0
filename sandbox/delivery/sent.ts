/** A message or event on its way, as its row in the store describes it. */
import type { AppMessage } from "../content/message_content.ts";
import type { Arrival } from "../../channels/arrival.ts";
import { arrivalOn } from "../content/transcode.ts";
import { type ChannelIdentity, hasPhoneNumbers } from "../contract/channels.ts";
import type { JsonObject } from "../contract/checks.ts";
import { parseJson } from "../contract/json.ts";
import type { EventRow } from "../messages/events.ts";
import {
  appMessageOf,
  findMessage,
  identityOf,
  type MessageRow,
} from "../messages/messages.ts";
import type { Delivery } from "../messages/sending.ts";
import type { Entry } from "../messages/timeline.ts";
import { readApp } from "../people/apps.ts";
import { hoursSinceInbound } from "../people/sending_window.ts";
import { timeOfId } from "../store/ids.ts";
import type { Store } from "../store/store.ts";

export interface Sent {
  kind: "message" | "event";
  row: MessageRow | EventRow;
  /** Only of a message. */
  message?: AppMessage;
  delivery: Delivery & { event_metadata?: string };
  /** Identities to try, in order. */
  candidates: ChannelIdentity[];
  /** The identity that is tried now. */
  identity: ChannelIdentity;
  /** Its index in `candidates`. */
  candidate: number;
}

/** What an entry of the timeline is about; undefined if it was deleted. */
export function findSent(
  store: Store,
  { id, candidate }: Entry,
): Sent | undefined {
  const message = findMessage(store, id);
  const row = message ??
    store.get<EventRow>("SELECT * FROM events WHERE id = ?", id);
  return row && sentOf(row, candidate);
}

/** @param candidate which of its identities is tried; by default its own */
export function sentOf(row: MessageRow | EventRow, candidate = -1): Sent {
  const message = "metadata" in row ? row : undefined;
  const delivery: Sent["delivery"] = parseJson(row.delivery);
  const candidates = delivery.candidates ?? [identityOf(row)];
  return {
    kind: message ? "message" : "event",
    row,
    message: message && appMessageOf(message),
    delivery,
    candidates,
    candidate,
    identity: candidates[candidate] ?? identityOf(row),
  };
}

/** What the recipient gets at a time of a message on the channel that is tried. */
export function arrivalThere(
  store: Store,
  { message, identity, row, delivery }: Sent,
  at = store.now(),
): Arrival | undefined {
  const { channel } = identity;
  return message && arrivalOn(store, {
    channel,
    message,
    properties: delivery.channel_properties,
    recipient: hasPhoneNumbers(channel) ? identity.identity : undefined,
    hoursSinceInbound: hoursSinceInbound(store, row.app_id, identity, at),
    hasDefaultSender: channel === "MMS" &&
      hasDefaultSender(readApp(store, row.app_id)),
  });
}

/** Whether the app has a sender for MMS. */
function hasDefaultSender({ channel_credentials }: JsonObject): boolean {
  const credentials = channel_credentials as {
    channel: string;
    mms_credentials?: { default_sender?: string };
  }[];
  return credentials.some(({ channel, mms_credentials }) =>
    channel === "MMS" && !!mms_credentials?.default_sender
  );
}

/** Epoch milliseconds at which the message's `ttl` ends. */
export function expiry({ row, delivery }: Sent): number {
  return delivery.ttl
    ? timeOfId(row.id) + parseFloat(delivery.ttl) * 1000
    : Infinity;
}

/** What rules match. */
export function subjectOf({ row, identity }: Sent) {
  return { appId: row.app_id, identities: [identity] };
}
