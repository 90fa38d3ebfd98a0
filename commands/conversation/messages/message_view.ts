/** A message as a block of labelled lines. */
import { reasonText } from "../../../channels/reasons.ts";
import { source } from "../../../api/answer.ts";
import { contentOf, contentText } from "../../../api/message_summary.ts";
import type { Message } from "../../../api/messages.ts";
import { details } from "../../../output/details.ts";
import { timeText } from "../../../output/time.ts";
import type { View } from "../../../output/view.ts";

export function messageView(message: Message): View {
  const { channel_identity, message_status: { status, reason } = {} } = message;
  const content = contentOf(message);
  return {
    json: source(message),
    text: (style) =>
      details([
        ["ID", message.id],
        ["Direction", message.direction],
        ["Channel", channel_identity?.channel],
        ["Identity", channel_identity?.identity],
        ["Sender", message.sender_id],
        ["App", channel_identity?.app_id],
        ["Contact", message.contact_id],
        ["Conversation", message.conversation_id],
        ["Accepted", timeText(message.accept_time, style)],
        ["Status", status],
        ["Reason", reason && reasonText(reason)],
        ["Mode", message.processing_mode],
        ["Injected", message.injected ? "yes" : undefined],
        ["Metadata", message.metadata],
        ["Type", content?.type],
        ["Content", content && contentText(content)],
      ], style),
  };
}
