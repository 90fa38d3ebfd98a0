/** Contacts in the store; all apps of the project share them. */
import { publish } from "../callbacks/outbox.ts";
import type { ChannelIdentity } from "../contract/channels.ts";
import type { JsonObject } from "../contract/checks.ts";
import { notFound } from "../contract/errors.ts";
import { parseJson } from "../contract/json.ts";
import type { Store } from "../store/store.ts";

export interface Contact {
  id: string;
  channel_identities: ChannelIdentity[];
  channel_priority: string[];
  display_name: string;
  email: string;
  external_id: string;
  metadata: string;
  language: string;
}

/** A contact with only identities, as the API creates for a send. */
export function newContact(
  store: Store,
  identities: ChannelIdentity[],
): Contact {
  return {
    id: store.newId(),
    channel_identities: identities,
    channel_priority: [],
    display_name: "Unknown",
    email: "",
    external_id: "",
    metadata: "",
    language: "UNSPECIFIED",
  };
}

export function findContact(store: Store, id: string): Contact | undefined {
  const row = store.get<{ doc: string }>(
    "SELECT doc FROM contacts WHERE id = ?",
    id,
  );
  return row && parseJson(row.doc);
}

export function requireContact(store: Store, id: string): Contact {
  const contact = findContact(store, id);
  if (!contact) throw notFound("Contact");
  return contact;
}

/** The oldest contact that has this identity. */
export function contactIdOf(
  store: Store,
  { identity, channel, app_id }: ChannelIdentity,
): string | undefined {
  return store.get<{ contact_id: string }>(
    `SELECT contact_id FROM contact_identities
     WHERE identity = ? AND channel = ? AND app_id = ?
     ORDER BY contact_id LIMIT 1`,
    identity,
    channel,
    app_id,
  )?.contact_id;
}

/** Inserts a contact, or replaces the one with its id. */
export function saveContact(store: Store, contact: Contact): void {
  store.run(
    `INSERT INTO contacts VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET
       external_id = excluded.external_id, doc = excluded.doc`,
    contact.id,
    contact.external_id,
    JSON.stringify(contact),
  );
  store.run("DELETE FROM contact_identities WHERE contact_id = ?", contact.id);
  for (const { identity, channel, app_id } of contact.channel_identities) {
    store.run(
      "INSERT OR IGNORE INTO contact_identities VALUES (?, ?, ?, ?)",
      identity,
      channel,
      app_id,
      contact.id,
    );
  }
}

/** Notifies the webhooks of all apps, which share the contacts. */
export function publishContact(
  store: Store,
  trigger: "CONTACT_CREATE" | "CONTACT_UPDATE" | "CONTACT_DELETE",
  contact: Contact,
): void {
  publish(store, {
    trigger,
    subject: contact.id,
    payload: { contact: contactInCallback(contact) },
  });
}

/** A contact as callbacks show it: without an empty channel priority. */
export function contactInCallback(
  { channel_priority: priority, ...contact }: Contact,
): JsonObject {
  return priority.length === 0
    ? contact
    : { ...contact, channel_priority: priority };
}

/** Deletes a contact with its conversations, messages and events. */
export function deleteContact(store: Store, id: string): void {
  store.run("DELETE FROM contacts WHERE id = ?", id);
  store.run("DELETE FROM contact_identities WHERE contact_id = ?", id);
  store.run("DELETE FROM conversations WHERE contact_id = ?", id);
  store.run("DELETE FROM messages WHERE contact_id = ?", id);
  store.run("DELETE FROM events WHERE contact_id = ?", id);
}

/**
 * Moves a contact's conversations, messages and events to another contact. If both
 * have an active conversation with an app, the other contact's stays active.
 */
export function moveConversations(
  store: Store,
  fromId: string,
  toId: string,
): void {
  store.run(
    `UPDATE conversations SET active = 0 WHERE contact_id = ? AND app_id IN
       (SELECT app_id FROM conversations WHERE contact_id = ? AND active = 1)`,
    fromId,
    toId,
  );
  for (const table of ["conversations", "messages", "events"]) {
    store.run(
      `UPDATE ${table} SET contact_id = ? WHERE contact_id = ?`,
      toId,
      fromId,
    );
  }
}

/** The contacts that share an identity with this contact, by identity. */
export function sharedIdentities(
  store: Store,
  { channel_identities }: Contact,
): { channel: string; contact_ids: string[] }[] {
  return channel_identities.map(({ channel, identity, app_id }) => ({
    channel,
    contact_ids: store.all<{ contact_id: string }>(
      `SELECT contact_id FROM contact_identities
       WHERE identity = ? AND channel = ? AND app_id = ? ORDER BY contact_id`,
      identity,
      channel,
      app_id,
    ).map(({ contact_id }) => contact_id),
  })).filter(({ contact_ids }) => contact_ids.length > 1);
}

export interface Conflict {
  identity: string;
  channels: string[];
  contact_ids: string[];
}

/** Identities after `after` that more than one contact has. */
export function conflicts(
  store: Store,
  after: string,
  limit: number,
): Conflict[] {
  return store.all<{ identity: string; channels: string; contacts: string }>(
    `SELECT identity, json_group_array(DISTINCT channel) AS channels,
       json_group_array(DISTINCT contact_id) AS contacts
     FROM contact_identities WHERE identity > ? GROUP BY identity
     HAVING count(DISTINCT contact_id) > 1 ORDER BY identity LIMIT ?`,
    after,
    limit,
  ).map(({ identity, channels, contacts }) => ({
    identity,
    channels: parseJson(channels).sort(),
    contact_ids: parseJson(contacts).sort(),
  }));
}
