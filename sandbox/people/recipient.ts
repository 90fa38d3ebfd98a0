/**
 * From the recipient of a request to the identities to try.
 *
 * @see https://developers.sinch.com/docs/conversation/api-reference/conversation/messages/ (recipient, channel_priority_order)
 */
import {
  type ChannelIdentity,
  recipientIdentity,
  storedIdentity,
} from "../contract/channels.ts";
import {
  type Checked,
  exactlyOne,
  list,
  object,
  required,
  resourceId,
} from "../contract/checks.ts";
import { invalidField } from "../contract/errors.ts";
import type { Store } from "../store/store.ts";
import type { AppRow } from "./apps.ts";
import {
  type Contact,
  contactIdOf,
  findContact,
  newContact,
  publishContact,
  saveContact,
} from "./contacts.ts";
import { activeConversation } from "./conversations.ts";

export const recipient = object({
  contact_id: resourceId,
  identified_by: object({
    channel_identities: required(list(recipientIdentity, 1)),
  }),
}, exactlyOne(["contact_id", "identified_by"]));
export type Recipient = Checked<typeof recipient>;

export interface Addressee {
  /** `""` in DISPATCH mode. */
  contactId: string;
  /** Identities to try, in order; none if the contact is unknown or unreachable. */
  candidates: ChannelIdentity[];
}

/** Finds only the identities: DISPATCH mode has no contacts. */
export function addressDispatch(
  app: AppRow,
  { identified_by }: Recipient,
  order: string[] | null | undefined,
): Addressee {
  if (!identified_by) {
    throw invalidField(
      "recipient",
      "must be identified_by: DISPATCH mode has no contacts",
    );
  }
  return {
    contactId: "",
    candidates: inOrder(identitiesOf(app, identified_by), order),
  };
}

/**
 * Finds the contact, or creates one for the identities. An unknown `contact_id`
 * is not refused: the API accepts the message, which fails later.
 */
export function addressConversation(
  store: Store,
  app: AppRow,
  { contact_id, identified_by }: Recipient,
  order: string[] | null | undefined,
): Addressee {
  if (identified_by) {
    const identities = identitiesOf(app, identified_by);
    return {
      contactId: findOrMakeContact(store, identities),
      candidates: inOrder(identities, order),
    };
  }
  const contact = findContact(store, contact_id!);
  if (!contact) {
    return { contactId: contact_id!, candidates: [] };
  }
  const identities = identitiesFor(app, contact);
  return {
    contactId: contact.id,
    candidates: inOrder(
      identities,
      order?.length ? order : [
        activeConversation(store, app.id, contact.id)?.active_channel ?? "",
        ...contact.channel_priority,
        ...app.channels.split(","),
        ...identities.map(({ channel }) => channel),
      ],
    ),
  };
}

function identitiesOf(
  app: AppRow,
  { channel_identities }: NonNullable<Recipient["identified_by"]>,
): ChannelIdentity[] {
  return channel_identities.map((one) =>
    storedIdentity({ channel: one.channel, identity: one.identity }, app.id)
  );
}

/** A contact's identities, except those for other apps. */
function identitiesFor(app: AppRow, contact: Contact): ChannelIdentity[] {
  return contact.channel_identities.filter(({ app_id }) =>
    app_id === "" || app_id === app.id
  );
}

/** The contact that a recipient names, if it exists. */
export function knownContact(
  store: Store,
  app: AppRow,
  { contact_id, identified_by }: Recipient,
): Contact | undefined {
  const id = identified_by
    ? contactWithOneOf(store, identitiesOf(app, identified_by))
    : contact_id;
  return id ? findContact(store, id) : undefined;
}

/** The identities that a recipient names, or those of its contact. */
export function recipientIdentities(
  app: AppRow,
  { identified_by }: Recipient,
  contact: Contact | undefined,
): ChannelIdentity[] {
  return identified_by
    ? identitiesOf(app, identified_by)
    : contact
    ? identitiesFor(app, contact)
    : [];
}

function contactWithOneOf(
  store: Store,
  identities: ChannelIdentity[],
): string | undefined {
  for (const identity of identities) {
    const id = contactIdOf(store, identity);
    if (id) return id;
  }
  return undefined;
}

/** The oldest contact with one of the identities; created if there is none. */
export function findOrMakeContact(
  store: Store,
  identities: ChannelIdentity[],
): string {
  const known = contactWithOneOf(store, identities);
  if (known) return known;
  const contact = newContact(store, identities);
  saveContact(store, contact);
  publishContact(store, "CONTACT_CREATE", contact);
  return contact.id;
}

/** The identities sorted by the order of channels, if there is one. */
function inOrder(
  identities: ChannelIdentity[],
  order: string[] | null | undefined,
): ChannelIdentity[] {
  if (!order || order.length === 0) return identities;
  return [...new Set(order)].flatMap((channel) =>
    identities.filter((identity) => identity.channel === channel)
  );
}
