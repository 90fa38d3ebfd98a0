/** `sinch conversation messages list` */
import {
  listMessages,
  type Message,
  MESSAGE_PAGE_SIZE,
  type MessageFilter,
  type MessagePage,
} from "../../../api/messages.ts";
import { summaryOf } from "../../../api/message_summary.ts";
import { pages } from "../../../api/pages.ts";
import { usageError } from "../../../errors.ts";
import { Word } from "../../../options/value_type.ts";
import type { Column } from "../../../output/columns.ts";
import { action } from "../../action.ts";
import type { Cli } from "../../cli.ts";
import { listCommand, type OptionsOf, PAGE_TOKEN } from "../../command.ts";
import type { Context } from "../../context.ts";
import { showList } from "../../list.ts";
import { bareIdentity } from "../bare_identity.ts";
import { SOURCE, SOURCE_OPTION, sourceHint, sourceOf } from "./message.ts";

const COLUMNS: readonly Column<Message>[] = [
  { name: "id", value: ({ id }) => id, kind: "id" },
  { name: "time", value: (message) => message.accept_time, kind: "time" },
  {
    name: "direction",
    value: ({ direction }) => direction,
    symbol: (direction) => direction === "TO_APP" ? "←" : "→",
  },
  {
    name: "channel",
    value: ({ channel_identity }) => channel_identity?.channel,
    spare: true,
  },
  {
    name: "identity",
    value: (message) => message.channel_identity?.identity,
    spare: "last",
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
  {
    name: "status",
    value: ({ message_status }) => message_status?.status,
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

const declare = () =>
  listCommand("List messages, newest first", COLUMNS)
    .type("direction", new Word(["TO_APP", "TO_CONTACT"]))
    .type("source", SOURCE)
    .option("-c, --channel <channel:channel>", "Only messages on this channel")
    .option("-a, --app <app-id:app>", "Only messages of this app")
    .option("--contact <contact-id:contact>", "Only messages of this contact")
    .option(
      "--conversation <id:conversation>",
      "Only messages in this conversation",
    )
    .option(
      "--identity <identity:line>",
      "Only messages of this phone number or channel identity",
    )
    .option("--direction <direction:direction>", "Only this direction")
    .option(
      "--since <time:time>",
      "Only messages from this time on: a time, a date, today, yesterday, or an age such as 2h or 7d; local time without an offset, or UTC with --utc",
    )
    .option("--until <time:time>", "Only messages before this time")
    .option(...SOURCE_OPTION)
    .option(...PAGE_TOKEN)
    .example(
      "List the latest WhatsApp messages",
      "sinch conversation messages list --channel WHATSAPP",
    )
    .example(
      "Print today's inbound messages, one JSON object per line",
      "sinch conversation messages list --direction TO_APP --since 24h --all --jsonl",
    );

type Options = OptionsOf<typeof declare>;

export const create = (cli: Cli) => declare().action(action(cli, list));

async function list(context: Context, options: Options): Promise<void> {
  const filter = filterOf(options, context);
  await showList(context, options, {
    noun: "message",
    columns: COLUMNS,
    pages: (limit) =>
      pages<MessagePage, Message>({
        read: (request) => context.read(request),
        request: (page) => listMessages(filter, page),
        rows: (answer) => answer.messages,
        pageSize: MESSAGE_PAGE_SIZE,
        limit,
        pageToken: options.pageToken,
      }),
    emptyHint: sourceHint(options.source),
  });
}

/** @throws {Failure} "usage" for filters that cannot be used together. */
function filterOf(
  options: Options,
  { runtime, flags: { utc } }: Context,
): MessageFilter {
  const now = runtime.clock.now();
  const { channel, identity, contact, conversation, source } = options;
  const filter = {
    // Not the default app: it would hide messages without notice.
    app_id: options.app,
    channel,
    channel_identity: identity && bareIdentity(identity),
    contact_id: contact,
    conversation_id: conversation,
    direction: options.direction,
    start_time: options.since?.(now, utc),
    end_time: options.until?.(now, utc),
    messages_source: sourceOf(source),
  };
  const { start_time, end_time } = filter;
  if (start_time && end_time && start_time >= end_time) {
    throw usageError(
      `--since must be before --until, got ${start_time} and ${end_time}`,
    );
  }
  const stored = contact ? "--contact" : conversation && "--conversation";
  if (source === "dispatch" && stored) {
    throw usageError(
      `${stored} and --source dispatch cannot be used together`,
      "Messages in DISPATCH mode have no contact or conversation; use --identity.",
    );
  }
  return filter;
}
