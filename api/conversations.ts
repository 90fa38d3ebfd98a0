/**
 * Conversations: one app and one contact; at most one is active for each pair.
 *
 * @see https://developers.sinch.com/docs/conversation/api-reference/conversation/conversation
 */
import { fields, flag, type Read, record, rows, text, word } from "./answer.ts";
import { type ApiRequest, path } from "./http/request.ts";

const readConversation = fields({
  id: word,
  app_id: text,
  contact_id: text,
  active: flag,
  active_channel: text,
  /** 1970-01-01 when the conversation has no messages. */
  last_received: text,
  metadata: text,
  metadata_json: record,
  correlation_id: text,
});
export type Conversation = Read<typeof readConversation>;

const readConversationPage = fields({
  conversations: rows(readConversation),
  next_page_token: text,
});
export type ConversationPage = Read<typeof readConversationPage>;

/** The API's largest page of conversations. */
export const CONVERSATION_PAGE_SIZE = 20;

/** `app_id` or `contact_id` is required; `only_active: false` means inactive ones. */
export interface ConversationFilter {
  app_id?: string;
  contact_id?: string;
  only_active?: boolean;
  active_channel?: string;
}

export function listConversations(
  filter: ConversationFilter,
  page: { page_size: number; page_token?: string },
): ApiRequest<ConversationPage> {
  return {
    method: "GET",
    host: "conversation",
    path: "conversations",
    query: { ...filter, ...page },
    answerAs: readConversationPage,
  };
}

export function getConversation(id: string): ApiRequest<Conversation> {
  return {
    method: "GET",
    host: "conversation",
    path: path`conversations/${id}`,
    answerHas: "id",
    answerAs: readConversation,
  };
}

/** The next message in either direction starts a new conversation. */
export function stopConversation(id: string): ApiRequest {
  return {
    method: "POST",
    done: `Conversation ${id} stopped`,
    host: "conversation",
    path: path`conversations/${id}:stop`,
  };
}
