/** Events in the store. */
import { notFound } from "../contract/errors.ts";
import { parseJson } from "../contract/json.ts";
import { rfc3339 } from "../contract/time.ts";
import { modeOf, NOT_KEPT } from "../people/processing_mode.ts";
import { timeOfId } from "../store/ids.ts";
import type { Store } from "../store/store.ts";
import { identityOf, type MessageRow } from "./messages.ts";

/** An event has most columns of a message. */
export interface EventRow
  extends Omit<MessageRow, "metadata" | "sender_id" | "injected"> {
  kind: "app_event" | "contact_event" | "contact_message_event";
}

/** An event as the API shows it. */
export function eventJson(row: EventRow) {
  return {
    id: row.id,
    direction: row.direction,
    [row.kind]: parseJson(row.content),
    conversation_id: row.conversation_id,
    contact_id: row.contact_id,
    channel_identity: identityOf(row),
    accept_time: rfc3339(timeOfId(row.id)),
    processing_mode: modeOf(row.source),
  };
}

export function insertEvent(store: Store, row: EventRow): void {
  store.run(
    "INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    row.id,
    row.source,
    row.app_id,
    row.conversation_id,
    row.contact_id,
    row.channel,
    row.identity,
    row.identity_app_id,
    row.direction,
    row.kind,
    row.content,
    row.delivery,
  );
}

export function requireEvent(store: Store, id: string): EventRow {
  const row = store.get<EventRow>("SELECT * FROM events WHERE id = ?", id);
  if (!row || row.source === NOT_KEPT) throw notFound("Event");
  return row;
}
