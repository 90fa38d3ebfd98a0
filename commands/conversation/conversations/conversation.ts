/** What the commands of conversations share. */
import {
  type Conversation,
  getConversation,
} from "../../../api/conversations.ts";
import { workingApp } from "../../default_app.ts";
import type { Resource } from "../resource.ts";
import { conversationView } from "./conversation_view.ts";

export const CONVERSATION: Resource<Conversation> = {
  noun: "conversation",
  get: getConversation,
  view: (_, conversation) => conversationView(conversation),
  async pick(context, wizard) {
    const app = await workingApp(context, undefined);
    const { pickConversation } = await import(
      "../../../wizard/pick_conversation.ts"
    );
    return await pickConversation(wizard, app);
  },
};
