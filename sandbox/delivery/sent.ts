/** A message or event on its way, as its row in the store describes it. */
import type { AppMessage } from "../content/message_content.ts";
import { shownOn } from "../content/transcode.ts";
import type { ChannelIdentity } from "../contract/channels.ts";
import type { EventRow } from "../messages/events.ts";
import {
  appMessageOf,
  findMessage,
  identityOf,
  type MessageRow,
} from "../messages/messages.ts";
import type { Delivery } from "../messages/sending.ts";
import type { Entry } from "../messages/timeline.ts";
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
  if (!row) return undefined;
  const delivery: Sent["delivery"] = JSON.parse(row.delivery);
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

/** What the recipient gets of a message on the channel that is tried now. */
export function shownThere(store: Store, { message, identity }: Sent) {
  return message && shownOn(store, message, identity.channel);
}

export type ShownThere = ReturnType<typeof shownThere>;

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
