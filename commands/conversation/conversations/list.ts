/** `sinch conversation conversations`, and `… conversations list` */
import {
  type Conversation,
  CONVERSATION_PAGE_SIZE,
  type ConversationFilter,
  type ConversationPage,
  listConversations,
} from "../../../api/conversations.ts";
import { type Page, pages } from "../../../api/pages.ts";
import { Word } from "../../../options/value_type.ts";
import type { Column } from "../../../output/columns.ts";
import { action } from "../../action.ts";
import type { Cli } from "../../cli.ts";
import { listCommand, type OptionsOf, PAGE_TOKEN } from "../../command.ts";
import type { Context } from "../../context.ts";
import { pagesOfApp, workingApp } from "../../default_app.ts";
import { showList } from "../../list.ts";
import { channelOf, lastMessageTime, stateOf } from "./conversation_view.ts";
import { suggest } from "../../../runtime/suggest.ts";

const COLUMNS: readonly Column<Conversation>[] = [
  { name: "id", value: ({ id }) => id, kind: "id" },
  { name: "state", value: stateOf, kind: "state", spare: "last" },
  { name: "channel", value: channelOf },
  {
    name: "contact",
    value: ({ contact_id }) => contact_id,
    kind: "id",
    spare: true,
  },
  { name: "last-message", value: lastMessageTime, kind: "time" },
  { name: "app", value: ({ app_id }) => app_id, kind: "id", extra: true },
  {
    name: "correlation-id",
    value: ({ correlation_id }) => correlation_id,
    kind: "id",
    extra: true,
  },
];

const declare = () =>
  listCommand("List an app's conversations", COLUMNS)
    .type("state", new Word(["ACTIVE", "INACTIVE", "CLOSED"]))
    .option("-a, --app <app-id:app>", "App ID (default: the configured app)")
    .option("-s, --state <state:state>", "Only conversations in this state")
    .option(
      "--contact <contact-id:contact>",
      "Only conversations with this contact (of all apps, unless --app is given)",
    )
    .option(
      "-c, --channel <channel:channel>",
      "Only conversations whose active channel is this one",
    )
    .option(...PAGE_TOKEN)
    .example(
      "List active conversations",
      "sinch conversation conversations --state ACTIVE",
    )
    .example(
      "List all conversations with a contact",
      "sinch conversation conversations list --contact 01HW9CON0000000000000000BB --all",
    );

export const create = (cli: Cli) => declare().action(action(cli, list));

async function list(
  context: Context,
  options: OptionsOf<typeof declare>,
): Promise<void> {
  const { contact, channel, state, app, pageToken } = options;
  if (state === "CLOSED") {
    context.note(
      "The API has no CLOSED state; showing INACTIVE conversations.",
    );
  }
  await showList(context, options, {
    noun: "conversation",
    columns: COLUMNS,
    async *pages(limit) {
      const app_id = contact ? app : await workingApp(context, app);
      const filter = {
        app_id,
        contact_id: contact,
        only_active: state && state === "ACTIVE",
        active_channel: channel,
      };
      const found = conversationPages(context, filter, { limit, pageToken });
      yield* app_id ? pagesOfApp(context, app_id, found) : found;
    },
    emptyHint:
      `Apps in DISPATCH mode have no conversations; \`${suggest`conversation apps get`}\` shows the mode.`,
  });
}

function conversationPages(
  context: Context,
  filter: ConversationFilter,
  range: { limit: number; pageToken?: string },
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
    ...range,
  });
}
