/** Which contact. */
import {
  type Contact,
  CONTACT_PAGE_SIZE,
  type ContactPage,
  listContacts,
} from "../api/contacts.ts";
import { pages } from "../api/pages.ts";
import { Failure } from "../errors.ts";
import { pickFromPages, type WizardContext } from "./pick.ts";
import { suggest } from "../runtime/suggest.ts";

export function pickContact(
  { prompter, read }: WizardContext,
  message = "Contact",
): Promise<Contact> {
  const contacts = pages<ContactPage, Contact>({
    read,
    request: (page) => listContacts({}, page),
    rows: (answer) => answer.contacts,
    pageSize: CONTACT_PAGE_SIZE,
    limit: Infinity,
  });
  return pickFromPages(prompter, contacts, {
    message,
    columns: ({ display_name, channel_identities = [] }) => [
      display_name,
      channel_identities
        .map(({ channel, identity }) => `${channel} ${identity}`).join(", "),
    ],
    empty: () =>
      new Failure("not_found", "The project has no contacts in this region", {
        hint:
          `Create one with \`${suggest`conversation contacts create`}\`. Messages of apps in CONVERSATION mode create contacts, too.`,
      }),
  });
}
