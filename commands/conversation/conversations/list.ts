/** `sinch conversation conversations`, and `… conversations list` */
import { Command } from "@cliffy/command";
import { parseChannel } from "../../../api/channel.ts";
import { wordFromText } from "../../../api/checks.ts";
import {
  type Conversation,
  CONVERSATION_PAGE_SIZE,
  type ConversationFilter,
  type ConversationPage,
  listConversations,
} from "../../../api/conversations.ts";
import { type Page, pages } from "../../../api/pages.ts";
import type { Column } from "../../../output/columns.ts";
import { action } from "../../action.ts";
import type { AnyCommand, Cli } from "../../cli.ts";
import type { CommonFlags, Context } from "../../context.ts";
import { workingApp } from "../../default_app.ts";
import { showList } from "../../list.ts";
import { addLimit, addListForms, type ListFlags } from "../../shared_flags.ts";
import { channelOf, lastMessageTime, stateOf } from "./conversation_view.ts";
import { suggest } from "../../../runtime/suggest.ts";

interface FilterFlags {
  app?: string;
  state?: string;
  contact?: string;
  channel?: string;
}

const COLUMNS: readonly Column<Conversation>[] = [
  { name: "id", value: ({ id }) => id, kind: "id" },
  { name: "state", value: stateOf },
  { name: "channel", value: channelOf },
  { name: "contact", value: ({ contact_id }) => contact_id, kind: "id" },
  { name: "last-message", value: lastMessageTime, kind: "time" },
  { name: "app", value: ({ app_id }) => app_id, kind: "id", extra: true },
  {
    name: "correlation-id",
    value: ({ correlation_id }) => correlation_id,
    kind: "id",
    extra: true,
  },
];

export function create(cli: Cli): AnyCommand {
  const command: AnyCommand = new Command()
    .description("List an app's conversations.")
    .option(
      "-a, --app <app-id:plain>",
      "Conversation app; the configured default if left out.",
    )
    .option("-s, --state <state:plain>", "ACTIVE, INACTIVE or CLOSED.");
  addLimit(command)
    .option(
      "--contact <contact-id:plain>",
      "Only with this contact; of every app, unless --app is given.",
    )
    .option("-c, --channel <channel:plain>", "Only active on this channel.");
  return addListForms(command, COLUMNS)
    .example(
      "Those that go on",
      "sinch conversation conversations --state ACTIVE",
    )
    .example(
      "All with one contact",
      "sinch conversation conversations list --contact 01HW9CON0000000000000000BB --all",
    )
    .action(action(cli, list));
}

async function list(
  context: Context,
  flags: FilterFlags & ListFlags & CommonFlags,
): Promise<void> {
  const { contact, channel } = flags;
  const only_active = wantsActive(context, flags.state);
  const active_channel = channel && parseChannel(channel);
  await showList(context, flags, {
    noun: "conversation",
    columns: COLUMNS,
    async *pages(limit) {
      const app_id = contact ? flags.app : await workingApp(context, flags.app);
      const filter = {
        app_id,
        contact_id: contact,
        only_active,
        active_channel,
      };
      yield* conversationPages(context, filter, limit);
    },
    emptyHint:
      `Apps in DISPATCH mode have no conversations; \`${suggest`conversation apps get`}\` shows the mode.`,
  });
}

/**
 * Whether only active ones are wanted, or only others.
 *
 * @throws {Failure} "usage" for another word.
 */
function wantsActive(context: Context, given?: string): boolean | undefined {
  if (given === undefined) return undefined;
  const state = wordFromText(["ACTIVE", "INACTIVE", "CLOSED"])(
    given,
    "--state",
  );
  if (state === "CLOSED") {
    context.note("The API has no CLOSED conversations: these are INACTIVE.");
  }
  return state === "ACTIVE";
}

function conversationPages(
  context: Context,
  filter: ConversationFilter,
  limit: number,
): AsyncIterable<Page<Conversation>> {
  const { only_active } = filter;
  return pages<ConversationPage, Conversation>({
    read: (request) => context.read(request),
    request: (page) => listConversations(filter, page),
    // Some answers to `only_active=false` hold active ones, too.
    rows: ({ conversations }) =>
      conversations?.filter(({ active }) =>
        only_active === undefined || active === only_active
      ),
    pageSize: CONVERSATION_PAGE_SIZE,
    limit,
  });
}
