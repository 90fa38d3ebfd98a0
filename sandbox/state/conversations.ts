/** Conversations in the store: one app and one contact, at most one active. */
import { rfc3339 } from "../call.ts";
import { notFound } from "../errors.ts";
import type { Store } from "../store.ts";

export interface ConversationRow {
  id: string;
  app_id: string;
  contact_id: string;
  active: number;
  active_channel: string;
  /** Epoch milliseconds of the latest message either way; 0 for none. */
  last_received: number;
  metadata: string;
  /** JSON text. */
  metadata_json: string;
  correlation_id: string;
}

/** A conversation as the API shows it. */
export function conversationJson(row: ConversationRow) {
  return {
    id: row.id,
    app_id: row.app_id,
    contact_id: row.contact_id,
    active: row.active === 1,
    active_channel: row.active_channel,
    last_received: rfc3339(row.last_received),
    metadata: row.metadata,
    metadata_json: JSON.parse(row.metadata_json),
    correlation_id: row.correlation_id,
  };
}

export function requireConversation(store: Store, id: string): ConversationRow {
  const row = store.get<ConversationRow>(
    "SELECT * FROM conversations WHERE id = ?",
    id,
  );
  if (!row) throw notFound("Conversation");
  return row;
}

export function activeConversation(
  store: Store,
  appId: string,
  contactId: string,
): ConversationRow | undefined {
  return store.get<ConversationRow>(
    "SELECT * FROM conversations WHERE app_id = ? AND contact_id = ? AND active = 1",
    appId,
    contactId,
  );
}

/** A conversation that is not in the store yet. */
export function newConversation(
  store: Store,
  appId: string,
  contactId: string,
): ConversationRow {
  return {
    id: store.newId(),
    app_id: appId,
    contact_id: contactId,
    active: 1,
    active_channel: "CHANNEL_UNSPECIFIED",
    last_received: 0,
    metadata: "",
    metadata_json: "null",
    correlation_id: "",
  };
}

export function insertConversation(store: Store, row: ConversationRow): void {
  store.run(
    "INSERT INTO conversations VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
    row.id,
    row.app_id,
    row.contact_id,
    row.active,
    row.active_channel,
    row.last_received,
    row.metadata,
    row.metadata_json,
    row.correlation_id,
  );
}

export function updateConversation(store: Store, row: ConversationRow): void {
  store.run(
    `UPDATE conversations SET app_id = ?, contact_id = ?, active = ?,
       active_channel = ?, last_received = ?, metadata = ?, metadata_json = ?,
       correlation_id = ? WHERE id = ?`,
    row.app_id,
    row.contact_id,
    row.active,
    row.active_channel,
    row.last_received,
    row.metadata,
    row.metadata_json,
    row.correlation_id,
    row.id,
  );
}

/** Deletes a conversation with its messages. */
export function deleteConversation(store: Store, id: string): void {
  store.run("DELETE FROM conversations WHERE id = ?", id);
  store.run(
    "DELETE FROM messages WHERE conversation_id = ? AND conversation_id <> ''",
    id,
  );
}
