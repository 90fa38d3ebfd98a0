/**
 * Messages: send, list, get, update, delete, last messages.
 *
 * @see https://developers.sinch.com/docs/conversation/api-reference/conversation/messages/
 */
import { bareIdentity, channel } from "../contract/channels.ts";
import {
  anything,
  type Check,
  type Checked,
  checked,
  exactlyOne,
  flagText,
  given,
  isTrue,
  type JsonObject,
  list,
  object,
  oneOf,
  resourceId,
  text,
  timestamp,
} from "../contract/checks.ts";
import { invalidField } from "../contract/errors.ts";
import { type Cut, readPage } from "../contract/paging.ts";
import { timestampMs } from "../contract/time.ts";
import type { Call } from "../http/call.ts";
import { messageWithStatus, waitingIds } from "../delivery/life.ts";
import { type MessageRow, requireMessage } from "../messages/messages.ts";
import {
  acceptMessage,
  MAX_METADATA,
  sendRequest,
} from "../messages/sending.ts";
import {
  CONVERSATION_SOURCE,
  DISPATCH_SOURCE,
} from "../people/processing_mode.ts";
import { firstIdAt } from "../store/ids.ts";
import type { Store } from "../store/store.ts";
import { type Condition, where } from "../store/where.ts";

const MAX_PAGE = 1000;

/** `POST messages:send`: accepts the message; delivery follows. */
export function send(call: Call) {
  return acceptMessage(
    call.store,
    checked(call.body, sendRequest),
  );
}

const SOURCES = [CONVERSATION_SOURCE, DISPATCH_SOURCE];

const sourceFits: Check = (value, _field, found) => {
  const query = value as Record<string, string>;
  const dispatch = query.messages_source === DISPATCH_SOURCE;
  for (const field of ["contact_id", "conversation_id"] as const) {
    if (dispatch && query[field]) {
      found.push({
        field,
        description: `cannot be used with messages_source ${DISPATCH_SOURCE}`,
      });
    }
  }
  if (!dispatch && isTrue(query.only_recipient_originated)) {
    found.push({
      field: "only_recipient_originated",
      description: `requires messages_source ${DISPATCH_SOURCE}`,
    });
  }
};

/** A time range starts before it ends. */
const timesInOrder: Check = (value, _field, found) => {
  const { start_time, end_time } = value as {
    start_time?: string;
    end_time?: string;
  };
  if (
    start_time && end_time &&
    timestampMs(start_time)! >= timestampMs(end_time)!
  ) {
    found.push({ field: "start_time", description: "must be before end_time" });
  }
};

/** Filters shared with messages:fetch-last-message. */
const MESSAGE_FILTERS = {
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
type ListQuery = Checked<typeof listQuery>;

/** `GET messages`: newest first. */
export function listPage(call: Call) {
  const query = checked(call.query, listQuery);
  const { page_size, page_token, ...filters } = call.query;
  const page = readPage(
    { page_size, page_token },
    "messages",
    filters,
    MAX_PAGE,
  );
  const rows = selectMessages(call.store, query, page.after, page.limit);
  return pageJson(
    call.store,
    page.cut(rows, (last) => last.id),
    query.view,
  );
}

function pageJson(
  store: Store,
  { rows, nextPageToken }: Cut<MessageRow>,
  view: ListQuery["view"],
) {
  const waiting = waitingIds(store);
  return {
    messages: rows.map((row) =>
      messageWithStatus(
        store,
        view === "WITHOUT_METADATA" ? { ...row, metadata: "" } : row,
        waiting.has(row.id),
      )
    ),
    next_page_token: nextPageToken,
  };
}

function selectMessages(
  store: Store,
  query: ListQuery,
  after: string | undefined,
  limit: number,
): MessageRow[] {
  const ofThread: Condition[] = [
    ["source = ?", query.messages_source ?? CONVERSATION_SOURCE],
    ["app_id = ?", query.app_id],
    ["conversation_id = ?", query.conversation_id],
    ["contact_id = ?", query.contact_id],
    [
      "identity IN (?, ?)",
      query.channel_identity ?? undefined,
      query.channel_identity ? bareIdentity(query.channel_identity) : undefined,
    ],
    ["channel = ?", query.channel],
  ];
  const ofMessage: Condition[] = [
    ["direction = ?", query.direction],
    [
      "direction = ?",
      isTrue(query.only_recipient_originated) ? "TO_APP" : undefined,
    ],
    ["id >= ?", query.start_time && firstIdAt(timestampMs(query.start_time)!)],
    ["id < ?", query.end_time && firstIdAt(timestampMs(query.end_time)!)],
    ["id < ?", after],
  ];
  const select = (conditions: Condition[]) => {
    const { sql, values } = where(conditions);
    return store.all<MessageRow>(
      `SELECT * FROM messages ${sql} ORDER BY id DESC LIMIT ?`,
      ...values,
      limit,
    );
  };
  const { conversation_id, contact_id, channel_identity } = query;
  if (!conversation_id && !contact_id && !channel_identity) {
    return select([...ofThread, ...ofMessage]);
  }
  // A person has few threads; together, SQLite would sort all their messages.
  const { sql, values } = where(ofThread);
  return store.all<{ id: number }>(`SELECT id FROM threads ${sql}`, ...values)
    .flatMap(({ id }) => select([["thread_id = ?", id], ...ofMessage]))
    .sort(newestFirst)
    .slice(0, limit);
}

function newestFirst(one: MessageRow, other: MessageRow): number {
  return one.id < other.id ? 1 : -1;
}

const notOfDispatch: Check = (value, _field, found) => {
  const { contact_ids, messages_source } = value as JsonObject;
  if (contact_ids && messages_source === DISPATCH_SOURCE) {
    found.push({
      field: "contact_ids",
      description: `cannot be used with messages_source ${DISPATCH_SOURCE}`,
    });
  }
};

const lastMessagesRequest = object(
  {
    ...MESSAGE_FILTERS,
    channel_identities: list(text(), 1),
    contact_ids: list(resourceId, 1),
    page_size: anything,
    page_token: anything,
  },
  exactlyOne(["channel_identities", "contact_ids"]),
  notOfDispatch,
  timesInOrder,
);

/** `POST messages:fetch-last-message`: the newest of each recipient, newest first. */
export function fetchLast(call: Call) {
  const request = checked(call.body, lastMessagesRequest);
  const { page_size, page_token, ...filters } = call.body;
  const page = readPage(
    { page_size, page_token },
    "last messages",
    filters,
    MAX_PAGE,
  );
  const { channel_identities, contact_ids, ...shared } = request;
  const people: ListQuery[] = channel_identities
    ? channel_identities.map((channel_identity) => ({ channel_identity }))
    : contact_ids!.map((contact_id) => ({ contact_id }));
  const newest = people.flatMap((person) =>
    selectMessages(call.store, { ...shared, ...person }, undefined, 1)
  );
  // Two identities or contacts may have the same newest message.
  const left = [...new Map(newest.map((row) => [row.id, row])).values()]
    .filter(({ id }) => !page.after || id < page.after)
    .sort(newestFirst)
    .slice(0, page.limit);
  return pageJson(call.store, page.cut(left, ({ id }) => id), request.view);
}

const sourceQuery = object({ messages_source: oneOf(SOURCES) });

/** The message in the path, from the source in the query. */
function messageOf(call: Call): MessageRow {
  const { messages_source } = checked(call.query, sourceQuery);
  return requireMessage(
    call.store,
    call.params.message_id!,
    messages_source ?? CONVERSATION_SOURCE,
  );
}

export function get(call: Call) {
  return messageWithStatus(call.store, messageOf(call));
}

const updateRequest = object({ metadata: given(text(MAX_METADATA)) });

/** `PATCH messages/{message_id}`: only metadata, only in CONVERSATION mode. */
export function update(call: Call) {
  const { metadata } = checked(call.body, updateRequest);
  if (call.query.messages_source === DISPATCH_SOURCE) {
    throw invalidField("messages_source", `must be ${CONVERSATION_SOURCE}`);
  }
  const message = messageOf(call);
  call.store.run(
    "UPDATE messages SET metadata = ? WHERE id = ?",
    metadata,
    message.id,
  );
  return messageWithStatus(call.store, { ...message, metadata });
}

export function remove(call: Call) {
  const { id } = messageOf(call);
  call.store.run("DELETE FROM messages WHERE id = ?", id);
  return {};
}
