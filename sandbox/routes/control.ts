/**
 * The sandbox's own endpoints under `/_sandbox/`: what a person does on their
 * phone, and the journal of callbacks.
 */
import { ACCOUNT } from "../account.ts";
import { type Call, rfc3339 } from "../call.ts";
import type { CallbackRow } from "../callbacks.ts";
import {
  type ChannelIdentity,
  recipientIdentity,
  storedIdentity,
} from "../channels.ts";
import {
  checked,
  exactlyOne,
  type JsonObject,
  object,
  oneOf,
  required,
  resourceId,
  text,
} from "../checks.ts";
import { invalidField, notFound } from "../errors.ts";
import { type Inbound, receiveMessage } from "../inbound.ts";
import { contactMessage } from "../message_content.ts";
import { readPage } from "../paging.ts";
import { where } from "../sql.ts";
import { type AppRow, requireApp } from "../state/apps.ts";
import { requireContact } from "../state/contacts.ts";
import { activeConversation } from "../state/conversations.ts";
import type { MessageRow } from "../state/messages.ts";
import type { Store } from "../store.ts";

interface InboundRequest {
  app_id?: string;
  from: {
    contact_id?: string;
    /** A message of the app, which the person answers. */
    message_id?: string;
    channel_identity?: { channel: string; identity: string };
  };
  contact_message?: JsonObject;
  /** Title, postback data or number (from 1) of a choice in the message. */
  choice?: string;
}

const inboundRequest = object({
  app_id: resourceId,
  from: required(object({
    contact_id: resourceId,
    message_id: resourceId,
    channel_identity: recipientIdentity,
  }, exactlyOne(["contact_id", "message_id", "channel_identity"]))),
  contact_message: contactMessage,
  choice: text(),
}, exactlyOne(["contact_message", "choice"]));

/** `POST /_sandbox/inbound`: a person writes, or taps a choice. */
export function receive({ store, body }: Call) {
  const request = checked<InboundRequest>(body, inboundRequest);
  const { message_id } = request.from;
  const answers = message_id ? sentMessage(store, message_id) : undefined;
  const app = requireApp(
    store,
    answers?.app_id ?? request.app_id ?? ACCOUNT.appId,
  );
  return receiveMessage(store, app, {
    ...sender(store, app, request.from, answers),
    content: request.contact_message ??
      choiceResponse(answers, request.choice!),
    answers,
  });
}

function sentMessage(store: Store, id: string): MessageRow {
  const row = store.get<MessageRow>("SELECT * FROM messages WHERE id = ?", id);
  if (!row) throw notFound("Message");
  if (row.direction === "TO_APP") {
    throw invalidField("from.message_id", "must be a message to the contact");
  }
  return row;
}

function sender(
  store: Store,
  app: AppRow,
  { contact_id, channel_identity }: InboundRequest["from"],
  answers: MessageRow | undefined,
): Pick<Inbound, "from" | "contactId"> {
  if (answers) {
    const { channel, identity, identity_app_id } = answers;
    return {
      from: { channel, identity, app_id: identity_app_id },
      contactId: answers.contact_id || undefined,
    };
  }
  return contact_id
    ? { from: usualIdentity(store, app, contact_id), contactId: contact_id }
    : { from: storedIdentity(channel_identity!, app.id) };
}

/** The identity on the channel that the conversation is on, else the first. */
function usualIdentity(
  store: Store,
  app: AppRow,
  contactId: string,
): ChannelIdentity {
  const { channel_identities } = requireContact(store, contactId);
  const own = channel_identities.filter(({ app_id }) =>
    app_id === "" || app_id === app.id
  );
  const channel = activeConversation(store, app.id, contactId)?.active_channel;
  const usual = own.find((one) => one.channel === channel) ?? own[0];
  if (usual) return usual;
  throw invalidField("from.contact_id", "must have an identity for this app");
}

function choiceResponse(
  message: MessageRow | undefined,
  wanted: string,
): JsonObject {
  if (!message) {
    throw invalidField("choice", "must come with from.message_id");
  }
  const choices = choicesOf(JSON.parse(message.content));
  const found =
    choices.find(({ title, data }) =>
      data === wanted || title.toLowerCase() === wanted.toLowerCase()
    ) ?? (/^\d+$/.test(wanted) ? choices[Number(wanted) - 1] : undefined);
  if (!found) {
    const titles = choices.map(({ title }) => `"${title}"`).join(", ");
    throw invalidField(
      "choice",
      choices.length === 0
        ? "must not be set: the message has no choices"
        : `must be one of ${titles}`,
    );
  }
  return {
    choice_response_message: {
      message_id: message.id,
      postback_data: found.data || `${message.id}_${found.title}`,
    },
  };
}

interface Choice {
  title: string;
  data: string | undefined;
}

/** What can be tapped in a message, however deep it lies, in its order. */
function choicesOf(content: unknown): Choice[] {
  if (Array.isArray(content)) return content.flatMap(choicesOf);
  if (typeof content !== "object" || content === null) return [];
  return Object.entries(content).flatMap(([name, value]) => {
    if (name === "choices") return value.map(choice);
    if (name === "items") return value.flatMap(listItem);
    return choicesOf(value);
  });
}

// The shapes were checked when the message was taken.
// deno-lint-ignore no-explicit-any
function choice(given: any): Choice {
  const { postback_data, ...kinds } = given;
  // deno-lint-ignore no-explicit-any
  const [kind] = Object.values<any>(kinds);
  const title = kind.text ?? kind.title;
  return { title, data: postback_data };
}

// deno-lint-ignore no-explicit-any
function listItem({ choice }: any): Choice[] {
  if (!choice) return [];
  const { title, postback_data } = choice;
  return [{ title, data: postback_data }];
}

const MAX_PAGE = 1000;
const callbacksQuery = object({
  app_id: resourceId,
  status: oneOf(["WAITING", "DELIVERED", "FAILED"]),
});

/** `GET /_sandbox/callbacks`: newest first. */
export function listCallbacks({ store, query }: Call) {
  const { page_size, page_token, ...filters } = query;
  const { app_id, status } = checked<{ app_id?: string; status?: string }>(
    filters,
    callbacksQuery,
  );
  const page = readPage(
    { page_size, page_token },
    "callbacks",
    filters,
    MAX_PAGE,
  );
  const selection = where([
    ["app_id = ?", app_id],
    ["status = ?", status],
    ["id < ?", page.after && Number(page.after)],
  ]);
  const { rows, nextPageToken } = page.cut(
    store.all<CallbackRow>(
      `SELECT * FROM callbacks ${selection.sql} ORDER BY id DESC LIMIT ?`,
      ...selection.values,
      page.limit,
    ),
    ({ id }) => String(id),
  );
  return {
    callbacks: rows.map(callbackJson),
    next_page_token: nextPageToken,
  };
}

/** `POST /_sandbox/callbacks/{callback_id}:redeliver`: posts it once more. */
export function redeliver({ store, params }: Call) {
  const id = Number(params.callback_id);
  const found = store.run(
    "UPDATE callbacks SET status = 'WAITING', tries = 0, due = ? WHERE id = ?",
    store.now(),
    id,
  );
  if (found === 0) throw notFound("Callback");
  return callbackJson(
    store.get<CallbackRow>("SELECT * FROM callbacks WHERE id = ?", id)!,
  );
}

function callbackJson(row: CallbackRow) {
  return {
    id: String(row.id),
    app_id: row.app_id,
    webhook_id: row.webhook_id,
    target: row.target,
    trigger: row.trigger,
    status: row.status,
    tries: row.tries,
    last_status: row.last_status,
    last_error: row.last_error,
    next_try: row.status === "WAITING" ? rfc3339(row.due) : null,
    body: JSON.parse(row.body),
  };
}
