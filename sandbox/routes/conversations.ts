/**
 * Conversations.
 *
 * @see https://developers.sinch.com/docs/conversation/api-reference/conversation/conversation/
 */
import type { Call } from "../call.ts";
import { channel } from "../channels.ts";
import { checked, flagText, object, resourceId } from "../checks.ts";
import { invalidField } from "../errors.ts";
import { readPage } from "../paging.ts";
import { where } from "../sql.ts";
import * as state from "../state/conversations.ts";
import type { ConversationRow } from "../state/conversations.ts";

const MAX_PAGE = 20;

const listQuery = object({
  app_id: resourceId,
  contact_id: resourceId,
  only_active: flagText,
  active_channel: channel,
});

/** `GET conversations`: of an app or a contact, newest first. */
export function listPage(call: Call) {
  const query = checked<Record<string, string>>(call.query, listQuery);
  if (!query.app_id && !query.contact_id) {
    throw invalidField("app_id", "must be set, or contact_id");
  }
  const { page_size, page_token, ...filters } = call.query;
  const page = readPage(
    { page_size, page_token },
    "conversations",
    filters,
    MAX_PAGE,
  );
  const conditions = [
    ["app_id = ?", query.app_id],
    ["contact_id = ?", query.contact_id],
    // "false" means only those that are not active; absent means all.
    ["active = ?", query.only_active && Number(query.only_active === "true")],
    ["active_channel = ?", query.active_channel],
  ] satisfies Parameters<typeof where>[0];
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
    conversations: rows.map(state.conversationJson),
    next_page_token: nextPageToken,
    // Counted for the first page alone, as the API does.
    total_size: page.after ? 0 : call.store.get<{ total: number }>(
      `SELECT count(*) AS total FROM conversations ${matching.sql}`,
      ...matching.values,
    )!.total,
  };
}

export function get(call: Call) {
  return state.conversationJson(conversationOf(call));
}

function conversationOf(call: Call): ConversationRow {
  return state.requireConversation(call.store, call.params.conversation_id!);
}
