/**
 * Messages: send, list, get, update, delete.
 *
 * @see https://developers.sinch.com/docs/conversation/api-reference/conversation/messages
 */
import { fields, flag, type Read, record, rows, text, word } from "./answer.ts";
import type { AppMessage } from "./message_body.ts";
import { type ApiRequest, path } from "./http/request.ts";

export type MessagesSource = "CONVERSATION_SOURCE" | "DISPATCH_SOURCE";

export interface ChannelIdentity {
  channel: string;
  /** Phone numbers come back without their `+`. */
  identity: string;
  /** `""` on channels whose identities are not app-scoped. */
  app_id?: string;
}

export const QUEUES = ["NORMAL_PRIORITY", "HIGH_PRIORITY"] as const;
export const PROCESSING_STRATEGIES = ["DEFAULT", "DISPATCH_ONLY"] as const;

export interface SendMessageBody {
  app_id: string;
  recipient: { contact_id: string } | {
    identified_by: { channel_identities: ChannelIdentity[] };
  };
  message: AppMessage;
  /** The first channel is tried first, the next when it fails. */
  channel_priority_order?: string[];
  /** Values of at most 1024 characters. */
  channel_properties?: Record<string, string>;
  /** At most 1024 characters. */
  message_metadata?: string;
  /** At most 2048 characters as JSON. */
  conversation_metadata?: Record<string, unknown>;
  callback_url?: string;
  /** Seconds with an `s`: `"86400s"`. */
  ttl?: string;
  queue?: typeof QUEUES[number];
  /** DISPATCH_ONLY keeps no contact and no conversation. */
  processing_strategy?: typeof PROCESSING_STRATEGIES[number];
  /** At most 128 characters. */
  correlation_id?: string;
}

/** The message is accepted, not delivered. */
const readAccepted = fields({
  message_id: word,
  /** RFC 3339. */
  accepted_time: text,
});
export type SendMessageResponse = Read<typeof readAccepted>;

const readIdentity = fields({ channel: text, identity: text, app_id: text });

/** Why a message failed; `channel_code` is the channel's own. */
const readReason = fields({
  code: text,
  description: text,
  sub_code: text,
  channel_code: text,
});

/** A stored message: `app_message` was sent by us, `contact_message` to us. */
export const readMessage = fields({
  id: word,
  /** `TO_APP` or `TO_CONTACT`. */
  direction: text,
  app_message: record,
  contact_message: record,
  channel_identity: readIdentity,
  /** `""` in DISPATCH mode, as is `contact_id`. */
  conversation_id: text,
  contact_id: text,
  metadata: text,
  accept_time: text,
  sender_id: text,
  /** `CONVERSATION` or `DISPATCH`. */
  processing_mode: text,
  injected: flag,
  /** Only of apps with `persist_message_status`; `null` otherwise. */
  message_status: fields({
    status: text,
    event_time: text,
    reason: readReason,
  }),
});
export type Message = Read<typeof readMessage>;

const readMessagePage = fields({
  messages: rows(readMessage),
  next_page_token: text,
});
export type MessagePage = Read<typeof readMessagePage>;

/** All filters combine with AND; times are RFC 3339. */
export interface MessageFilter {
  app_id?: string;
  channel?: string;
  channel_identity?: string;
  contact_id?: string;
  conversation_id?: string;
  direction?: string;
  start_time?: string;
  end_time?: string;
  messages_source?: MessagesSource;
}

/** The API's largest page of messages. */
export const MESSAGE_PAGE_SIZE = 1000;

export function sendMessageRequest(
  body: SendMessageBody,
): ApiRequest<SendMessageResponse> {
  return {
    method: "POST",
    done: "Message accepted",
    host: "conversation",
    path: "messages:send",
    body,
    answerHas: "message_id",
    answerAs: readAccepted,
  };
}

/** Newest first by `accept_time`. */
export function listMessages(
  filter: MessageFilter,
  page: { page_size: number; page_token?: string },
): ApiRequest<MessagePage> {
  return {
    method: "GET",
    host: "conversation",
    path: "messages",
    query: { ...filter, ...page },
    answerAs: readMessagePage,
  };
}

export function getMessage(
  id: string,
  messages_source?: MessagesSource,
): ApiRequest<Message> {
  return {
    method: "GET",
    host: "conversation",
    path: path`messages/${id}`,
    query: { messages_source },
    answerAs: readMessage,
  };
}

/** Replaces the metadata (at most 1024 characters); conversation source only. */
export function updateMessage(
  id: string,
  metadata: string,
): ApiRequest<Message> {
  return {
    method: "PATCH",
    done: `Metadata of message ${id} updated`,
    host: "conversation",
    path: path`messages/${id}`,
    body: { metadata },
    answerAs: readMessage,
  };
}

/** Removes the stored copy; a delivered message stays where it is. */
export function deleteMessage(
  id: string,
  messages_source?: MessagesSource,
): ApiRequest {
  return {
    method: "DELETE",
    done: `Message ${id} deleted`,
    host: "conversation",
    path: path`messages/${id}`,
    query: { messages_source },
  };
}
