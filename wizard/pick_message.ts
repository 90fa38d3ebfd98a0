/** Which message, the newest first. */
import { summaryOf } from "../api/message_summary.ts";
import {
  listMessages,
  type Message,
  type MessageFilter,
  type MessagePage,
} from "../api/messages.ts";
import { pages } from "../api/pages.ts";
import { Failure } from "../errors.ts";
import { pickFromPages, type WizardContext } from "./pick.ts";

/** As many as a person looks through; the API would hand out 1000 at once. */
const PAGE_SIZE = 50;

export function pickMessage(
  { prompter, read }: WizardContext,
  filter: MessageFilter = {},
  message = "Message",
): Promise<Message> {
  const messages = pages<MessagePage, Message>({
    read,
    request: (page) => listMessages(filter, page),
    rows: (answer) => answer.messages,
    pageSize: PAGE_SIZE,
    limit: Infinity,
  });
  return pickFromPages(prompter, messages, {
    message,
    columns: (message) => [
      message.id,
      message.accept_time?.slice(0, 16).replace("T", " "),
      message.direction === "TO_APP" ? "from" : "to",
      message.channel_identity?.channel,
      message.channel_identity?.identity,
      summaryOf(message),
    ],
    empty: () =>
      new Failure("not_found", "There are no messages to choose from", {
        hint:
          "Messages of apps in DISPATCH mode are listed with --source dispatch, if the app keeps any.",
      }),
  });
}
