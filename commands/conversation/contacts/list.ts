/** `sinch conversation contacts`, and `… contacts list` */
import { Command } from "@cliffy/command";
import { parseChannel } from "../../../api/channel.ts";
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
import type { AnyCommand, Cli } from "../../cli.ts";
import type { CommonFlags, Context } from "../../context.ts";
import { showList } from "../../list.ts";
import { addLimit, addListForms, type ListFlags } from "../../shared_flags.ts";
import { bareIdentity } from "../bare_identity.ts";
import { contactsOfApp } from "./contacts_of_app.ts";

interface FilterFlags {
  app?: string;
  channel?: string;
  identity?: string;
  externalId?: string;
}

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
  },
  { name: "email", value: ({ email }) => email },
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

export function create(cli: Cli): AnyCommand {
  const command: AnyCommand = new Command()
    .description("List the project's contacts.")
    .option(
      "-a, --app <app-id:plain>",
      "Only those that have a conversation with this app.",
    );
  addLimit(command)
    .option(
      "-c, --channel <channel:plain>",
      "With --identity: only who has it on this channel.",
    )
    .option(
      "--identity <identity:plain>",
      "With --channel: a phone number, or the channel's own ID.",
    )
    .option("--external-id <id:plain>", "Only who has this external ID.");
  return addListForms(command, COLUMNS)
    .example("Twenty contacts", "sinch conversation contacts --limit 20")
    .example(
      "Who has a phone number",
      "sinch conversation contacts list --channel SMS --identity +15551234567",
    )
    .action(action(cli, list));
}

async function list(
  context: Context,
  flags: FilterFlags & ListFlags & CommonFlags,
): Promise<void> {
  const filter = contactFilter(flags);
  await showList(context, flags, {
    noun: "contact",
    columns: COLUMNS,
    pages: (limit) => contactPages(context, flags.app, filter, limit),
    emptyHint:
      "Apps in DISPATCH mode store no contacts; apps in CONVERSATION mode make them with each new person.",
  });
}

function contactPages(
  context: Context,
  app: string | undefined,
  filter: ContactFilter,
  limit: number,
): AsyncIterable<Page<Contact>> {
  const read = context.read.bind(context);
  if (app) {
    context.note("Contacts are shared by all apps of the project.");
    return contactsOfApp(app, { read, limit });
  }
  return pages<ContactPage, Contact>({
    read,
    request: (page) => listContacts(filter, page),
    rows: (answer) => answer.contacts,
    pageSize: CONTACT_PAGE_SIZE,
    limit,
  });
}

/** @throws {Failure} "usage" for filters that the API does not combine. */
function contactFilter(flags: FilterFlags): ContactFilter {
  const { app, channel, identity, externalId } = flags;
  if ((channel === undefined) !== (identity === undefined)) {
    throw usageError("--channel and --identity need each other");
  }
  const given = [
    app === undefined ? [] : "--app",
    identity === undefined ? [] : "--identity",
    externalId === undefined ? [] : "--external-id",
  ].flat();
  if (given.length > 1) {
    throw usageError(`${given[0]} and ${given[1]} exclude each other`);
  }
  return {
    external_id: externalId,
    channel: channel && parseChannel(channel),
    identity: identity && bareIdentity(identity),
  };
}
