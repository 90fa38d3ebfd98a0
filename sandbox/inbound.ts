/**
 * A message from a person to an app: what a channel would bring.
 *
 * @see https://developers.sinch.com/docs/conversation/callbacks/ (MESSAGE_INBOUND)
 */
import { rfc3339 } from "./call.ts";
import type { ChannelIdentity } from "./channels.ts";
import type { JsonObject } from "./checks.ts";
import { storedContactMessage } from "./message_content.ts";
import { publish } from "./outbox.ts";
import { findOrMakeContact } from "./recipient.ts";
import { isDispatched, keepsDispatched, sourceOf } from "./sending.ts";
import { type AppRow, readApp } from "./state/apps.ts";
import { addConsent, OPT_OUT_LISTS, removeConsent } from "./state/consents.ts";
import { findConversation, touchConversation } from "./state/conversations.ts";
import { findDispatchMetadata } from "./state/dispatch_metadata.ts";
import { noteInbound } from "./state/last_inbound.ts";
import {
  insertMessage,
  messageJson,
  type MessageRow,
} from "./state/messages.ts";
import type { Store } from "./store.ts";

export interface Inbound {
  from: ChannelIdentity;
  /** The contact that is meant, where several may have the identity. */
  contactId?: string;
  /** A ContactMessage. */
  content: JsonObject;
  /** The message that this one answers. */
  answers?: MessageRow;
}

/** Words that take an SMS number on and off an app's opt-out list. */
const OPT_OUT_WORD = /^\s*(stop|stopall|unsubscribe|cancel|end|quit)\s*$/i;
const OPT_IN_WORD = /^\s*(start|unstop)\s*$/i;
const [OPT_OUT_ALL] = OPT_OUT_LISTS as [string];

/** Takes a message from a person, as it comes from a channel; part of a change. */
export function receiveMessage(store: Store, app: AppRow, inbound: Inbound) {
  const { from, content, answers } = inbound;
  const dispatched = isDispatched(app, {});
  const contactId = dispatched
    ? ""
    : inbound.contactId ?? findOrMakeContact(store, [from]);
  const conversationId = dispatched
    ? ""
    : touchConversation(store, app.id, contactId, {
      channel: from.channel,
    });
  const row: MessageRow = {
    id: store.newId(),
    source: sourceOf(app, dispatched),
    app_id: app.id,
    conversation_id: conversationId,
    contact_id: contactId,
    channel: from.channel,
    identity: from.identity,
    identity_app_id: from.app_id,
    direction: "TO_APP",
    content: storedContactMessage(content),
    metadata: answers?.metadata ?? "",
    sender_id: senderOf(answers),
    injected: 0,
    delivery: "{}",
  };
  insertMessage(store, row);
  noteInbound(store, app.id, from);
  const sentBefore = conversationId
    ? findConversation(store, conversationId)
    : keepsDispatched(app)
    ? findDispatchMetadata(store, app.id, from)
    : undefined;
  const { message_status: _, ...message } = JSON.parse(messageJson(row));
  publish(store, {
    trigger: "MESSAGE_INBOUND",
    appId: app.id,
    subject: contactId || from.identity,
    about: row.id,
    acceptedTime: store.now(),
    eventTime: store.now(),
    metadata: showsMetadata(store, app)
      ? metadataText(sentBefore?.metadata_json)
      : "",
    correlationId: sentBefore?.correlation_id,
    payload: message,
  });
  followKeyword(store, app, inbound, contactId);
  return { message_id: row.id, accepted_time: rfc3339(store.now()) };
}

/** The own number that was written to: the one the answered message came from. */
function senderOf(answered: MessageRow | undefined): string {
  if (!answered) return "";
  return JSON.parse(answered.delivery).channel_properties?.SMS_SENDER ?? "";
}

function showsMetadata(store: Store, { id }: AppRow): boolean {
  return readApp(store, id).conversation_metadata_report_view === "FULL";
}

function metadataText(json: string | undefined): string {
  return json === undefined || json === "null" ? "" : json;
}

/** STOP and START, which SMS knows. */
function followKeyword(
  store: Store,
  app: AppRow,
  { from, content }: Inbound,
  contactId: string,
): void {
  const { text } = (content.text_message ?? {}) as { text?: string };
  if (from.channel !== "SMS" || !text) return;
  const optsOut = OPT_OUT_WORD.test(text);
  if (!optsOut && !OPT_IN_WORD.test(text)) return;
  const change = optsOut ? addConsent : removeConsent;
  change(store, app.id, OPT_OUT_ALL, from.identity, "ORIGIN_MO");
  publish(store, {
    trigger: optsOut ? "OPT_OUT" : "OPT_IN",
    appId: app.id,
    subject: contactId || from.identity,
    acceptedTime: store.now(),
    eventTime: store.now(),
    payload: {
      request_id: store.newId(),
      contact_id: contactId,
      channel: from.channel,
      identity: from.identity,
      status: optsOut ? "OPT_OUT_SUCCEEDED" : "OPT_IN_SUCCEEDED",
      processing_mode: app.processing_mode,
    },
  });
}
