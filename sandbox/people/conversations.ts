/** Conversations in the store: one app and one contact, at most one active. */
import { publish } from "../callbacks/outbox.ts";
import type { JsonObject } from "../contract/checks.ts";
import { notFound } from "../contract/errors.ts";
import { rfc3339 } from "../contract/time.ts";
import { mergePatch } from "../contract/update_mask.ts";
import { timeOfId } from "../store/ids.ts";
import type { Store } from "../store/store.ts";
import type { where } from "../store/where.ts";
import { OF_CONTACT } from "./message_people.ts";
import { CONVERSATION_SOURCE } from "./processing_mode.ts";

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
  const newest = newestMessageId(store, row);
  return {
    id: row.id,
    app_id: row.app_id,
    contact_id: row.contact_id,
    active: row.active === 1,
    active_channel: row.active_channel,
    last_received: rfc3339(newest ? timeOfId(newest) : 0),
    metadata: row.metadata,
    metadata_json: JSON.parse(row.metadata_json),
    correlation_id: row.correlation_id,
  };
}

function newestMessageId(
  store: Store,
  conversation: { id: string; contact_id: string },
): string | undefined {
  return store.get<{ id: string }>(
    `SELECT id FROM message_people CROSS JOIN messages USING (id)
     WHERE person = ? AND conversation_id = ? ORDER BY message_people.id DESC LIMIT 1`,
    conversation.contact_id,
    conversation.id,
  )?.id;
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
  return store.remembered(
    "conversations",
    `${appId} ${contactId}`,
    () =>
      store.get<ConversationRow>(
        "SELECT * FROM conversations WHERE app_id = ? AND contact_id = ? AND active = 1",
        appId,
        contactId,
      ),
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

/** What a message or an event, either way, says of its conversation. */
export interface Touch {
  channel: string;
  correlationId?: string | null;
  /** Replaces the conversation's metadata, or is merged into it (RFC 7386). */
  metadata?: JsonObject | null;
  merge?: boolean;
}

/**
 * Brings the active conversation of app and contact up to date, or starts one;
 * gives its id. Nearly every send finds nothing to change, and writes nothing.
 */
export function touchConversation(
  store: Store,
  appId: string,
  contactId: string,
  touch: Touch,
): string {
  const active = activeConversation(store, appId, contactId);
  const known = active ?? newConversation(store, appId, contactId);
  const touched = {
    ...known,
    active_channel: touch.channel,
    correlation_id: touch.correlationId ?? known.correlation_id,
    metadata_json: nextMetadata(known.metadata_json, touch),
  };
  if (!active) {
    insertConversation(store, touched);
    tellConversation(store, "CONVERSATION_START", touched, {
      last_received: rfc3339(store.now()),
    });
  } else if (isChanged(active, touched)) updateConversation(store, touched);
  return touched.id;
}

function nextMetadata(current: string, { metadata, merge }: Touch): string {
  if (!metadata) return current;
  return JSON.stringify(
    merge ? mergePatch(JSON.parse(current), metadata) : metadata,
  );
}

function isChanged(before: ConversationRow, after: ConversationRow): boolean {
  return before.active_channel !== after.active_channel ||
    before.correlation_id !== after.correlation_id ||
    before.metadata_json !== after.metadata_json;
}

interface Recent {
  onlyActive: boolean;
  order: "ASC" | "DESC";
  /** Ids of the last conversation seen, and of its last message. */
  after: [messageId: string, id: string] | undefined;
  limit: number;
}
type RecentRow = ConversationRow & { newest: string };

/**
 * An app's conversations by their last message, those without one as the
 * oldest. No column holds that order, as every send would have to write it.
 */
export function recentConversations(
  store: Store,
  appId: string,
  recent: Recent,
): RecentRow[] {
  return fromNewestMessages(store, appId, recent) ??
    fromEveryConversation(store, appId, recent);
}

/** Ids are digits and capital letters. */
const AFTER_ALL_IDS = "~";

/** How many messages are walked before every conversation is looked at. */
const WALK = 1000;

/** Walks back through the messages; gives nothing if that does not fill the page. */
function fromNewestMessages(
  store: Store,
  appId: string,
  { onlyActive, order, after, limit }: Recent,
): RecentRow[] | undefined {
  if (order === "ASC") return undefined;
  const messages = store.all<{ id: string; conversation_id: string }>(
    `SELECT id, conversation_id FROM messages
     WHERE id < ? AND source = ? AND app_id = ? ORDER BY id DESC LIMIT ?`,
    after?.[0] ?? AFTER_ALL_IDS,
    CONVERSATION_SOURCE,
    appId,
    WALK,
  );
  const newest = new Map<string, string>();
  for (const { id, conversation_id } of messages) {
    if (!newest.has(conversation_id)) newest.set(conversation_id, id);
  }
  const found: RecentRow[] = [];
  for (const [id, messageId] of newest) {
    const row = findConversation(store, id);
    // One whose newest message is newer was on a page before.
    if (
      row && row.active >= Number(onlyActive) &&
      newestMessageId(store, row) === messageId
    ) {
      found.push({ ...row, newest: messageId });
      if (found.length === limit) return found;
    }
  }
  return undefined;
}

function fromEveryConversation(
  store: Store,
  appId: string,
  { onlyActive, order, after, limit }: Recent,
): RecentRow[] {
  const further = order === "DESC" ? "<" : ">";
  return store.all(
    `WITH recent AS MATERIALIZED (
       SELECT *, coalesce((
         SELECT message_people.id
         FROM message_people CROSS JOIN messages USING (id)
         WHERE person = conversations.contact_id
           AND conversation_id = conversations.id
         ORDER BY message_people.id DESC LIMIT 1), '') AS newest
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
 * Tells the app's webhooks what became of a conversation.
 *
 * @param override what is true as soon as the change that started it is done
 */
export function tellConversation(
  store: Store,
  trigger: "CONVERSATION_START" | "CONVERSATION_STOP" | "CONVERSATION_DELETE",
  row: ConversationRow,
  override: Partial<ReturnType<typeof conversationJson>> = {},
): void {
  publish(store, {
    trigger,
    appId: row.app_id,
    subject: row.contact_id,
    eventTime: store.now(),
    payload: { conversation: { ...conversationJson(store, row), ...override } },
  });
}

/** Gives a conversation's messages and events to the app and contact it is now with. */
export function moveContents(
  store: Store,
  { id, contact_id }: Pick<ConversationRow, "id" | "contact_id">,
  to: Pick<ConversationRow, "app_id" | "contact_id">,
): void {
  const change = (table: string, ofContact: string) =>
    store.run(
      `UPDATE ${table} SET app_id = ?, contact_id = ?
       WHERE ${ofContact} AND conversation_id = ?`,
      to.app_id,
      to.contact_id,
      contact_id,
      id,
    );
  change("messages", OF_CONTACT);
  change("events", "contact_id = ?");
}

/** Deletes a conversation with its messages and events. */
export function deleteConversation(
  store: Store,
  { id, contact_id }: Pick<ConversationRow, "id" | "contact_id">,
): void {
  store.run("DELETE FROM conversations WHERE id = ?", id);
  store.run(
    `DELETE FROM messages WHERE ${OF_CONTACT} AND conversation_id = ?`,
    contact_id,
    id,
  );
  store.run(
    "DELETE FROM events WHERE contact_id = ? AND conversation_id = ?",
    contact_id,
    id,
  );
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
