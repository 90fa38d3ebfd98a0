/** What the commands of contacts share. */
import {
  type Contact,
  deleteContact,
  getContact,
} from "../../../api/contacts.ts";
import type { Resource } from "../resource.ts";
import { contactView } from "./contact_view.ts";

/** @param question Asked where no ID is given. */
export function contacts(question?: string): Resource<Contact> {
  return {
    noun: "contact",
    get: getContact,
    view: (_, contact) => contactView(contact),
    async pick(_, wizard) {
      const { pickContact } = await import("../../../wizard/pick_contact.ts");
      return await pickContact(wizard, question);
    },
    delete: deleteContact,
    consequence:
      "This deletes the contact for all apps of the project and cannot be undone.",
  };
}
