/**
 * The tables of a store. `doc` holds a resource as JSON, as the API shows it;
 * what lists filter by and sends need has columns.
 *
 * IDs rise with time (see ids.ts), so each list follows an index that ends in
 * `id`, and a page token is the last ID of a page.
 */
import { createHash } from "node:crypto";

export const SCHEMA = `
CREATE TABLE apps (
  id TEXT PRIMARY KEY,
  processing_mode TEXT NOT NULL,
  dispatch_ttl_days INTEGER NOT NULL,
  -- Channels with credentials, in order, comma-separated.
  channels TEXT NOT NULL,
  doc TEXT NOT NULL
) STRICT;

CREATE TABLE webhooks (
  id TEXT PRIMARY KEY,
  app_id TEXT NOT NULL,
  target TEXT NOT NULL,
  doc TEXT NOT NULL,
  UNIQUE (app_id, target)
) STRICT;

CREATE TABLE templates (id TEXT PRIMARY KEY, doc TEXT NOT NULL) STRICT;

CREATE TABLE contacts (
  id TEXT PRIMARY KEY,
  external_id TEXT NOT NULL,
  doc TEXT NOT NULL
) STRICT;
CREATE INDEX contacts_by_external_id ON contacts (external_id, id)
  WHERE external_id <> '';

-- Which contact has an identity: one row for each identity in a contact's doc.
CREATE TABLE contact_identities (
  identity TEXT NOT NULL,
  channel TEXT NOT NULL,
  app_id TEXT NOT NULL,
  contact_id TEXT NOT NULL,
  PRIMARY KEY (identity, channel, app_id, contact_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX contact_identities_by_contact ON contact_identities (contact_id);

-- The time of the last message is read from the messages: every send would have
-- to write a column for it.
CREATE TABLE conversations (
  id TEXT PRIMARY KEY,
  app_id TEXT NOT NULL,
  contact_id TEXT NOT NULL,
  active INTEGER NOT NULL,
  active_channel TEXT NOT NULL,
  metadata TEXT NOT NULL,
  metadata_json TEXT NOT NULL,
  correlation_id TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX conversations_active ON conversations (app_id, contact_id)
  WHERE active = 1;
CREATE INDEX conversations_by_app ON conversations (app_id, id);
CREATE INDEX conversations_by_contact ON conversations (contact_id, id);

CREATE TABLE messages (
  id TEXT NOT NULL,
  -- The messages_source that lists it; '' if the app keeps no dispatched
  -- messages: such a row only serves delivery.
  source TEXT NOT NULL,
  app_id TEXT NOT NULL,
  conversation_id TEXT NOT NULL,
  contact_id TEXT NOT NULL,
  channel TEXT NOT NULL,
  identity TEXT NOT NULL,
  identity_app_id TEXT NOT NULL,
  direction TEXT NOT NULL,
  -- JSON text of the app_message or contact_message.
  content TEXT NOT NULL,
  metadata TEXT NOT NULL,
  sender_id TEXT NOT NULL,
  injected INTEGER NOT NULL,
  -- JSON text of the send's options (see Delivery); '{}' if it was not sent.
  delivery TEXT NOT NULL
) STRICT;
-- Only the ID is unique. The other columns let a list filter messages without
-- reading their rows.
CREATE UNIQUE INDEX messages_by_id
  ON messages (id, source, app_id, channel, direction);
CREATE INDEX messages_by_conversation ON messages (conversation_id, id);
CREATE INDEX messages_by_contact ON messages (contact_id, id);
CREATE INDEX messages_by_identity ON messages (identity, id);

CREATE TABLE events (
  id TEXT PRIMARY KEY,
  source TEXT NOT NULL,
  app_id TEXT NOT NULL,
  conversation_id TEXT NOT NULL,
  contact_id TEXT NOT NULL,
  channel TEXT NOT NULL,
  identity TEXT NOT NULL,
  identity_app_id TEXT NOT NULL,
  direction TEXT NOT NULL,
  -- app_event, contact_event or contact_message_event; content is its JSON.
  kind TEXT NOT NULL,
  content TEXT NOT NULL,
  delivery TEXT NOT NULL
) STRICT;
CREATE INDEX events_by_conversation ON events (conversation_id, id);
CREATE INDEX events_by_contact ON events (contact_id, id);

-- Identities that opted out of an app's messages.
CREATE TABLE consents (
  app_id TEXT NOT NULL,
  list_type TEXT NOT NULL,
  identity TEXT NOT NULL,
  PRIMARY KEY (app_id, list_type, identity)
) STRICT, WITHOUT ROWID;
CREATE TABLE consent_records (
  id TEXT PRIMARY KEY,
  app_id TEXT NOT NULL,
  identity TEXT NOT NULL,
  doc TEXT NOT NULL
) STRICT;
CREATE INDEX consent_records_by_identity
  ON consent_records (app_id, identity, id);

-- When a contact last wrote to an app; kept when the message is deleted.
CREATE TABLE last_inbound (
  app_id TEXT NOT NULL,
  channel TEXT NOT NULL,
  identity TEXT NOT NULL,
  -- Epoch milliseconds.
  at INTEGER NOT NULL,
  PRIMARY KEY (app_id, channel, identity)
) STRICT, WITHOUT ROWID;

-- Metadata that an identity was last sent in DISPATCH mode.
CREATE TABLE dispatch_metadata (
  app_id TEXT NOT NULL,
  channel TEXT NOT NULL,
  identity TEXT NOT NULL,
  metadata_json TEXT NOT NULL,
  correlation_id TEXT NOT NULL,
  PRIMARY KEY (app_id, channel, identity)
) STRICT, WITHOUT ROWID;

-- At most one row.
CREATE TABLE settings (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  doc TEXT NOT NULL
) STRICT;

CREATE TABLE batches (
  id TEXT PRIMARY KEY,
  status TEXT NOT NULL,
  -- Epoch milliseconds.
  send_after INTEGER NOT NULL,
  metadata TEXT NOT NULL,
  request TEXT NOT NULL
) STRICT;
CREATE INDEX batches_due ON batches (send_after) WHERE status = 'SCHEDULED';

-- The next step of a sent message or event; at most one row each.
CREATE TABLE timeline (
  -- Epoch milliseconds.
  due INTEGER NOT NULL,
  id TEXT NOT NULL,
  step TEXT NOT NULL,
  -- Index of the current candidate of the delivery.
  candidate INTEGER NOT NULL,
  -- Reason code of a step that fails, otherwise ''.
  reason TEXT NOT NULL,
  PRIMARY KEY (due, id)
) STRICT, WITHOUT ROWID;

-- Callbacks in the order of the changes that they report; kept after posting.
CREATE TABLE callbacks (
  id INTEGER PRIMARY KEY,
  app_id TEXT NOT NULL,
  -- '' if the message has a callback_url.
  webhook_id TEXT NOT NULL,
  target TEXT NOT NULL,
  -- Callbacks of one lane are posted in order, one at a time.
  lane TEXT NOT NULL,
  trigger TEXT NOT NULL,
  -- ID of the message or event that it reports, or ''.
  about TEXT NOT NULL,
  body TEXT NOT NULL,
  -- Epoch milliseconds at which it was written.
  created INTEGER NOT NULL,
  -- WAITING, DELIVERED or FAILED.
  status TEXT NOT NULL,
  tries INTEGER NOT NULL,
  -- Of the last try: the HTTP status, or 0 and an error.
  last_status INTEGER NOT NULL,
  last_error TEXT NOT NULL,
  -- Epoch milliseconds of the next try.
  due INTEGER NOT NULL
) STRICT;
CREATE INDEX callbacks_waiting ON callbacks (lane, id) WHERE status = 'WAITING';
CREATE INDEX callbacks_about ON callbacks (about, id) WHERE about <> '';

-- Fault rules in the order in which they were added.
CREATE TABLE rules (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  doc TEXT NOT NULL
) STRICT;
-- How often a rule with a rate or a count has matched, by effect.
CREATE TABLE rule_matches (
  rule_id INTEGER NOT NULL,
  effect TEXT NOT NULL,
  matched INTEGER NOT NULL,
  PRIMARY KEY (rule_id, effect)
) STRICT, WITHOUT ROWID;

-- How far the sandbox's clock is ahead; one row.
CREATE TABLE clock (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  ahead_ms INTEGER NOT NULL
) STRICT;
INSERT INTO clock VALUES (1, 0);

-- Which process delivers messages and posts callbacks; at most one row.
CREATE TABLE lease (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  holder TEXT NOT NULL,
  -- Epoch milliseconds.
  until INTEGER NOT NULL
) STRICT;
`;

/** Identifies the layout of a store: kept in SQLite's `user_version`, never 0. */
export const SCHEMA_VERSION = 1 +
  (createHash("sha256").update(SCHEMA.replace(/--.*|\s+/g, "")).digest()
    .readUInt32BE() >>> 2);
