/**
 * Conversations.
 *
 * @see https://developers.sinch.com/docs/conversation/api-reference/conversation/conversation/
 */
import { channel, CHANNELS } from "../contract/channels.ts";
import {
  anyObject,
  type Checked,
  checked,
  flag,
  flagText,
  isObject,
  isTrue,
  noteAsUpdate,
  object,
  oneOf,
  required,
  resourceId,
  text,
} from "../contract/checks.ts";
import { invalidField } from "../contract/errors.ts";
import { readPage } from "../contract/paging.ts";
import { applyUpdate, mergePatch } from "../contract/update_mask.ts";
import type { Call } from "../http/call.ts";
import { messageWithStatus } from "../delivery/life.ts";
import { findMessage } from "../messages/messages.ts";
import {
  MAX_CONVERSATION_METADATA,
  MAX_CORRELATION_ID,
  MAX_METADATA,
} from "../messages/sending.ts";
import { requireApp } from "../people/apps.ts";
import { requireContact } from "../people/contacts.ts";
import * as state from "../people/conversations.ts";
import type { ConversationRow } from "../people/conversations.ts";
import type { Store } from "../store/store.ts";
import { type Condition, where } from "../store/where.ts";

const MAX_PAGE = 20;
const MAX_RECENT_PAGE = 50;

const listQuery = object({
  app_id: resourceId,
  contact_id: resourceId,
  only_active: flagText,
  active_channel: channel,
});

/** `GET conversations`: of an app or a contact, newest first. */
export function listPage(call: Call) {
  const query = checked(call.query, listQuery);
  if (!query.app_id && !query.contact_id) {
    throw invalidField("app_id", "app_id or contact_id must be set");
  }
  const { page_size, page_token, ...filters } = call.query;
  const page = readPage(
    { page_size, page_token },
    "conversations",
    filters,
    MAX_PAGE,
  );
  const conditions: Condition[] = [
    ["app_id = ?", query.app_id],
    ["contact_id = ?", query.contact_id],
    // "false" means only inactive conversations; absent means all.
    ["active = ?", query.only_active && Number(isTrue(query.only_active))],
    ["active_channel = ?", query.active_channel],
  ];
  const matching = where(conditions);
  const selection = where([...conditions, ["id < ?", page.after]]);
  const { rows, nextPageToken } = page.cut(
    call.store.all<ConversationRow>(
      `SELECT * FROM conversations ${selection.sql} ORDER BY id DESC LIMIT ?`,
      ...selection.values,
      page.limit,
    ),
    (last) => last.id,
  );
  return {
    conversations: rows.map((row) => state.conversationJson(call.store, row)),
    next_page_token: nextPageToken,
    // Counted only for the first page, as in the API.
    total_size: page.after ? 0 : state.count(call.store, matching),
  };
}

export function get(call: Call) {
  return state.conversationJson(call.store, conversationOf(call));
}

const CONVERSATION_FIELDS = {
  app_id: required(resourceId),
  contact_id: required(resourceId),
  active: flag,
  active_channel: oneOf([...CHANNELS, "CHANNEL_UNSPECIFIED", ""]),
  metadata: text(MAX_METADATA),
  metadata_json: anyObject(MAX_CONVERSATION_METADATA),
  correlation_id: text(MAX_CORRELATION_ID),
};
const conversation = object(CONVERSATION_FIELDS);
type ConversationFields = Checked<typeof conversation>;

export function create(call: Call) {
  const request = checked(call.body, conversation);
  const created = rowOf(call.store, request, call.store.newId());
  state.insertConversation(call.store, created);
  state.publishConversation(call.store, "CONVERSATION_START", created);
  return state.conversationJson(call.store, created);
}

const updateQuery = object({
  update_mask: text(),
  metadata_update_strategy: oneOf(["REPLACE", "MERGE_PATCH"]),
});

export function update(call: Call) {
  const row = conversationOf(call);
  const query = checked(call.query, updateQuery);
  const current = state.conversationJson(call.store, row);
  const { metadata_json: patch } = call.body;
  const isPatch = query.metadata_update_strategy === "MERGE_PATCH" &&
    isObject(patch);
  const body = isPatch
    ? {
      ...call.body,
      metadata_json: mergePatch(current.metadata_json, patch),
    }
    : call.body;
  if (isPatch) noteAsUpdate(body, call.body);
  const changed = checked(
    applyUpdate(
      current,
      body,
      query.update_mask ?? undefined,
      Object.keys(CONVERSATION_FIELDS),
    ),
    conversation,
  );
  const updated = rowOf(call.store, changed, row.id);
  state.updateConversation(call.store, updated);
  if (
    updated.contact_id !== row.contact_id || updated.app_id !== row.app_id
  ) {
    state.moveContents(call.store, row.id, updated);
  }
  if (row.active && !updated.active) {
    state.publishConversation(call.store, "CONVERSATION_STOP", updated);
  }
  return state.conversationJson(call.store, updated);
}

/** The row of these fields; checks the app, the contact and `active`. */
function rowOf(
  store: Store,
  fields: ConversationFields,
  id: string,
): ConversationRow {
  const app = requireApp(store, fields.app_id);
  if (app.processing_mode === "DISPATCH") {
    throw invalidField("app_id", "must be an app in CONVERSATION mode");
  }
  requireContact(store, fields.contact_id);
  const active = fields.active ?? true;
  const other = state.activeConversation(store, app.id, fields.contact_id);
  if (active && other && other.id !== id) {
    throw invalidField(
      "active",
      `must be false: ${other.id} is the active conversation of this app and contact`,
    );
  }
  return {
    id,
    app_id: app.id,
    contact_id: fields.contact_id,
    active: Number(active),
    active_channel: fields.active_channel || "CHANNEL_UNSPECIFIED",
    metadata: fields.metadata ?? "",
    metadata_json: JSON.stringify(fields.metadata_json ?? null),
    correlation_id: fields.correlation_id ?? "",
  };
}

export function remove(call: Call) {
  const conversation = conversationOf(call);
  state.publishConversation(call.store, "CONVERSATION_DELETE", conversation);
  state.deleteConversation(call.store, conversation.id);
  return {};
}

/** `POST conversations/{conversation_id}:stop`: the next message starts a new one. */
export function stop(call: Call) {
  const conversation = conversationOf(call);
  if (!conversation.active) return {};
  const stopped = { ...conversation, active: 0 };
  state.updateConversation(call.store, stopped);
  state.publishConversation(call.store, "CONVERSATION_STOP", stopped);
  return {};
}

const recentQuery = object({
  app_id: required(resourceId),
  only_active: flagText,
  order: oneOf(["DESC", "ASC"]),
});

/** `GET conversations:recent`: sorted by last message, which is included. */
export function listRecent(call: Call) {
  const query = checked(call.query, recentQuery);
  const { page_size, page_token, ...filters } = call.query;
  const page = readPage(
    { page_size, page_token },
    "recent conversations",
    filters,
    MAX_RECENT_PAGE,
  );
  const onlyActive = isTrue(query.only_active);
  const [messageId, id] = page.after?.split(" ") ?? [];
  const { rows, nextPageToken } = page.cut(
    state.recentConversations(call.store, query.app_id!, {
      // Unlike in the other list, "false" means all.
      onlyActive,
      order: query.order === "ASC" ? "ASC" : "DESC",
      after: id === undefined ? undefined : [messageId!, id],
      limit: page.limit,
    }),
    (last) => `${last.newest} ${last.id}`,
  );
  const matching = where([
    ["app_id = ?", query.app_id],
    ["active >= ?", Number(onlyActive)],
  ]);
  return {
    conversations: rows.map((row) => {
      const last = findMessage(call.store, row.newest);
      return {
        conversation: state.conversationJson(call.store, row),
        last_message: last ? messageWithStatus(call.store, last) : null,
      };
    }),
    next_page_token: nextPageToken,
    total_size: page.after ? 0 : state.count(call.store, matching),
  };
}

function conversationOf(call: Call): ConversationRow {
  return state.requireConversation(call.store, call.params.conversation_id!);
}
