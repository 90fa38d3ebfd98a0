/**
 * Messages: send, list, get, update, delete.
 *
 * @see https://developers.sinch.com/docs/conversation/api-reference/conversation/messages/
 */
import { type Call, rfc3339 } from "../call.ts";
import { bareIdentity, channel, type ChannelIdentity } from "../channels.ts";
import {
  anyObject,
  type Check,
  checked,
  flagText,
  given,
  httpUrl,
  type JsonObject,
  list,
  object,
  oneOf,
  required,
  resourceId,
  text,
  textMap,
  timestamp,
} from "../checks.ts";
import { invalidField } from "../errors.ts";
import { firstIdAt } from "../ids.ts";
import { appMessage, storedAppMessage } from "../message_content.ts";
import { readPage } from "../paging.ts";
import {
  addressConversation,
  addressDispatch,
  type Addressee,
  type Recipient,
  recipient,
} from "../recipient.ts";
import { where } from "../sql.ts";
import { type AppRow, requireApp } from "../state/apps.ts";
import { findConversation, touchConversation } from "../state/conversations.ts";
import {
  CONVERSATION_SOURCE,
  DISPATCH_SOURCE,
  insertMessage,
  messageJson,
  type MessageRow,
  NOT_KEPT,
  requireMessage,
} from "../state/messages.ts";
import type { Store } from "../store.ts";

const MAX_METADATA = 1024;
const MAX_PAGE = 1000;
const MIN_TTL_S = 3;
const MAX_TTL_S = 315_576_000_000;

/** `"600s"`, or a bare `"600"`. */
const ttl: Check = (value, field, found) => {
  if (value === undefined || value === null) return;
  const seconds = /^(\d+(?:\.\d+)?)s?$/.exec(String(value))?.[1];
  if (
    typeof value !== "string" || !seconds || Number(seconds) < MIN_TTL_S ||
    Number(seconds) > MAX_TTL_S
  ) {
    found.push({
      field,
      description: `must be seconds from ${MIN_TTL_S}s to ${MAX_TTL_S}s`,
    });
  }
};

export interface SendRequest {
  app_id: string;
  recipient: Recipient;
  message: JsonObject;
  callback_url?: string;
  channel_priority_order?: string[];
  channel_properties?: Record<string, string>;
  message_metadata?: string;
  conversation_metadata?: JsonObject;
  conversation_metadata_update_strategy?: "REPLACE" | "MERGE_PATCH";
  queue?: string;
  ttl?: string;
  processing_strategy?: "DEFAULT" | "DISPATCH_ONLY";
  correlation_id?: string;
  message_content_type?: string;
}

const sendRequest = object({
  app_id: required(resourceId),
  recipient: required(recipient),
  message: required(appMessage),
  callback_url: httpUrl,
  channel_priority_order: list(channel),
  channel_properties: textMap(1024),
  message_metadata: text(MAX_METADATA),
  conversation_metadata: anyObject(2048),
  conversation_metadata_update_strategy: oneOf(["REPLACE", "MERGE_PATCH"]),
  queue: oneOf(["NORMAL_PRIORITY", "HIGH_PRIORITY"]),
  ttl,
  processing_strategy: oneOf(["DEFAULT", "DISPATCH_ONLY"]),
  correlation_id: text(128),
  message_content_type: oneOf([
    "CONTENT_UNKNOWN",
    "CONTENT_MARKETING",
    "CONTENT_NOTIFICATION",
  ]),
});

/** `POST messages:send`: takes the message; delivery comes later. */
export function send(call: Call) {
  const request = checked<SendRequest>(call.body, sendRequest);
  const app = requireApp(call.store, request.app_id);
  return request.processing_strategy === "DISPATCH_ONLY" ||
      app.processing_mode === "DISPATCH"
    ? dispatch(call.store, app, request)
    : converse(call.store, app, request);
}

function dispatch(store: Store, app: AppRow, request: SendRequest) {
  const addressee = addressDispatch(
    app,
    request.recipient,
    request.channel_priority_order,
  );
  const source = app.dispatch_ttl_days > 0 ? DISPATCH_SOURCE : NOT_KEPT;
  return accept(store, request, addressee, source);
}

function converse(store: Store, app: AppRow, request: SendRequest) {
  const addressee = addressConversation(
    store,
    app,
    request.recipient,
    request.channel_priority_order,
  );
  const [first] = addressee.candidates;
  const conversationId = first
    ? touchConversation(store, app.id, addressee.contactId, {
      channel: first.channel,
      time: store.now(),
      correlationId: request.correlation_id,
      metadata: request.conversation_metadata,
      merge: request.conversation_metadata_update_strategy === "MERGE_PATCH",
    })
    : "";
  return accept(store, request, addressee, CONVERSATION_SOURCE, conversationId);
}

/** What a message's delivery needs to know, beside its content. */
export interface Delivery extends
  Pick<
    SendRequest,
    | "callback_url"
    | "channel_properties"
    | "correlation_id"
    | "message_content_type"
    | "queue"
    | "ttl"
  > {
  /** Identities to try, in order. */
  candidates: ChannelIdentity[];
}

function accept(
  store: Store,
  request: SendRequest,
  { contactId, candidates }: Addressee,
  source: string,
  conversationId = "",
) {
  const first = candidates[0];
  const delivery: Delivery = {
    candidates,
    callback_url: request.callback_url,
    channel_properties: request.channel_properties,
    correlation_id: request.correlation_id,
    message_content_type: request.message_content_type,
    queue: request.queue,
    ttl: request.ttl,
  };
  const id = store.newId();
  insertMessage(store, {
    id,
    source,
    app_id: request.app_id,
    conversation_id: conversationId,
    contact_id: contactId,
    channel: first?.channel ?? request.channel_priority_order?.[0] ??
      "CHANNEL_UNSPECIFIED",
    identity: first?.identity ?? "",
    identity_app_id: first?.app_id ?? "",
    direction: "TO_CONTACT",
    content: storedAppMessage(request.message),
    metadata: request.message_metadata ?? "",
    sender_id: "",
    injected: 0,
    delivery: JSON.stringify(delivery),
  });
  return { message_id: id, accepted_time: rfc3339(store.now()) };
}

export const SOURCES = [CONVERSATION_SOURCE, DISPATCH_SOURCE];

interface ListQuery {
  app_id?: string;
  conversation_id?: string;
  contact_id?: string;
  channel_identity?: string;
  channel?: string;
  direction?: string;
  start_time?: string;
  end_time?: string;
  view?: string;
  messages_source?: string;
  only_recipient_originated?: string;
}

const sourceFits: Check = (value, _field, found) => {
  const query = value as ListQuery;
  const dispatch = query.messages_source === DISPATCH_SOURCE;
  for (const field of ["contact_id", "conversation_id"] as const) {
    if (dispatch && query[field]) {
      found.push({
        field,
        description: `must not be set for ${DISPATCH_SOURCE}`,
      });
    }
  }
  if (!dispatch && query.only_recipient_originated === "true") {
    found.push({
      field: "only_recipient_originated",
      description: `must not be set but for ${DISPATCH_SOURCE}`,
    });
  }
};

/** A time span of messages begins before it ends. */
export const timesInOrder: Check = (value, _field, found) => {
  const { start_time, end_time } = value as ListQuery;
  if (
    start_time && end_time && Date.parse(start_time) >= Date.parse(end_time)
  ) {
    found.push({ field: "start_time", description: "must be before end_time" });
  }
};

/** Filters that messages:fetch-last-message has too. */
export const MESSAGE_FILTERS = {
  app_id: resourceId,
  channel,
  direction: oneOf(["TO_APP", "TO_CONTACT"]),
  start_time: timestamp,
  end_time: timestamp,
  view: oneOf(["WITH_METADATA", "WITHOUT_METADATA"]),
  messages_source: oneOf(SOURCES),
};

const listQuery = object(
  {
    ...MESSAGE_FILTERS,
    conversation_id: resourceId,
    contact_id: resourceId,
    channel_identity: text(),
    only_recipient_originated: flagText,
  },
  sourceFits,
  timesInOrder,
);

/** `GET messages`: newest first. */
export function listPage(call: Call): string {
  const query = checked<ListQuery>(call.query, listQuery);
  const { page_size, page_token, ...filters } = call.query;
  const page = readPage(
    { page_size, page_token },
    "messages",
    filters,
    MAX_PAGE,
  );
  const { rows, nextPageToken } = page.cut(
    selectMessages(call.store, query, page.after, page.limit),
    (last) => last.id,
  );
  const messages = rows.map((row) => messageInView(row, query.view));
  return `{"messages":[${messages}],"next_page_token":"${nextPageToken}"}`;
}

export function messageInView(row: MessageRow, view: string | undefined) {
  return messageJson(
    view === "WITHOUT_METADATA" ? { ...row, metadata: "" } : row,
  );
}

function selectMessages(
  store: Store,
  query: ListQuery,
  after: string | undefined,
  limit: number,
): MessageRow[] {
  const filters = {
    ...query,
    source: query.messages_source ?? CONVERSATION_SOURCE,
    // By way of the contact, whose messages have an index.
    contact: query.contact_id ?? (query.conversation_id &&
      (findConversation(store, query.conversation_id)?.contact_id ?? "")),
    identity: query.channel_identity && bareIdentity(query.channel_identity),
    direction: query.only_recipient_originated === "true"
      ? "TO_APP"
      : query.direction,
  };
  const selection = where(
    [
      ["app_id = ?", filters.app_id],
      ["conversation_id = ?", filters.conversation_id],
      ["contact_id = ?", filters.contact],
      ["identity = ?", filters.identity],
      ["channel = ?", filters.channel],
      ["id >= ?", query.start_time && firstIdAt(Date.parse(query.start_time))],
      ["id < ?", query.end_time && firstIdAt(Date.parse(query.end_time))],
      ["id < ?", after],
    ],
    // Written out, because partial indexes ask for the literal.
    [
      `source = '${filters.source}'`,
      ...filters.direction ? [`direction = '${filters.direction}'`] : [],
    ],
  );
  return store.all<MessageRow>(
    `SELECT * FROM messages ${indexFor(filters)}
     ${selection.sql} ORDER BY id DESC LIMIT ?`,
    ...selection.values,
    limit,
  );
}

/**
 * The index of the most selective filter given. Named, because all of them give
 * the order asked for, and without statistics SQLite may pick the widest.
 */
function indexFor(
  filters: ListQuery & { source: string; contact?: string; identity?: string },
): string {
  if (filters.contact !== undefined) return "INDEXED BY messages_by_contact";
  if (filters.identity) return "INDEXED BY messages_by_identity";
  if (filters.channel) return "INDEXED BY messages_by_channel";
  if (filters.direction === "TO_APP") return "INDEXED BY messages_inbound";
  if (filters.source === DISPATCH_SOURCE) {
    return "INDEXED BY messages_dispatched";
  }
  return filters.app_id ? "INDEXED BY messages_by_app" : "";
}

const sourceQuery = object({ messages_source: oneOf(SOURCES) });

/** The message that the path names, in the source that the query names. */
function messageOf(call: Call): MessageRow {
  const { messages_source } = checked<ListQuery>(call.query, sourceQuery);
  return requireMessage(
    call.store,
    call.params.message_id!,
    messages_source ?? CONVERSATION_SOURCE,
  );
}

export function get(call: Call): string {
  return messageJson(messageOf(call));
}

const updateRequest = object({ metadata: given(text(MAX_METADATA)) });

/** `PATCH messages/{message_id}`: metadata alone, in CONVERSATION mode alone. */
export function update(call: Call): string {
  const { metadata } = checked<{ metadata: string }>(call.body, updateRequest);
  if (call.query.messages_source === DISPATCH_SOURCE) {
    throw invalidField("messages_source", `must be ${CONVERSATION_SOURCE}`);
  }
  const message = messageOf(call);
  call.store.run(
    "UPDATE messages SET metadata = ? WHERE id = ?",
    metadata,
    message.id,
  );
  return messageJson({ ...message, metadata });
}

export function remove(call: Call) {
  const { id } = messageOf(call);
  call.store.run("DELETE FROM messages WHERE id = ?", id);
  return {};
}
