/** Messages in the store. */
import {
  type AppMessage,
  type ContactMessage,
  shownAppMessage,
  shownContactMessage,
} from "../content/message_content.ts";
import type { ChannelIdentity } from "../contract/channels.ts";
import { notFound } from "../contract/errors.ts";
import { parseJson } from "../contract/json.ts";
import { rfc3339 } from "../contract/time.ts";
import { modeOf } from "../people/processing_mode.ts";
import { timeOfId } from "../store/ids.ts";
import type { Store } from "../store/store.ts";

export interface MessageRow {
  /** Contains the accept time. */
  id: string;
  source: string;
  app_id: string;
  conversation_id: string;
  contact_id: string;
  channel: string;
  identity: string;
  identity_app_id: string;
  direction: "TO_APP" | "TO_CONTACT";
  /** JSON text of the contact_message or app_message. */
  content: string;
  metadata: string;
  sender_id: string;
  injected: number;
  /** JSON text of the send's options; `{}` for a message that was not sent. */
  delivery: string;
}

/** A message as the API shows it. */
export function messageJson(row: MessageRow) {
  return {
    id: row.id,
    direction: row.direction,
    ...row.direction === "TO_APP"
      ? { contact_message: shownContactMessage(contactMessageOf(row)) }
      : { app_message: shownAppMessage(appMessageOf(row)) },
    channel_identity: identityOf(row),
    conversation_id: row.conversation_id,
    contact_id: row.contact_id,
    metadata: row.metadata,
    accept_time: rfc3339(timeOfId(row.id)),
    sender_id: row.sender_id,
    processing_mode: modeOf(row.source),
    injected: row.injected === 1,
    message_status: null,
  };
}

/** The content of a row to a contact. */
export function appMessageOf({ content }: MessageRow): AppMessage {
  return parseJson(content);
}

/** The content of a row from a contact. */
export function contactMessageOf({ content }: MessageRow): ContactMessage {
  return parseJson(content);
}

/** The current identity of a message or an event. */
export function identityOf(
  row: Pick<MessageRow, "channel" | "identity" | "identity_app_id">,
): ChannelIdentity {
  return {
    channel: row.channel,
    identity: row.identity,
    app_id: row.identity_app_id,
  };
}

export function insertMessage(store: Store, row: MessageRow): void {
  store.run(
    `INSERT INTO messages
       VALUES (?, NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    row.id,
    row.source,
    row.app_id,
    row.conversation_id,
    row.contact_id,
    row.channel,
    row.identity,
    row.identity_app_id,
    row.direction,
    row.content,
    row.metadata,
    row.sender_id,
    row.injected,
    row.delivery,
  );
}

export function findMessage(store: Store, id: string): MessageRow | undefined {
  return store.get("SELECT * FROM messages WHERE id = ?", id);
}

/** The message with this ID and source. */
export function requireMessage(
  store: Store,
  id: string,
  source: string,
): MessageRow {
  const row = findMessage(store, id);
  if (row?.source !== source) throw notFound("Message");
  return row;
}
