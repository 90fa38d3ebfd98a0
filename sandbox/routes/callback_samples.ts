/**
 * A sample payload for each trigger, as documented, with the app's newest messages,
 * event, conversation and contact. What the app lacks gets a new ID.
 *
 * @see https://developers.sinch.com/docs/conversation/callbacks/
 */
import type { Notification } from "../callbacks/outbox.ts";
import type { Trigger } from "../callbacks/triggers.ts";
import { shownContactMessage } from "../content/message_content.ts";
import { analysisOf, maskedContent } from "../content/smart_conversation.ts";
import type { ChannelIdentity } from "../contract/channels.ts";
import type { JsonObject } from "../contract/checks.ts";
import { parseJson } from "../contract/json.ts";
import { eventJson, type EventRow } from "../messages/events.ts";
import { analysisNotification, inboundJson } from "../messages/inbound.ts";
import {
  appMessageOf,
  contactMessageOf,
  identityOf,
  type MessageRow,
} from "../messages/messages.ts";
import type { AppRow } from "../people/apps.ts";
import {
  type Contact,
  contactInCallback,
  findContact,
  newContact,
} from "../people/contacts.ts";
import {
  conversationInCallback,
  type ConversationRow,
  newConversation,
} from "../people/conversations.ts";
import {
  CONVERSATION_SOURCE,
  DISPATCH_SOURCE,
  modeOf,
} from "../people/processing_mode.ts";
import type { Store } from "../store/store.ts";
import { batchInCallback, type BatchRow } from "./batches.ts";

const TEXT = "Thanks, call me on +15551234567";
const SENT_CONTENT = JSON.stringify({ text_message: { text: "Hello" } });

/** A sample notification of `trigger` for an app. */
export function sampleNotification(
  store: Store,
  app: AppRow,
  trigger: Trigger,
): Notification {
  const here = surroundings(store, app);
  return {
    trigger,
    appId: app.id,
    subject: here.contact.id,
    payload: SAMPLES[trigger](here),
  };
}

/** What the samples are made of. */
interface Here {
  store: Store;
  contact: Contact;
  conversation: ConversationRow;
  identity: ChannelIdentity;
  /** From the contact, and to the contact. */
  inbound: MessageRow;
  sent: MessageRow;
  inboundEvent: EventRow;
  sentEvent: EventRow;
  /** Contact and conversation are `""` in DISPATCH mode. */
  contactId: string;
  conversationId: string;
  mode: string;
}

function surroundings(store: Store, app: AppRow): Here {
  const conversation = store.get<ConversationRow>(
    "SELECT * FROM conversations WHERE app_id = ? ORDER BY id DESC LIMIT 1",
    app.id,
  );
  const contact = contactFor(store, conversation);
  const identity = identityFor(app, contact);
  const known = conversation ?? {
    ...newConversation(store, app.id, contact.id),
    active_channel: identity.channel,
  };
  const isDispatch = app.processing_mode === "DISPATCH";
  const common = {
    source: isDispatch ? DISPATCH_SOURCE : CONVERSATION_SOURCE,
    app_id: app.id,
    conversation_id: isDispatch ? "" : known.id,
    contact_id: isDispatch ? "" : contact.id,
    channel: identity.channel,
    identity: identity.identity,
    identity_app_id: identity.app_id,
    delivery: "{}",
  };
  const message = (direction: "TO_APP" | "TO_CONTACT", content: string) =>
    newest<MessageRow>(store, "messages", app, direction) ?? {
      ...common,
      id: store.newId(),
      direction,
      content,
      metadata: "",
      sender_id: "",
      injected: 0,
    };
  const event = (
    direction: "TO_APP" | "TO_CONTACT",
    kind: EventRow["kind"],
  ) =>
    newest<EventRow>(store, "events", app, direction) ?? {
      ...common,
      id: store.newId(),
      direction,
      kind,
      content: '{"composing_event":{}}',
    };
  return {
    store,
    contact,
    conversation: known,
    identity,
    inbound: message(
      "TO_APP",
      JSON.stringify({ text_message: { text: TEXT }, reply_to: null }),
    ),
    sent: message("TO_CONTACT", SENT_CONTENT),
    inboundEvent: event("TO_APP", "contact_event"),
    sentEvent: event("TO_CONTACT", "app_event"),
    contactId: common.contact_id,
    conversationId: common.conversation_id,
    mode: app.processing_mode,
  };
}

function contactFor(
  store: Store,
  conversation: ConversationRow | undefined,
): Contact {
  const id = conversation?.contact_id ??
    store.get<{ id: string }>("SELECT id FROM contacts ORDER BY id LIMIT 1")
      ?.id;
  return (id ? findContact(store, id) : undefined) ??
    newContact(store, [{
      channel: "SMS",
      identity: "15551234567",
      app_id: "",
    }]);
}

function identityFor(
  app: AppRow,
  { channel_identities }: Contact,
): ChannelIdentity {
  return channel_identities.find(({ app_id }) =>
    app_id === "" || app_id === app.id
  ) ?? { channel: "SMS", identity: "15551234567", app_id: "" };
}

function newest<Row>(
  store: Store,
  table: "messages" | "events",
  app: AppRow,
  direction: string,
): Row | undefined {
  return store.get<Row>(
    `SELECT * FROM ${table} WHERE app_id = ? AND direction = ? AND source <> ''
     ORDER BY id DESC LIMIT 1`,
    app.id,
    direction,
  );
}

const SAMPLES: Record<Trigger, (here: Here) => JsonObject> = {
  MESSAGE_INBOUND: ({ inbound }) => inboundJson(inbound),
  MESSAGE_DELIVERY: ({ sent }) => ({
    message_id: sent.id,
    conversation_id: sent.conversation_id,
    status: "DELIVERED",
    ...ofSent(sent),
    metadata: sent.metadata,
  }),
  MESSAGE_SUBMIT: ({ sent }) => ({
    message_id: sent.id,
    conversation_id: sent.conversation_id,
    ...ofSent(sent),
    submitted_message: appMessageOf(sent),
    metadata: sent.metadata,
  }),
  EVENT_INBOUND: ({ inboundEvent }) => eventJson(inboundEvent),
  EVENT_DELIVERY: ({ sentEvent }) => ({
    event_id: sentEvent.id,
    status: "DELIVERED",
    ...ofSent(sentEvent),
    contact_id: "",
    metadata: parseJson(sentEvent.delivery).event_metadata ?? "",
  }),
  CONVERSATION_START: (here) => conversationOf(here, true),
  CONVERSATION_STOP: (here) => conversationOf(here, false),
  CONVERSATION_DELETE: (here) => conversationOf(here, false),
  CONTACT_CREATE: ({ contact }) => ({ contact: contactInCallback(contact) }),
  CONTACT_UPDATE: ({ contact }) => ({ contact: contactInCallback(contact) }),
  CONTACT_DELETE: ({ contact }) => ({ contact: contactInCallback(contact) }),
  CONTACT_MERGE: ({ store, contact }) => ({
    preserved_contact: contactInCallback(contact),
    deleted_contact: contactInCallback(
      newContact(store, contact.channel_identities),
    ),
  }),
  CONTACT_IDENTITIES_DUPLICATION: ({ store, contact, identity }) => ({
    duplicated_identities: [{
      channel: identity.channel,
      contact_ids: [contact.id, store.newId()],
    }],
  }),
  CAPABILITY: ({ store, contactId, identity }) => ({
    request_id: store.newId(),
    contact_id: contactId,
    channel: identity.channel,
    identity: identity.identity,
    capability_status: "CAPABILITY_FULL",
    channel_capabilities: [],
  }),
  OPT_IN: (here) => consent(here, "OPT_IN_SUCCEEDED"),
  OPT_OUT: (here) => consent(here, "OPT_OUT_SUCCEEDED"),
  CHANNEL_EVENT: () => ({
    channel_event: {
      channel: "WHATSAPP",
      event_type: "WHATS_APP_QUALITY_RATING_CHANGED",
      additional_data: { quality_rating: "YELLOW" },
    },
  }),
  SMART_CONVERSATION: ({ inbound }) =>
    analysisNotification(
      inbound,
      analysisOf(contactMessageOf(inbound).text_message?.text ?? TEXT),
    ),
  MESSAGE_INBOUND_SMART_CONVERSATION_REDACTION: ({ inbound }) => ({
    ...inboundJson(inbound),
    contact_message: maskedContent(
      shownContactMessage(contactMessageOf(inbound)),
    ),
  }),
  RECORD_NOTIFICATION: ({ inbound }) => ({
    entity_id: inbound.id,
    record_status: "EVENT_RECORD_STORED",
    channel_identity: identityOf(inbound),
    contact_id: inbound.contact_id,
    conversation_id: inbound.conversation_id,
    processing_mode: modeOf(inbound.source),
  }),
  BATCH_STATUS_UPDATE: ({ store }) =>
    batchInCallback(
      store.get<BatchRow>("SELECT * FROM batches ORDER BY id DESC LIMIT 1") ?? {
        id: store.newId(),
        status: "PROCESSED",
        send_after: store.now(),
        metadata: "{}",
      },
    ),
  UNSUPPORTED: ({ store, identity, contactId, conversationId, mode }) => ({
    channel: identity.channel,
    payload: JSON.stringify({ type: "unknown" }),
    processing_mode: mode,
    id: store.newId(),
    contact_id: contactId,
    conversation_id: conversationId,
    channel_identity: identity,
  }),
};

function ofSent(row: MessageRow | EventRow): JsonObject {
  return {
    channel_identity: identityOf(row),
    contact_id: row.contact_id,
    processing_mode: modeOf(row.source),
  };
}

function conversationOf(
  { store, conversation }: Here,
  active: boolean,
): JsonObject {
  return {
    conversation: { ...conversationInCallback(store, conversation), active },
  };
}

function consent(
  { store, contactId, identity, mode }: Here,
  status: string,
): JsonObject {
  return {
    request_id: store.newId(),
    contact_id: contactId,
    channel: identity.channel,
    identity: identity.identity,
    status,
    processing_mode: mode,
  };
}
