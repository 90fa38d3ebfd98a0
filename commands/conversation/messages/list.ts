/** `sinch conversation messages list` */
import { Command } from "@cliffy/command";
import {
  listMessages,
  type Message,
  MESSAGE_PAGE_SIZE,
  type MessagePage,
} from "../../../api/messages.ts";
import { summaryOf } from "../../../api/message_summary.ts";
import { pages } from "../../../api/pages.ts";
import type { Column } from "../../../output/columns.ts";
import { action } from "../../action.ts";
import type { AnyCommand, Cli } from "../../cli.ts";
import type { CommonFlags, Context } from "../../context.ts";
import { showList } from "../../list.ts";
import { addLimit, addListForms, type ListFlags } from "../../shared_flags.ts";
import { type FilterFlags, messageFilter } from "./message_filter.ts";
import { SOURCE_OPTION, sourceHint } from "./source.ts";

const COLUMNS: readonly Column<Message>[] = [
  { name: "id", value: ({ id }) => id, kind: "id" },
  { name: "time", value: (message) => message.accept_time, kind: "time" },
  { name: "direction", value: ({ direction }) => direction, spare: true },
  { name: "channel", value: channelOf },
  {
    name: "identity",
    value: (message) => message.channel_identity?.identity,
    kind: "id",
  },
  { name: "content", value: summaryOf, kind: "text" },
  {
    name: "contact",
    value: ({ contact_id }) => contact_id,
    kind: "id",
    extra: true,
  },
  {
    name: "conversation",
    value: ({ conversation_id }) => conversation_id,
    kind: "id",
    extra: true,
  },
  {
    name: "sender",
    value: ({ sender_id }) => sender_id,
    kind: "id",
    extra: true,
  },
  { name: "mode", value: (message) => message.processing_mode, extra: true },
  {
    name: "metadata",
    value: ({ metadata }) => metadata,
    kind: "text",
    extra: true,
  },
];

function channelOf({ channel_identity }: Message): string | undefined {
  return channel_identity?.channel;
}

export function create(cli: Cli): AnyCommand {
  const command: AnyCommand = new Command()
    .description("List messages, the newest first.")
    .option(
      "-c, --channel <channel:plain>",
      "Only this channel: SMS, WHATSAPP, MESSENGER, INSTAGRAM, VIBER, TELEGRAM, RCS or LINE.",
    );
  addLimit(command)
    .option("-a, --app <app-id:plain>", "Only messages of this app.")
    .option("--contact <contact-id:plain>", "Only with this contact.")
    .option("--conversation <id:plain>", "Only in this conversation.")
    .option(
      "--identity <identity:plain>",
      "Only with this phone number, or the channel's own ID.",
    )
    .option("--direction <direction:plain>", "TO_APP or TO_CONTACT.")
    .option(
      "--since <time:plain>",
      "Not before: a time, a date (UTC), or how long ago, such as 2h or 7d.",
    )
    .option("--until <time:plain>", "Before: a time as for --since.")
    .option(...SOURCE_OPTION);
  return addListForms(command, COLUMNS)
    .example(
      "The last messages on WhatsApp",
      "sinch conversation messages list --channel WHATSAPP",
    )
    .example(
      "What came in today, one JSON object a line",
      "sinch conversation messages list --direction TO_APP --since 24h --all --jsonl",
    )
    .action(action(cli, list));
}

async function list(
  context: Context,
  flags: FilterFlags & ListFlags & CommonFlags,
): Promise<void> {
  const filter = messageFilter(flags, context.runtime.clock.now());
  await showList(context, flags, {
    noun: "message",
    columns: COLUMNS,
    pages: (limit) =>
      pages<MessagePage, Message>({
        read: (request) => context.read(request),
        request: (page) => listMessages(filter, page),
        rows: (answer) => answer.messages,
        pageSize: MESSAGE_PAGE_SIZE,
        limit,
      }),
    emptyHint: sourceHint(filter.messages_source),
  });
}
