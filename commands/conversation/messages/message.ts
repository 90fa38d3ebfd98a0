/** What the commands of messages share. */
import {
  deleteMessage,
  getMessage,
  type Message,
  type MessagesSource,
} from "../../../api/messages.ts";
import { Word } from "../../../options/value_type.ts";
import type { Resource } from "../resource.ts";
import { messageView } from "./message_view.ts";

/**
 * Where messages are kept: the API shows those of apps in DISPATCH mode only
 * when asked to.
 */
export const SOURCE = new Word(["conversation", "dispatch"]);
type Source = "conversation" | "dispatch";

export const SOURCE_OPTION = [
  "--source <source:source>",
  "Where to look; dispatch is for apps in DISPATCH mode",
] as const;

const SOURCES: Record<Source, MessagesSource> = {
  conversation: "CONVERSATION_SOURCE",
  dispatch: "DISPATCH_SOURCE",
};

export function sourceOf(source?: Source): MessagesSource | undefined {
  return source && SOURCES[source];
}

/** Where else to look for messages that are not found. */
export function sourceHint(source?: Source): string {
  return source === "dispatch"
    ? "An app in DISPATCH mode keeps messages only with a dispatch retention (default: 0 days)."
    : "Use --source dispatch for messages of apps in DISPATCH mode.";
}

export function messages(source?: Source): Resource<Message> {
  const messages_source = sourceOf(source);
  return {
    noun: "message",
    get: (id) => getMessage(id, messages_source),
    view: (_, message) => messageView(message),
    async pick(_, wizard) {
      const { pickMessage } = await import("../../../wizard/pick_message.ts");
      return await pickMessage(wizard, { messages_source });
    },
    delete: (id) => deleteMessage(id, messages_source),
    consequence:
      "This removes the message from Sinch's storage and cannot be undone. It stays on the handset.",
    notFoundHint: sourceHint(source),
  };
}
