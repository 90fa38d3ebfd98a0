/**
 * Conversations: one app and one contact; at most one is active for each pair.
 *
 * @see https://developers.sinch.com/docs/conversation/api-reference/conversation/conversation
 */
import { type ApiRequest, path } from "./http/request.ts";

export interface Conversation {
  id: string;
  app_id?: string;
  contact_id?: string;
  active?: boolean;
  active_channel?: string;
  /** 1970-01-01 when the conversation has no messages. */
  last_received?: string;
  metadata?: string;
  metadata_json?: Record<string, unknown> | null;
  correlation_id?: string;
}

export interface ConversationPage {
  conversations?: Conversation[];
  next_page_token?: string;
}

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
  };
}

export function getConversation(id: string): ApiRequest<Conversation> {
  return {
    method: "GET",
    host: "conversation",
    path: path`conversations/${id}`,
    answerHas: "id",
  };
}

/** The next message in either direction starts a new conversation. */
export function stopConversation(id: string): ApiRequest {
  return {
    method: "POST",
    host: "conversation",
    path: path`conversations/${id}:stop`,
  };
}
