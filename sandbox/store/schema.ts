/**
 * The tables of a store. `doc` holds a resource as JSON, as the API shows it;
 * what lists filter by and sends need has columns.
 *
 * IDs rise with time (see ids.ts), so each list follows an index that ends in
 * `id`, and a page token is the last ID of a page.
 */
import { createHash } from "node:crypto";

/** A message's thread, in a trigger. */
const OF_NEW = `identity = NEW.identity
  AND conversation_id = NEW.conversation_id AND contact_id = NEW.contact_id
  AND channel = NEW.channel AND identity_app_id = NEW.identity_app_id
  AND app_id = NEW.app_id AND source = NEW.source`;

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

-- Who messages are between, a row for each combination: the messages of a thread
-- repeat only its ID, so a send writes to one index of people, not to three.
CREATE TABLE threads (
  id INTEGER PRIMARY KEY,
  -- The messages_source that lists its messages; '' if the app keeps no
  -- dispatched messages: such a row only serves delivery.
  source TEXT NOT NULL,
  app_id TEXT NOT NULL,
  conversation_id TEXT NOT NULL,
  contact_id TEXT NOT NULL,
  channel TEXT NOT NULL,
  identity TEXT NOT NULL,
  identity_app_id TEXT NOT NULL
) STRICT;
CREATE INDEX threads_by_identity ON threads (identity, conversation_id);
CREATE INDEX threads_by_conversation ON threads (conversation_id);
CREATE INDEX threads_by_contact ON threads (contact_id);

CREATE TABLE thread_messages (
  id TEXT NOT NULL,
  thread_id INTEGER NOT NULL,
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
  ON thread_messages (id, thread_id, direction);
CREATE INDEX messages_by_thread ON thread_messages (thread_id, id);

-- Messages with the columns of their threads. It reads and writes as a table does;
-- a thread_id that is written is ignored.
CREATE VIEW messages AS
  SELECT thread_messages.id, thread_id, source, app_id, conversation_id,
    contact_id, channel, identity, identity_app_id, direction, content, metadata,
    sender_id, injected, delivery
  FROM thread_messages JOIN threads ON threads.id = thread_id;
CREATE TRIGGER insert_message INSTEAD OF INSERT ON messages BEGIN
  INSERT INTO threads
    SELECT NULL, NEW.source, NEW.app_id, NEW.conversation_id, NEW.contact_id,
      NEW.channel, NEW.identity, NEW.identity_app_id
    WHERE NOT EXISTS (SELECT 1 FROM threads WHERE ${OF_NEW});
  INSERT INTO thread_messages VALUES (NEW.id,
    (SELECT id FROM threads WHERE ${OF_NEW} LIMIT 1), NEW.direction, NEW.content,
    NEW.metadata, NEW.sender_id, NEW.injected, NEW.delivery);
END;
CREATE TRIGGER update_message INSTEAD OF UPDATE ON messages BEGIN
  DELETE FROM messages WHERE id = OLD.id;
  INSERT INTO messages VALUES (NEW.id, NULL, NEW.source, NEW.app_id,
    NEW.conversation_id, NEW.contact_id, NEW.channel, NEW.identity,
    NEW.identity_app_id, NEW.direction, NEW.content, NEW.metadata, NEW.sender_id,
    NEW.injected, NEW.delivery);
END;
CREATE TRIGGER delete_message INSTEAD OF DELETE ON messages BEGIN
  DELETE FROM thread_messages WHERE id = OLD.id;
  DELETE FROM threads WHERE id = OLD.thread_id AND NOT EXISTS
    (SELECT 1 FROM thread_messages WHERE thread_id = OLD.thread_id);
END;

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
-- How often a rule has matched, by effect.
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
