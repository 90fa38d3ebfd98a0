/** Conversations in the store; an app and a contact have at most one active one. */
import { publish } from "../callbacks/outbox.ts";
import type { JsonObject } from "../contract/checks.ts";
import { notFound } from "../contract/errors.ts";
import { parseJson } from "../contract/json.ts";
import { rfc3339 } from "../contract/time.ts";
import { mergePatch } from "../contract/update_mask.ts";
import { timeOfId } from "../store/ids.ts";
import type { Store } from "../store/store.ts";
import type { where } from "../store/where.ts";

export interface ConversationRow {
  id: string;
  app_id: string;
  contact_id: string;
  active: number;
  active_channel: string;
  metadata: string;
  /** JSON text. */
  metadata_json: string;
  correlation_id: string;
}

/** A conversation as the API shows it. */
export function conversationJson(store: Store, row: ConversationRow) {
  const newest = newestMessageId(store, row.id);
  return {
    id: row.id,
    app_id: row.app_id,
    contact_id: row.contact_id,
    active: row.active === 1,
    active_channel: row.active_channel,
    last_received: rfc3339(newest ? timeOfId(newest) : 0),
    metadata: row.metadata,
    metadata_json: parseJson(row.metadata_json),
    correlation_id: row.correlation_id,
  };
}

/** A conversation as callbacks show it: metadata is an object, also if empty. */
export function conversationInCallback(store: Store, row: ConversationRow) {
  const conversation = conversationJson(store, row);
  return { ...conversation, metadata_json: conversation.metadata_json ?? {} };
}

/** SQL for the last message's ID of a row of `threads`, read from an index. */
const NEWEST_OF_THREAD =
  "(SELECT max(id) FROM thread_messages WHERE thread_id = threads.id)";

function newestMessageId(store: Store, id: string): string | undefined {
  return store.get<{ newest: string | null }>(
    `SELECT max(${NEWEST_OF_THREAD}) AS newest FROM threads
     WHERE conversation_id = ?`,
    id,
  )?.newest ?? undefined;
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
  return store.get(
    `SELECT * FROM conversations
     WHERE app_id = ? AND contact_id = ? AND active = 1`,
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
    metadata: "",
    metadata_json: "null",
    correlation_id: "",
  };
}

export function insertConversation(store: Store, row: ConversationRow): void {
  store.run(
    "INSERT INTO conversations VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    row.id,
    row.app_id,
    row.contact_id,
    row.active,
    row.active_channel,
    row.metadata,
    row.metadata_json,
    row.correlation_id,
  );
}

export function updateConversation(store: Store, row: ConversationRow): void {
  store.run(
    `UPDATE conversations SET app_id = ?, contact_id = ?, active = ?,
       active_channel = ?, metadata = ?, metadata_json = ?,
       correlation_id = ? WHERE id = ?`,
    row.app_id,
    row.contact_id,
    row.active,
    row.active_channel,
    row.metadata,
    row.metadata_json,
    row.correlation_id,
    row.id,
  );
}

/** What a message or an event changes in its conversation. */
export interface Touch {
  channel: string;
  correlationId?: string | null;
  /** Replaces the conversation's metadata, or is merged into it (RFC 7386). */
  metadata?: JsonObject | null;
  merge?: boolean;
}

/**
 * Updates the active conversation of the app and the contact, or starts one;
 * returns its ID. Most sends change nothing and write nothing.
 */
export function touchConversation(
  store: Store,
  appId: string,
  contactId: string,
  touch: Touch,
): string {
  const active = activeConversation(store, appId, contactId);
  const known = active ?? newConversation(store, appId, contactId);
  const { channel, correlationId } = touch;
  const correlation = correlationId ?? known.correlation_id;
  const metadata = nextMetadata(known.metadata_json, touch);
  if (
    active?.active_channel === channel &&
    active.correlation_id === correlation && active.metadata_json === metadata
  ) return active.id;
  const touched = {
    ...known,
    active_channel: channel,
    correlation_id: correlation,
    metadata_json: metadata,
  };
  if (active) updateConversation(store, touched);
  else {
    insertConversation(store, touched);
    publishConversation(store, "CONVERSATION_START", touched, {
      last_received: rfc3339(store.now()),
    });
  }
  return touched.id;
}

function nextMetadata(current: string, { metadata, merge }: Touch): string {
  if (!metadata) return current;
  return JSON.stringify(
    merge ? mergePatch(parseJson(current), metadata) : metadata,
  );
}

interface Recent {
  onlyActive: boolean;
  order: "ASC" | "DESC";
  /** IDs of the last conversation's newest message and of that conversation. */
  after: [messageId: string, id: string] | undefined;
  limit: number;
}
type RecentRow = ConversationRow & { newest: string };

/** An app's conversations by their last message; those without one are oldest. */
export function recentConversations(
  store: Store,
  appId: string,
  { onlyActive, order, after, limit }: Recent,
): RecentRow[] {
  const further = order === "DESC" ? "<" : ">";
  return store.all(
    `WITH recent AS MATERIALIZED (
       SELECT *, coalesce((SELECT max(${NEWEST_OF_THREAD}) FROM threads
         WHERE conversation_id = conversations.id), '') AS newest
       FROM conversations WHERE app_id = ? AND active >= ?)
     SELECT * FROM recent
     ${after ? `WHERE (newest, id) ${further} (?, ?)` : ""}
     ORDER BY newest ${order}, id ${order} LIMIT ?`,
    appId,
    Number(onlyActive),
    ...after ?? [],
    limit,
  );
}

/**
 * Notifies the app's webhooks of a change of a conversation.
 *
 * @param override fields that the change in progress will set
 */
export function publishConversation(
  store: Store,
  trigger: "CONVERSATION_START" | "CONVERSATION_STOP" | "CONVERSATION_DELETE",
  row: ConversationRow,
  override: Partial<ReturnType<typeof conversationJson>> = {},
): void {
  publish(store, {
    trigger,
    appId: row.app_id,
    subject: row.contact_id,
    payload: {
      conversation: { ...conversationInCallback(store, row), ...override },
    },
  });
}

/** Moves a conversation's messages and events to its new app and contact. */
export function moveContents(
  store: Store,
  conversationId: string,
  to: Pick<ConversationRow, "app_id" | "contact_id">,
): void {
  for (const table of ["messages", "events"]) {
    store.run(
      `UPDATE ${table} SET app_id = ?, contact_id = ? WHERE conversation_id = ?`,
      to.app_id,
      to.contact_id,
      conversationId,
    );
  }
}

/** Deletes a conversation with its messages and events. */
export function deleteConversation(store: Store, id: string): void {
  store.run("DELETE FROM conversations WHERE id = ?", id);
  store.run("DELETE FROM messages WHERE conversation_id = ?", id);
  store.run("DELETE FROM events WHERE conversation_id = ?", id);
}

/** How many conversations the filters of a list match. */
export function count(
  store: Store,
  { sql, values }: ReturnType<typeof where>,
): number {
  return store.get<{ total: number }>(
    `SELECT count(*) AS total FROM conversations ${sql}`,
    ...values,
  )!.total;
}
