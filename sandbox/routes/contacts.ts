/**
 * Contacts.
 *
 * @see https://developers.sinch.com/docs/conversation/api-reference/conversation/contact/
 */
import { publish } from "../callbacks/outbox.ts";
import {
  channel,
  type ChannelIdentity,
  channelIdentity,
  isAppScoped,
  storedIdentity,
} from "../contract/channels.ts";
import {
  type Checked,
  checked,
  list,
  object,
  oneOf,
  required,
  resourceId,
  text,
} from "../contract/checks.ts";
import { invalidField, notFound } from "../contract/errors.ts";
import { parseJson } from "../contract/json.ts";
import { readPage } from "../contract/paging.ts";
import { applyUpdate } from "../contract/update_mask.ts";
import type { Call } from "../http/call.ts";
import { findApp, requireApp } from "../people/apps.ts";
import * as state from "../people/contacts.ts";
import type { Contact } from "../people/contacts.ts";
import {
  knownContact,
  recipient,
  recipientIdentities,
} from "../people/recipient.ts";
import type { Store } from "../store/store.ts";
import { where } from "../store/where.ts";

const MAX_PAGE = 20;

const LANGUAGES =
  ("AF SQ AR AZ BN BG CA ZH ZH_CN ZH_HK ZH_TW HR CS DA NL EN EN_GB EN_US ET " +
    "FIL FI FR DE EL GU HA HE HI HU ID GA IT JA KN KK KO LO LV LT MK MS ML MR " +
    "NB FA PL PT PT_BR PT_PT PA RO RU SR SK SL ES ES_AR ES_ES ES_MX SW SV TA " +
    "TE TH TR UK UR UZ VI ZU").split(" ");

const CONTACT_FIELDS = {
  channel_identities: required(list(channelIdentity, 1)),
  language: required(oneOf(LANGUAGES)),
  channel_priority: list(channel),
  display_name: text(),
  email: text(),
  external_id: text(),
  metadata: text(1024),
};
export const createRequest = object(CONTACT_FIELDS);
/** Contacts created for a send have no language, and may be updated as they are. */
const updated = object({
  ...CONTACT_FIELDS,
  language: required(oneOf([...LANGUAGES, "UNSPECIFIED"])),
});

const listQuery = object(
  { channel, identity: text(), external_id: text() },
  (value, _field, found) => {
    const query = value as Record<string, string>;
    for (
      const [one, other] of [["channel", "identity"], ["identity", "channel"]]
    ) {
      if (query[one!] && !query[other!]) {
        found.push({ field: other!, description: `must be set if ${one} is` });
      }
    }
    if (query.external_id && (query.channel || query.identity)) {
      found.push({
        field: "external_id",
        description: "cannot be used together with channel and identity",
      });
    }
  },
);

/** `GET contacts`: newest first. */
export function listPage(call: Call) {
  const query = checked(call.query, listQuery);
  const { page_size, page_token, ...filters } = call.query;
  const page = readPage(
    { page_size, page_token },
    "contacts",
    filters,
    MAX_PAGE,
  );
  const selection = where([
    ["external_id = ?", query.external_id],
    [
      `id IN (SELECT contact_id FROM contact_identities
        WHERE identity = ? AND channel = ?)`,
      query.identity && storedIdentity(query as ChannelIdentity).identity,
      query.channel,
    ],
    ["id < ?", page.after],
  ]);
  const { rows, nextPageToken } = page.cut(
    call.store.all<{ id: string; doc: string }>(
      `SELECT id, doc FROM contacts ${selection.sql} ORDER BY id DESC LIMIT ?`,
      ...selection.values,
      page.limit,
    ),
    (last) => last.id,
  );
  return {
    contacts: rows.map(({ doc }) => parseJson(doc)),
    next_page_token: nextPageToken,
  };
}

export function get(call: Call) {
  return contactOf(call);
}

export function create(call: Call) {
  const request = checked(call.body, createRequest);
  return createContact(call.store, request);
}

type ContactFields = Checked<typeof createRequest>;

export function createContact(store: Store, request: ContactFields): Contact {
  requireApps(store, request.channel_identities);
  const created = completed(store.newId(), request);
  state.saveContact(store, created);
  state.publishContact(store, "CONTACT_CREATE", created);
  publishDuplicates(store, created);
  return created;
}

export function update(call: Call) {
  const contact = contactOf(call);
  const changed = applyUpdate(
    { ...contact },
    call.body,
    call.query.update_mask,
    Object.keys(CONTACT_FIELDS),
  );
  const request = checked(changed, updated);
  requireApps(call.store, request.channel_identities, contact);
  const saved = completed(contact.id, request);
  state.saveContact(call.store, saved);
  state.publishContact(call.store, "CONTACT_UPDATE", saved);
  publishDuplicates(call.store, saved);
  return saved;
}

/** Refuses identities for apps that do not exist, unless the contact has them. */
function requireApps(
  store: Store,
  identities: ContactFields["channel_identities"],
  contact?: Contact,
): void {
  identities.forEach(({ channel, app_id }, at) => {
    if (!isAppScoped(channel) || findApp(store, app_id!)) return;
    if (contact?.channel_identities.some((one) => one.app_id === app_id)) {
      return;
    }
    throw invalidField(
      `channel_identities[${at}].app_id`,
      "must be the ID of an app of the project",
    );
  });
}

/** Reports which of the contact's identities other contacts have. */
function publishDuplicates(store: Store, contact: Contact): void {
  const duplicates = state.sharedIdentities(store, contact);
  if (duplicates.length === 0) return;
  publish(store, {
    trigger: "CONTACT_IDENTITIES_DUPLICATION",
    subject: contact.id,
    payload: { duplicated_identities: duplicates },
  });
}

export function remove(call: Call) {
  const contact = contactOf(call);
  state.deleteContact(call.store, contact.id);
  state.publishContact(call.store, "CONTACT_DELETE", contact);
  return {};
}

const mergeRequest = object({
  source_id: required(resourceId),
  strategy: oneOf(["MERGE"]),
});

/** `POST contacts/{destination_id}:merge`: the destination survives. */
export function merge(call: Call) {
  const destination = contactOf(call);
  const { source_id } = checked(call.body, mergeRequest);
  if (source_id === destination.id) {
    throw invalidField("source_id", "must differ from the destination");
  }
  const source = state.requireContact(call.store, source_id);
  const merged = mergeContacts(destination, source);
  state.moveConversations(call.store, source.id, destination.id);
  state.deleteContact(call.store, source.id);
  state.saveContact(call.store, merged);
  publish(call.store, {
    trigger: "CONTACT_MERGE",
    subject: merged.id,
    payload: {
      preserved_contact: state.contactInCallback(merged),
      deleted_contact: state.contactInCallback(source),
    },
  });
  return merged;
}

/** Adds the channels and fields that the destination lacks. */
export function mergeContacts(destination: Contact, source: Contact): Contact {
  const own = new Set(
    destination.channel_identities.map(({ channel }) => channel),
  );
  const taken = source.channel_identities.filter(({ channel }) =>
    !own.has(channel)
  );
  return {
    ...destination,
    channel_identities: [...destination.channel_identities, ...taken],
    channel_priority: [
      ...new Set([
        ...destination.channel_priority,
        ...taken.map(({ channel }) => channel),
      ]),
    ],
    display_name: filled(
      destination.display_name,
      source.display_name,
      "Unknown",
    ),
    email: filled(destination.email, source.email),
    external_id: filled(destination.external_id, source.external_id),
    metadata: filled(destination.metadata, source.metadata),
    language: filled(destination.language, source.language, "UNSPECIFIED"),
  };
}

function filled(own: string, other: string, empty = ""): string {
  return own === empty ? other : own;
}

const profileRequest = object({
  app_id: required(resourceId),
  recipient: required(recipient),
  channel: required(oneOf(["MESSENGER", "INSTAGRAM", "VIBER", "LINE"])),
});

/**
 * `POST contacts:getChannelProfile`: the name that the contact has here. People who
 * are no contacts have a profile, too.
 */
export function getChannelProfile(call: Call) {
  const request = checked(call.body, profileRequest);
  const app = requireApp(call.store, request.app_id);
  const contact = knownContact(call.store, app, request.recipient);
  if (!contact && request.recipient.contact_id) throw notFound("Contact");
  const isThere = recipientIdentities(app, request.recipient, contact)
    .some(({ channel }) => channel === request.channel);
  if (!isThere) throw notFound("Profile");
  return { profile_name: contact?.display_name ?? "Unknown" };
}

/** `GET contacts:identityConflicts`: identities on more than one contact. */
export function listConflicts(call: Call) {
  const { page_size, page_token } = call.query;
  const page = readPage({ page_size, page_token }, "conflicts", {}, MAX_PAGE);
  const { rows, nextPageToken } = page.cut(
    state.conflicts(call.store, page.after ?? "", page.limit),
    (last) => last.identity,
  );
  return { conflicts: rows, next_page_token: nextPageToken };
}

function contactOf(call: Call): Contact {
  return state.requireContact(call.store, call.params.contact_id!);
}

/** With defaults for absent fields, and identities in their stored form. */
function completed(id: string, contact: ContactFields): Contact {
  return {
    id,
    channel_identities: contact.channel_identities.map((one) =>
      storedIdentity(one)
    ),
    channel_priority: contact.channel_priority ?? [],
    display_name: contact.display_name || "Unknown",
    email: contact.email ?? "",
    external_id: contact.external_id ?? "",
    metadata: contact.metadata ?? "",
    language: contact.language,
  };
}
