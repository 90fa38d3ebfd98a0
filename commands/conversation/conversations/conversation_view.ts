/** A conversation as a block of labelled lines. */
import { source } from "../../../api/answer.ts";
import type { Conversation } from "../../../api/conversations.ts";
import { details } from "../../../output/details.ts";
import { timeText } from "../../../output/time.ts";
import type { View } from "../../../output/view.ts";

export function conversationView(conversation: Conversation): View {
  const { metadata, metadata_json } = conversation;
  const hasFields = Object.keys(metadata_json ?? {}).length > 0;
  return {
    json: source(conversation),
    text: (style) =>
      details([
        ["ID", conversation.id],
        ["State", stateOf(conversation)],
        ["Channel", channelOf(conversation)],
        ["App", conversation.app_id],
        ["Contact", conversation.contact_id],
        ["Last message", timeText(lastMessageTime(conversation), style)],
        ["Correlation ID", conversation.correlation_id],
        ["Metadata", hasFields ? JSON.stringify(metadata_json) : metadata],
      ], style),
  };
}

export function stateOf({ active }: Conversation): string {
  return active ? "ACTIVE" : "INACTIVE";
}

export function channelOf({ active_channel }: Conversation) {
  return active_channel === "CHANNEL_UNSPECIFIED" ? undefined : active_channel;
}

/** RFC 3339; nothing where there is no message, which the API dates to 1970. */
export function lastMessageTime({ last_received }: Conversation) {
  return last_received?.startsWith("1970-01-01") ? undefined : last_received;
}
