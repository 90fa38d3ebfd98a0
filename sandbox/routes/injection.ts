/**
 * Injecting history into a conversation: messages and events of the last 30 days,
 * which are stored and not sent.
 *
 * @see https://developers.sinch.com/docs/conversation/api-reference/conversation/conversation/ (inject)
 */
import { appEvent } from "../content/event_content.ts";
import {
  appMessage,
  contactMessage,
  storedContent,
} from "../content/message_content.ts";
import { recipientIdentity, storedIdentity } from "../contract/channels.ts";
import {
  type Check,
  checked,
  exactlyOne,
  type JsonObject,
  object,
  oneOf,
  required,
  resourceId,
  text,
  timestamp,
} from "../contract/checks.ts";
import { invalidField } from "../contract/errors.ts";
import { rfc3339, timestampMs } from "../contract/time.ts";
import type { Call } from "../http/call.ts";
import { insertEvent } from "../messages/events.ts";
import { insertMessage } from "../messages/messages.ts";
import { MAX_METADATA } from "../messages/sending.ts";
import {
  type ConversationRow,
  requireConversation,
} from "../people/conversations.ts";
import { CONVERSATION_SOURCE } from "../people/processing_mode.ts";
import type { Store } from "../store/store.ts";

const MAX_AGE_MS = 30 * 24 * 60 * 60 * 1000;

/** One content. Sinch's own example injects a contact's message TO_CONTACT. */
const contentFitsDirection: Check = (value, field, found) => {
  const { direction, app_message, contact_message } = value as JsonObject;
  exactlyOne(["app_message", "contact_message"])(value, field, found);
  if (app_message && contact_message) return;
  if (direction === "TO_APP" && app_message) {
    found.push({
      field: "app_message",
      description: "cannot be used with direction TO_APP",
    });
  }
  if (direction === "TO_CONTACT" && contact_message) {
    (found.notes ??= []).push(
      "contact_message does not fit direction TO_CONTACT",
    );
  }
};

const injectMessageRequest = object({
  accept_time: required(timestamp),
  channel_identity: required(recipientIdentity),
  contact_id: required(resourceId),
  direction: required(oneOf(["TO_APP", "TO_CONTACT"])),
  app_message: appMessage,
  contact_message: contactMessage,
  sender_id: text(),
  processing_mode: oneOf(["CONVERSATION", "DISPATCH"]),
  metadata: text(MAX_METADATA),
  conversation_id: text(),
}, contentFitsDirection);

/** `POST conversations/{conversation_id}:inject-message`: adds history, sends nothing. */
export function injectMessage(call: Call) {
  const conversation = conversationOf(call);
  const request = checked(
    call.body,
    injectMessageRequest,
  );
  requireOwnContact(conversation, request.contact_id);
  const time = pastTime(call.store, request.accept_time);
  const identity = storedIdentity(
    request.channel_identity,
    conversation.app_id,
  );
  insertMessage(call.store, {
    id: call.store.newIdAt(time),
    source: CONVERSATION_SOURCE,
    app_id: conversation.app_id,
    conversation_id: conversation.id,
    contact_id: conversation.contact_id,
    channel: identity.channel,
    identity: identity.identity,
    identity_app_id: identity.app_id,
    direction: request.direction,
    content: storedContent(request.app_message ?? request.contact_message!),
    metadata: request.metadata ?? "",
    sender_id: request.sender_id ?? "",
    injected: 1,
    delivery: "{}",
  });
  return {};
}

const injectEventRequest = object({
  accept_time: required(timestamp),
  app_event: required(appEvent),
  contact_id: resourceId,
  channel_identity: recipientIdentity,
  processing_mode: oneOf(["CONVERSATION", "DISPATCH"]),
  conversation_id: text(),
});

/** `POST conversations/{conversation_id}:inject-event` */
export function injectEvent(call: Call) {
  const conversation = conversationOf(call);
  const request = checked(call.body, injectEventRequest);
  requireOwnContact(conversation, request.contact_id);
  const time = pastTime(call.store, request.accept_time);
  const identity = storedIdentity(
    request.channel_identity ??
      { channel: conversation.active_channel, identity: "" },
    conversation.app_id,
  );
  const id = call.store.newIdAt(time);
  insertEvent(call.store, {
    id,
    source: CONVERSATION_SOURCE,
    app_id: conversation.app_id,
    conversation_id: conversation.id,
    contact_id: conversation.contact_id,
    channel: identity.channel,
    identity: identity.identity,
    identity_app_id: identity.app_id,
    direction: "TO_CONTACT",
    kind: "app_event",
    content: JSON.stringify(request.app_event),
    delivery: "{}",
  });
  return { event_id: id, accepted_time: rfc3339(time) };
}

function requireOwnContact(
  { contact_id }: ConversationRow,
  given: string | null | undefined,
): void {
  if (given && given !== contact_id) {
    throw invalidField(
      "contact_id",
      `must be the conversation's, ${contact_id}`,
    );
  }
}

/** Epoch milliseconds of a moment within the last 30 days. */
function pastTime(store: Store, timestamp: string): number {
  const time = timestampMs(timestamp)!;
  const now = store.now();
  if (time > now) {
    throw invalidField("accept_time", "must not be in the future");
  }
  if (time < now - MAX_AGE_MS) {
    throw invalidField("accept_time", "must be within the last 30 days");
  }
  return time;
}

function conversationOf(call: Call): ConversationRow {
  return requireConversation(call.store, call.params.conversation_id!);
}
