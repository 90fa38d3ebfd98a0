/**
 * Sending: the request, and what taking it does to the store.
 *
 * @see https://developers.sinch.com/docs/conversation/api-reference/conversation/messages/ (send)
 */
import { rfc3339 } from "./call.ts";
import { channel, type ChannelIdentity } from "./channels.ts";
import {
  anyObject,
  type Check,
  httpUrl,
  type JsonObject,
  list,
  object,
  oneOf,
  required,
  resourceId,
  text,
  textMap,
} from "./checks.ts";
import { appMessage, storedAppMessage } from "./message_content.ts";
import {
  addressConversation,
  addressDispatch,
  type Addressee,
  type Recipient,
  recipient,
} from "./recipient.ts";
import { type AppRow, requireApp } from "./state/apps.ts";
import { touchConversation } from "./state/conversations.ts";
import {
  CONVERSATION_SOURCE,
  DISPATCH_SOURCE,
  insertMessage,
  NOT_KEPT,
} from "./state/messages.ts";
import type { Store } from "./store.ts";

export const MAX_METADATA = 1024;
export const MAX_CONVERSATION_METADATA = 2048;
const MIN_TTL_S = 3;
const MAX_TTL_S = 315_576_000_000;

/** `"600s"`, or a bare `"600"`. */
const ttl: Check = (value, field, found) => {
  if (value === undefined || value === null) return;
  const seconds = /^(\d+(?:\.\d+)?)s?$/.exec(String(value))?.[1];
  if (
    typeof value !== "string" || !seconds || Number(seconds) < MIN_TTL_S ||
    Number(seconds) > MAX_TTL_S
  ) {
    found.push({
      field,
      description: `must be seconds from ${MIN_TTL_S}s to ${MAX_TTL_S}s`,
    });
  }
};

export interface SendRequest {
  app_id: string;
  recipient: Recipient;
  message: JsonObject;
  callback_url?: string;
  channel_priority_order?: string[];
  channel_properties?: Record<string, string>;
  message_metadata?: string;
  conversation_metadata?: JsonObject;
  conversation_metadata_update_strategy?: "REPLACE" | "MERGE_PATCH";
  queue?: string;
  ttl?: string;
  processing_strategy?: "DEFAULT" | "DISPATCH_ONLY";
  correlation_id?: string;
  message_content_type?: string;
}

export const sendRequest = object({
  app_id: required(resourceId),
  recipient: required(recipient),
  message: required(appMessage),
  callback_url: httpUrl,
  channel_priority_order: list(channel),
  channel_properties: textMap(1024),
  message_metadata: text(MAX_METADATA),
  conversation_metadata: anyObject(MAX_CONVERSATION_METADATA),
  conversation_metadata_update_strategy: oneOf(["REPLACE", "MERGE_PATCH"]),
  queue: oneOf(["NORMAL_PRIORITY", "HIGH_PRIORITY"]),
  ttl,
  processing_strategy: oneOf(["DEFAULT", "DISPATCH_ONLY"]),
  correlation_id: text(128),
  message_content_type: oneOf([
    "CONTENT_UNKNOWN",
    "CONTENT_MARKETING",
    "CONTENT_NOTIFICATION",
  ]),
});

/**
 * Takes a message: finds or makes its contact and conversation, and stores it.
 *
 * @throws Refusal 404 for an unknown app; 400 for a contact in DISPATCH mode
 */
export function acceptMessage(store: Store, request: SendRequest) {
  const app = requireApp(store, request.app_id);
  return isDispatched(app, request)
    ? dispatch(store, app, request)
    : converse(store, app, request);
}

/** Whether a send by this app is handled without contacts and conversations. */
export function isDispatched(
  app: AppRow,
  { processing_strategy }: { processing_strategy?: string },
): boolean {
  return processing_strategy === "DISPATCH_ONLY" ||
    app.processing_mode === "DISPATCH";
}

function dispatch(store: Store, app: AppRow, request: SendRequest) {
  const addressee = addressDispatch(
    app,
    request.recipient,
    request.channel_priority_order,
  );
  const source = app.dispatch_ttl_days > 0 ? DISPATCH_SOURCE : NOT_KEPT;
  return accept(store, request, addressee, source);
}

function converse(store: Store, app: AppRow, request: SendRequest) {
  const addressee = addressConversation(
    store,
    app,
    request.recipient,
    request.channel_priority_order,
  );
  const [first] = addressee.candidates;
  const conversationId = first
    ? touchConversation(store, app.id, addressee.contactId, {
      channel: first.channel,
      time: store.now(),
      correlationId: request.correlation_id,
      metadata: request.conversation_metadata,
      merge: request.conversation_metadata_update_strategy === "MERGE_PATCH",
    })
    : "";
  return accept(store, request, addressee, CONVERSATION_SOURCE, conversationId);
}

/** What a message's delivery needs to know, beside its content. */
export interface Delivery extends
  Pick<
    SendRequest,
    | "callback_url"
    | "channel_properties"
    | "correlation_id"
    | "message_content_type"
    | "queue"
    | "ttl"
  > {
  /** Identities to try, in order. */
  candidates: ChannelIdentity[];
}

function accept(
  store: Store,
  request: SendRequest,
  { contactId, candidates }: Addressee,
  source: string,
  conversationId = "",
) {
  const first = candidates[0];
  const delivery: Delivery = {
    candidates,
    callback_url: request.callback_url,
    channel_properties: request.channel_properties,
    correlation_id: request.correlation_id,
    message_content_type: request.message_content_type,
    queue: request.queue,
    ttl: request.ttl,
  };
  const id = store.newId();
  insertMessage(store, {
    id,
    source,
    app_id: request.app_id,
    conversation_id: conversationId,
    contact_id: contactId,
    channel: first?.channel ?? request.channel_priority_order?.[0] ??
      "CHANNEL_UNSPECIFIED",
    identity: first?.identity ?? "",
    identity_app_id: first?.app_id ?? "",
    direction: "TO_CONTACT",
    content: storedAppMessage(request.message),
    metadata: request.message_metadata ?? "",
    sender_id: "",
    injected: 0,
    delivery: JSON.stringify(delivery),
  });
  return { message_id: id, accepted_time: rfc3339(store.now()) };
}
