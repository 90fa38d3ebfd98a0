/** Which message, the newest first. */
import { summaryOf } from "../api/message_summary.ts";
import {
  listMessages,
  type Message,
  type MessageFilter,
  type MessagePage,
} from "../api/messages.ts";
import { pages } from "../api/pages.ts";
import { clip } from "../output/cells.ts";
import { minuteText } from "../output/time.ts";
import { Failure } from "../errors.ts";
import { pickFromPages, type WizardContext } from "./pick.ts";

/** As many as a person looks through; the API would hand out 1000 at once. */
const PAGE_SIZE = 50;
/** The channel and the time stay visible after a long text. */
const SUMMARY_CELLS = 32;

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
      message.direction === "TO_APP" ? "←" : "→",
      message.channel_identity?.identity,
      clip(summaryOf(message), SUMMARY_CELLS),
      message.channel_identity?.channel,
      message.accept_time && minuteText(message.accept_time),
    ],
    empty: () =>
      new Failure("not_found", "There are no messages to choose from", {
        hint:
          "Messages of apps in DISPATCH mode are listed with --source dispatch, if the app keeps any.",
      }),
  });
}
