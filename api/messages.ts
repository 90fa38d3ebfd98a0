/**
 * Messages: send, list, get, update, delete.
 *
 * @see https://developers.sinch.com/docs/conversation/api-reference/conversation/messages
 */
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

export interface SendMessageRequest {
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
  queue?: string;
  processing_strategy?: string;
  /** At most 128 characters. */
  correlation_id?: string;
}

export interface SendMessageResponse {
  message_id: string;
  /** RFC 3339. The message is accepted, not delivered. */
  accepted_time?: string;
}

/** A stored message: `app_message` was sent by us, `contact_message` to us. */
export interface Message {
  id: string;
  direction: "TO_APP" | "TO_CONTACT";
  app_message?: Record<string, unknown>;
  contact_message?: Record<string, unknown>;
  channel_identity?: ChannelIdentity;
  /** `""` in DISPATCH mode, as is `contact_id`. */
  conversation_id?: string;
  contact_id?: string;
  metadata?: string;
  accept_time?: string;
  sender_id?: string;
  processing_mode?: "CONVERSATION" | "DISPATCH";
  injected?: boolean;
}

export interface MessagePage {
  messages?: Message[];
  next_page_token?: string;
}

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

export function sendMessage(
  body: SendMessageRequest,
): ApiRequest<SendMessageResponse> {
  return {
    method: "POST",
    host: "conversation",
    path: "messages:send",
    body,
    answerHas: "message_id",
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
  };
}

/** Replaces the metadata (at most 1024 characters); conversation source only. */
export function updateMessage(
  id: string,
  metadata: string,
): ApiRequest<Message> {
  return {
    method: "PATCH",
    host: "conversation",
    path: path`messages/${id}`,
    body: { metadata },
  };
}

/** Removes the stored copy; a delivered message stays where it is. */
export function deleteMessage(
  id: string,
  messages_source?: MessagesSource,
): ApiRequest {
  return {
    method: "DELETE",
    host: "conversation",
    path: path`messages/${id}`,
    query: { messages_source },
  };
}
