/** `sinch conversation contacts`, and `… contacts list` */
import {
  type Contact,
  CONTACT_PAGE_SIZE,
  type ContactFilter,
  type ContactPage,
  listContacts,
} from "../../../api/contacts.ts";
import { type Page, pages } from "../../../api/pages.ts";
import { usageError } from "../../../errors.ts";
import type { Column } from "../../../output/columns.ts";
import { action } from "../../action.ts";
import type { Cli } from "../../cli.ts";
import { listCommand, type OptionsOf, PAGE_TOKEN } from "../../command.ts";
import type { Context } from "../../context.ts";
import { showList } from "../../list.ts";
import { bareIdentity } from "../bare_identity.ts";
import { pagesOfApp } from "../../default_app.ts";
import { contactsOfApp } from "./contacts_of_app.ts";

const COLUMNS: readonly Column<Contact>[] = [
  { name: "id", value: ({ id }) => id, kind: "id" },
  { name: "name", value: (contact) => contact.display_name, kind: "text" },
  {
    name: "channels",
    value: ({ channel_identities = [] }) =>
      channel_identities.map(({ channel, identity }) =>
        `${channel} ${identity}`
      ).join(", "),
    kind: "text",
    // One channel and identity, at least.
    readable: 28,
  },
  { name: "email", value: ({ email }) => email, spare: "last" },
  { name: "language", value: ({ language }) => language, spare: true },
  {
    name: "external-id",
    value: ({ external_id }) => external_id,
    kind: "id",
    extra: true,
  },
  {
    name: "metadata",
    value: ({ metadata }) => metadata,
    kind: "text",
    extra: true,
  },
];

const declare = () =>
  listCommand("List the project's contacts", COLUMNS)
    .option(
      "-a, --app <app-id:app>",
      "Only contacts that have a conversation with this app",
    )
    .option(
      "-c, --channel <channel:channel>",
      "Channel of --identity",
    )
    .option(
      "--identity <identity:line>",
      "Only the contact with this phone number or channel identity; requires --channel",
    )
    .option("--external-id <id:line>", "Only the contact with this external ID")
    .option(...PAGE_TOKEN)
    .example("List 20 contacts", "sinch conversation contacts --limit 20")
    .example(
      "Find a contact by phone number",
      "sinch conversation contacts list --channel SMS --identity +15551234567",
    );

type Options = OptionsOf<typeof declare>;

export const create = (cli: Cli) => declare().action(action(cli, list));

async function list(context: Context, options: Options): Promise<void> {
  const filter = filterOf(options);
  await showList(context, options, {
    noun: "contact",
    columns: COLUMNS,
    pages: (limit) => contactPages(context, options, filter, limit),
    emptyHint:
      "Apps in DISPATCH mode store no contacts; apps in CONVERSATION mode create one for each new person.",
  });
}

function contactPages(
  context: Context,
  { app, pageToken }: Options,
  filter: ContactFilter,
  limit: number,
): AsyncIterable<Page<Contact>> {
  const read = context.read.bind(context);
  if (app) {
    context.note("Contacts are shared by all apps of the project.");
    return pagesOfApp(context, app, contactsOfApp(app, { read, limit }));
  }
  return pages<ContactPage, Contact>({
    read,
    request: (page) => listContacts(filter, page),
    rows: (answer) => answer.contacts,
    pageSize: CONTACT_PAGE_SIZE,
    limit,
    pageToken,
  });
}

/** @throws {Failure} "usage" for filters that the API does not combine. */
function filterOf(
  { app, channel, identity, externalId, pageToken }: Options,
): ContactFilter {
  if (channel && !identity) throw usageError("--channel requires --identity");
  if (identity && !channel) throw usageError("--identity requires --channel");
  if (app && pageToken) {
    // Those of an app are gathered from its conversations.
    throw usageError("--app and --page-token cannot be used together");
  }
  const [one, other] = [
    app && "--app",
    identity && "--identity",
    externalId && "--external-id",
  ].filter(Boolean);
  if (other) throw usageError(`${one} and ${other} cannot be used together`);
  return {
    external_id: externalId,
    channel,
    identity: identity && bareIdentity(identity),
  };
}
