/**
 * The tables of a store. Resources that are read whole keep their JSON as the
 * API shows it in `doc`; what lists filter and sends look at has columns.
 *
 * Ids rise with time (see ids.ts), so each list is one walk along an index that
 * ends in `id`, and a page token is the last id seen.
 */
import { createHash } from "node:crypto";

export const SCHEMA = `
CREATE TABLE apps (
  id TEXT PRIMARY KEY,
  processing_mode TEXT NOT NULL,
  dispatch_ttl_days INTEGER NOT NULL,
  -- Channels with credentials, in their order, comma-joined.
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

-- Who has an identity: one row for each identity in a contact's doc.
CREATE TABLE contact_identities (
  identity TEXT NOT NULL,
  channel TEXT NOT NULL,
  app_id TEXT NOT NULL,
  contact_id TEXT NOT NULL,
  PRIMARY KEY (identity, channel, app_id, contact_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX contact_identities_by_contact ON contact_identities (contact_id);

-- The time of the last message is the newest message's: a column for it would
-- be written by every send.
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
  -- The source a list finds it under; '' where the app keeps no dispatched
  -- messages: such a row serves the message's life cycle alone.
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
  -- JSON text of how it was to be sent (see Delivery); '{}' when it was not.
  delivery TEXT NOT NULL
) STRICT;
-- Only the id is unique. With the other columns in the index, a list skips
-- messages that it does not want without reading their rows.
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

-- When a person last wrote to an app; it outlives the message.
CREATE TABLE last_inbound (
  app_id TEXT NOT NULL,
  channel TEXT NOT NULL,
  identity TEXT NOT NULL,
  -- Epoch milliseconds.
  at INTEGER NOT NULL,
  PRIMARY KEY (app_id, channel, identity)
) STRICT, WITHOUT ROWID;

-- What an identity was last sent along in DISPATCH mode.
CREATE TABLE dispatch_metadata (
  app_id TEXT NOT NULL,
  channel TEXT NOT NULL,
  identity TEXT NOT NULL,
  metadata_json TEXT NOT NULL,
  correlation_id TEXT NOT NULL,
  PRIMARY KEY (app_id, channel, identity)
) STRICT, WITHOUT ROWID;

-- One row at most.
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

-- What happens next to a message or event that was sent; one row at most each.
CREATE TABLE timeline (
  -- Epoch milliseconds.
  due INTEGER NOT NULL,
  id TEXT NOT NULL,
  step TEXT NOT NULL,
  -- Which of the delivery's candidates it is with.
  candidate INTEGER NOT NULL,
  -- Reason code of a step that fails; '' of any other.
  reason TEXT NOT NULL,
  PRIMARY KEY (due, id)
) STRICT, WITHOUT ROWID;

-- What webhooks are told, in the order of the changes; kept as a journal.
CREATE TABLE callbacks (
  id INTEGER PRIMARY KEY,
  app_id TEXT NOT NULL,
  -- '' where a message named its callback_url.
  webhook_id TEXT NOT NULL,
  target TEXT NOT NULL,
  -- Callbacks of one lane are posted one after the other.
  lane TEXT NOT NULL,
  trigger TEXT NOT NULL,
  -- Id of the message or event that it tells of, or ''.
  about TEXT NOT NULL,
  body TEXT NOT NULL,
  -- Epoch milliseconds at which it was written.
  created INTEGER NOT NULL,
  -- WAITING, DELIVERED or FAILED.
  status TEXT NOT NULL,
  tries INTEGER NOT NULL,
  -- Of the last try: HTTP status, or 0 and why there was none.
  last_status INTEGER NOT NULL,
  last_error TEXT NOT NULL,
  -- Epoch milliseconds of the next try.
  due INTEGER NOT NULL
) STRICT;
CREATE INDEX callbacks_waiting ON callbacks (lane, id) WHERE status = 'WAITING';
CREATE INDEX callbacks_about ON callbacks (about, id) WHERE about <> '';

-- What should go wrong, in the order in which it was said (see rules.ts).
CREATE TABLE rules (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  doc TEXT NOT NULL
) STRICT;
-- How often a rule was asked for an effect, where it has a rate or a count.
CREATE TABLE rule_matches (
  rule_id INTEGER NOT NULL,
  effect TEXT NOT NULL,
  matched INTEGER NOT NULL,
  PRIMARY KEY (rule_id, effect)
) STRICT, WITHOUT ROWID;

-- How far the sandbox's time is ahead; one row.
CREATE TABLE clock (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  ahead_ms INTEGER NOT NULL
) STRICT;
INSERT INTO clock VALUES (1, 0);

-- Which process makes messages live and posts callbacks; one row at most.
CREATE TABLE lease (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  holder TEXT NOT NULL,
  -- Epoch milliseconds.
  until INTEGER NOT NULL
) STRICT;
`;

/** Tells stores of another layout: kept in SQLite's `user_version`, not 0. */
export const SCHEMA_VERSION = 1 +
  (createHash("sha256").update(SCHEMA).digest().readUInt32BE() >>> 2);
