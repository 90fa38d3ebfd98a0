/**
 * Messages and events from contacts, as a channel would deliver them.
 *
 * @see https://developers.sinch.com/docs/conversation/callbacks/ (MESSAGE_INBOUND, EVENT_INBOUND)
 */
import { publish } from "../callbacks/outbox.ts";
import {
  type ContactMessage,
  shownContactMessage,
  storedContent,
} from "../content/message_content.ts";
import {
  analysisOf,
  maskedContent,
  pictureAnalysisOf,
} from "../content/smart_conversation.ts";
import type { ChannelIdentity } from "../contract/channels.ts";
import type { JsonObject } from "../contract/checks.ts";
import { parseJson } from "../contract/json.ts";
import { rfc3339 } from "../contract/time.ts";
import { type AppRow, readApp } from "../people/apps.ts";
import {
  findConversation,
  touchConversation,
} from "../people/conversations.ts";
import { findDispatchMetadata } from "../people/dispatch_metadata.ts";
import {
  isDispatched,
  keepsDispatched,
  sourceOf,
} from "../people/processing_mode.ts";
import { findOrMakeContact } from "../people/recipient.ts";
import { noteInbound } from "../people/sending_window.ts";
import { followKeyword } from "../people/stop_and_start.ts";
import type { Store } from "../store/store.ts";
import { eventJson, type EventRow, insertEvent } from "./events.ts";
import {
  contactMessageOf,
  insertMessage,
  messageJson,
  type MessageRow,
} from "./messages.ts";

/** Who sends it. */
export interface Sender {
  from: ChannelIdentity;
  /** The contact, if several may have the identity. */
  contactId?: string;
}

export interface Inbound extends Sender {
  content: ContactMessage;
  /** The message that this one answers. */
  answers?: MessageRow;
}

export interface InboundEvent extends Sender {
  kind: "contact_event" | "contact_message_event";
  content: JsonObject;
}

/** Receives a message from a contact; part of a change. */
export function receiveMessage(store: Store, app: AppRow, inbound: Inbound) {
  const { from, content, answers } = inbound;
  const row: MessageRow = {
    ...arrival(store, app, inbound),
    content: storedContent(content),
    metadata: answers?.metadata ?? "",
    sender_id: senderOf(answers),
    injected: 0,
  };
  insertMessage(store, row);
  noteInbound(store, app.id, from);
  const message = inboundJson(row);
  const about = aboutArrival(store, app, row);
  const REDACTED = "MESSAGE_INBOUND_SMART_CONVERSATION_REDACTION";
  publish(store, {
    trigger: "MESSAGE_INBOUND",
    ...about,
    unless: REDACTED,
    payload: message,
  });
  publish(store, {
    trigger: REDACTED,
    ...about,
    payload: {
      ...message,
      contact_message: maskedContent(
        shownContactMessage(contactMessageOf(row)),
      ),
    },
  });
  analyse(store, row, content);
  followKeyword(store, app, from, content.text_message?.text, row.contact_id);
  return { message_id: row.id, accepted_time: rfc3339(store.now()) };
}

/** Receives an event from a contact; part of a change. */
export function receiveEvent(store: Store, app: AppRow, inbound: InboundEvent) {
  const row: EventRow = {
    ...arrival(store, app, inbound),
    kind: inbound.kind,
    content: JSON.stringify(inbound.content),
  };
  insertEvent(store, row);
  publish(store, {
    trigger: "EVENT_INBOUND",
    ...aboutArrival(store, app, row),
    payload: eventJson(row),
  });
  return { event_id: row.id, accepted_time: rfc3339(store.now()) };
}

/** What a message and an event have in common. */
type Arrival = Omit<EventRow, "kind" | "content">;

/** In CONVERSATION mode, finds or creates the contact and the conversation. */
function arrival(
  store: Store,
  app: AppRow,
  { from, contactId: meant }: Sender,
): Arrival {
  const dispatched = isDispatched(app, {});
  const contactId = dispatched ? "" : meant ?? findOrMakeContact(store, [from]);
  const conversationId = dispatched
    ? ""
    : touchConversation(store, app.id, contactId, { channel: from.channel });
  return {
    id: store.newId(),
    source: sourceOf(app, dispatched),
    app_id: app.id,
    conversation_id: conversationId,
    contact_id: contactId,
    channel: from.channel,
    identity: from.identity,
    identity_app_id: from.app_id,
    direction: "TO_APP",
    delivery: "{}",
  };
}

/** The envelope of its callbacks. */
function aboutArrival(store: Store, app: AppRow, row: Arrival) {
  const sentBefore = row.conversation_id
    ? findConversation(store, row.conversation_id)
    : keepsDispatched(app)
    ? findDispatchMetadata(store, app.id, row)
    : undefined;
  return {
    appId: app.id,
    subject: row.contact_id || row.identity,
    about: row.id,
    metadata: showsMetadata(store, app)
      ? metadataText(sentBefore?.metadata_json)
      : "",
    correlationId: sentBefore?.correlation_id,
  };
}

/** The app's number that was written to: the sender of the answered message. */
function senderOf(answered: MessageRow | undefined): string {
  if (!answered) return "";
  return parseJson(answered.delivery).channel_properties?.SMS_SENDER ?? "";
}

function showsMetadata(store: Store, { id }: AppRow): boolean {
  return readApp(store, id).conversation_metadata_report_view === "FULL";
}

function metadataText(json: string | undefined): string {
  return json === undefined || json === "null" ? "" : json;
}

/** A message from a contact as callbacks show it. */
export function inboundJson(row: MessageRow) {
  const { message_status: _, ...message } = messageJson(row);
  return message;
}

/** Sends the Smart Conversations results of a text or media, if the app wants them. */
function analyse(
  store: Store,
  row: MessageRow,
  { text_message: text, media_message: media }: ContactMessage,
): void {
  const results = text?.text
    ? analysisOf(text.text)
    : media && pictureAnalysisOf(media.url);
  if (!results) return;
  const { smart_conversation } = readApp(store, row.app_id);
  if (!(smart_conversation as { enabled: boolean }).enabled) return;
  publish(store, {
    trigger: "SMART_CONVERSATION",
    appId: row.app_id,
    subject: row.contact_id || row.identity,
    about: row.id,
    payload: analysisNotification(row, results),
  });
}

export function analysisNotification(row: MessageRow, results: JsonObject) {
  return {
    contact_id: row.contact_id,
    channel_identity: row.identity,
    channel: row.channel,
    message_id: row.id,
    conversation_id: row.conversation_id,
    analysis_results: results,
  };
}
