/** Conversations in the store: one app and one contact, at most one active. */
import { rfc3339 } from "../call.ts";
import type { JsonObject } from "../checks.ts";
import { notFound } from "../errors.ts";
import type { where } from "../sql.ts";
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
  const row = findConversation(store, id);
  if (!row) throw notFound("Conversation");
  return row;
}

export function findConversation(
  store: Store,
  id: string,
): ConversationRow | undefined {
  return store.get("SELECT * FROM conversations WHERE id = ?", id);
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

/** What a message, either way, changes in its conversation. */
export interface Touch {
  channel: string;
  /** Epoch milliseconds. */
  time: number;
  correlationId?: string;
  /** Replaces the conversation's metadata, or is merged into it (RFC 7386). */
  metadata?: JsonObject;
  merge?: boolean;
}

/**
 * Brings the active conversation of app and contact up to date, or starts one;
 * gives its id. One statement, because every send comes through here.
 */
export function touchConversation(
  store: Store,
  appId: string,
  contactId: string,
  { channel, time, correlationId, metadata, merge }: Touch,
): string {
  const patch = metadata ? JSON.stringify(metadata) : null;
  const active = store.runReturning<{ id: string }>(
    `UPDATE conversations SET
       active_channel = ?, last_received = max(last_received, ?),
       correlation_id = coalesce(?, correlation_id),
       metadata_json = coalesce(${
      merge ? "json_patch(metadata_json, ?)" : "?"
    }, metadata_json)
     WHERE app_id = ? AND contact_id = ? AND active = 1 RETURNING id`,
    channel,
    time,
    correlationId ?? null,
    patch,
    appId,
    contactId,
  );
  if (active) return active.id;
  const started = {
    ...newConversation(store, appId, contactId),
    active_channel: channel,
    last_received: time,
    metadata_json: patch ?? "null",
    correlation_id: correlationId ?? "",
  };
  insertConversation(store, started);
  return started.id;
}

/** Deletes a conversation with its messages and events. */
export function deleteConversation(
  store: Store,
  { id, contact_id }: Pick<ConversationRow, "id" | "contact_id">,
): void {
  store.run("DELETE FROM conversations WHERE id = ?", id);
  for (const table of ["messages", "events"]) {
    store.run(
      `DELETE FROM ${table} WHERE contact_id = ? AND conversation_id = ?`,
      contact_id,
      id,
    );
  }
}

/** How many conversations a list's filters match. */
export function count(
  store: Store,
  { sql, values }: ReturnType<typeof where>,
): number {
  return store.get<{ total: number }>(
    `SELECT count(*) AS total FROM conversations ${sql}`,
    ...values,
  )!.total;
}
