/** Which conversation of an app. */
import {
  type Conversation,
  CONVERSATION_PAGE_SIZE,
  type ConversationPage,
  listConversations,
} from "../api/conversations.ts";
import { pages } from "../api/pages.ts";
import { Failure } from "../errors.ts";
import { pickFromPages, type WizardContext } from "./pick.ts";
import { suggest } from "../runtime/suggest.ts";

export function pickConversation(
  { prompter, read }: WizardContext,
  appId: string,
  message = "Conversation",
): Promise<Conversation> {
  const conversations = pages<ConversationPage, Conversation>({
    read,
    request: (page) => listConversations({ app_id: appId }, page),
    rows: (answer) => answer.conversations,
    pageSize: CONVERSATION_PAGE_SIZE,
    limit: Infinity,
  });
  return pickFromPages(prompter, conversations, {
    message,
    columns: ({ active, active_channel, contact_id }) => [
      active ? "ACTIVE" : "INACTIVE",
      active_channel,
      contact_id && `contact ${contact_id}`,
    ],
    empty: () =>
      new Failure("not_found", `The app ${appId} has no conversations`, {
        hint:
          `Only apps in CONVERSATION mode have them; \`${suggest`conversation apps get`}\` shows the mode.`,
      }),
  });
}
