/**
 * Contacts and consents by the thousand, on the Batch host.
 *
 * @see https://developers.sinch.com/docs/conversation/api-reference/batch/
 */
import {
  checked,
  list,
  object,
  oneOf,
  required,
  resourceId,
} from "../contract/checks.ts";
import type { Call } from "../http/call.ts";
import { type AppRow, requireApp } from "../people/apps.ts";
import { addConsent, OPT_OUT_LISTS } from "../people/consents.ts";
import {
  deleteContact,
  findContact,
  publishContact,
} from "../people/contacts.ts";
import {
  knownContact,
  type Recipient,
  recipient,
  recipientIdentities,
} from "../people/recipient.ts";
import type { Store } from "../store/store.ts";
import { createContact, createRequest } from "./contacts.ts";

const MAX_ENTRIES = 1000;

const contactsRequest = object({
  contacts: required(list(createRequest, 1, MAX_ENTRIES)),
});

/** `POST contacts` */
export function createContacts({ store, body }: Call) {
  const { contacts } = checked(
    body,
    contactsRequest,
  );
  for (const contact of contacts) createContact(store, contact);
  return {};
}

const deleteContactsRequest = object({
  contact_ids: required(list(resourceId, 1, MAX_ENTRIES)),
});

/** `DELETE contacts`: ignores unknown IDs. */
export function deleteContacts({ store, body }: Call) {
  const { contact_ids } = checked(
    body,
    deleteContactsRequest,
  );
  for (const id of contact_ids) {
    const contact = findContact(store, id);
    if (!contact) continue;
    deleteContact(store, id);
    publishContact(store, "CONTACT_DELETE", contact);
  }
  return {};
}

const consentsRequest = object({
  app_id: required(resourceId),
  consent_records: required(list(
    object({
      identification: required(recipient),
      consent_type: required(oneOf(OPT_OUT_LISTS)),
    }),
    1,
  )),
});

/** `POST consents`: adds identities to an app's opt-out lists. */
export function createConsents({ store, body }: Call) {
  const request = checked(body, consentsRequest);
  const app = requireApp(store, request.app_id);
  for (const { identification, consent_type } of request.consent_records) {
    for (const identity of identitiesOf(store, app, identification)) {
      addConsent(store, app.id, consent_type, identity, "ORIGIN_API");
    }
  }
  return {};
}

/** The identities of the recipient, each once. */
function identitiesOf(
  store: Store,
  app: AppRow,
  recipient: Recipient,
): Set<string> {
  const contact = knownContact(store, app, recipient);
  const identities = recipientIdentities(app, recipient, contact);
  return new Set(identities.map(({ identity }) => identity));
}
