/**
 * Sending: the request, and what accepting it changes in the store.
 *
 * @see https://developers.sinch.com/docs/conversation/api-reference/conversation/messages/ (send)
 */
import { appMessage, storedContent } from "../content/message_content.ts";
import { channel, type ChannelIdentity } from "../contract/channels.ts";
import {
  anyObject,
  type Check,
  type Checked,
  httpUrl,
  list,
  object,
  oneOf,
  required,
  resourceId,
  text,
  textMap,
} from "../contract/checks.ts";
import { rfc3339 } from "../contract/time.ts";
import { type AppRow, requireApp } from "../people/apps.ts";
import { touchConversation } from "../people/conversations.ts";
import { keepDispatchMetadata } from "../people/dispatch_metadata.ts";
import {
  isDispatched,
  keepsDispatched,
  sourceOf,
} from "../people/processing_mode.ts";
import {
  addressConversation,
  addressDispatch,
  type Addressee,
  recipient,
} from "../people/recipient.ts";
import { timeOfId } from "../store/ids.ts";
import type { Store } from "../store/store.ts";
import { insertMessage } from "./messages.ts";
import { startDelivery } from "./timeline.ts";

export const MAX_METADATA = 1024;
export const MAX_CONVERSATION_METADATA = 2048;
export const MAX_CORRELATION_ID = 128;
export const STRATEGIES = ["DEFAULT", "DISPATCH_ONLY"] as const;
export const QUEUES = ["NORMAL_PRIORITY", "HIGH_PRIORITY"];
const MIN_TTL_S = 3;
const MAX_TTL_S = 315_576_000_000;

/** `"600s"`, or a bare `"600"`. */
export const ttl: Check<string> = (value, field, found) => {
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
  queue: oneOf(QUEUES),
  ttl,
  processing_strategy: oneOf(STRATEGIES),
  correlation_id: text(MAX_CORRELATION_ID),
  message_content_type: oneOf([
    "CONTENT_UNKNOWN",
    "CONTENT_MARKETING",
    "CONTENT_NOTIFICATION",
  ]),
});
export type SendRequest = Checked<typeof sendRequest>;

/**
 * Accepts a message: finds or creates its contact and conversation, and stores it.
 *
 * @param failure reason code of a message that is already known to fail
 * @throws Refusal 404 for an unknown app; 400 for a contact in DISPATCH mode
 */
export function acceptMessage(
  store: Store,
  request: SendRequest,
  failure?: string,
) {
  const app = requireApp(store, request.app_id);
  const to = addressSend(store, app, request);
  const delivery: Delivery = {
    // A single one is in the message's own columns.
    candidates: to.candidates.length === 1 ? undefined : to.candidates,
    callback_url: request.callback_url,
    channel_properties: request.channel_properties,
    correlation_id: request.correlation_id,
    message_content_type: request.message_content_type,
    queue: request.queue,
    ttl: request.ttl,
    failure: failure ?? unconfigured(app, request),
  };
  const id = store.newId();
  insertMessage(store, {
    id,
    source: to.source,
    app_id: app.id,
    conversation_id: to.conversationId,
    contact_id: to.contactId,
    channel: to.identity.channel,
    identity: to.identity.identity,
    identity_app_id: to.identity.app_id,
    direction: "TO_CONTACT",
    content: storedContent(request.message),
    metadata: request.message_metadata ?? "",
    sender_id: "",
    injected: 0,
    delivery: JSON.stringify(delivery),
  });
  startDelivery(
    store,
    app,
    id,
    delivery,
    "MESSAGE_SUBMIT",
    "MESSAGE_DELIVERY",
  );
  return { message_id: id, accepted_time: rfc3339(timeOfId(id)) };
}

/** A channel that the request names, but the app lacks, fails the whole message. */
function unconfigured(
  { channels }: AppRow,
  { recipient, channel_priority_order: order }: SendRequest,
): string | undefined {
  const named = [
    ...recipient.identified_by?.channel_identities ?? [],
  ].map(({ channel }) => channel).concat(order ?? []);
  const configured = channels.split(",");
  return named.every((channel) => configured.includes(channel))
    ? undefined
    : "CHANNEL_CONFIGURATION_MISSING";
}

/** What delivery needs besides the content. */
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
  /** Identities to try, in order; by default the message's own. */
  candidates?: ChannelIdentity[];
  failure?: string;
}

/** Where a send goes; without a contact or conversation, its ID is `""`. */
export interface Address extends Addressee {
  source: string;
  conversationId: string;
  /** The identity to try first, or only its channel if there is none. */
  identity: ChannelIdentity;
}

type AddressedRequest =
  & Pick<SendRequest, "recipient" | "channel_priority_order">
  & Partial<SendRequest>;

/**
 * Addresses a message or an event; in CONVERSATION mode, updates or starts the
 * active conversation.
 */
export function addressSend(
  store: Store,
  app: AppRow,
  request: AddressedRequest,
): Address {
  const { recipient, channel_priority_order: order } = request;
  const dispatched = isDispatched(app, request);
  const addressee = dispatched
    ? addressDispatch(app, recipient, order)
    : addressConversation(store, app, recipient, order);
  const [first] = addressee.candidates;
  if (dispatched) keepForReplies(store, app, addressee.candidates, request);
  return {
    ...addressee,
    source: sourceOf(app, dispatched),
    conversationId: dispatched || !first
      ? ""
      : touchConversation(store, app.id, addressee.contactId, {
        channel: first.channel,
        correlationId: request.correlation_id,
        metadata: request.conversation_metadata,
        merge: request.conversation_metadata_update_strategy === "MERGE_PATCH",
      }),
    identity: first ?? {
      channel: order?.[0] ?? "CHANNEL_UNSPECIFIED",
      identity: "",
      app_id: "",
    },
  };
}

/** Not for an app in CONVERSATION mode: its replies have a conversation. */
function keepForReplies(
  store: Store,
  app: AppRow,
  identities: ChannelIdentity[],
  { conversation_metadata: metadata, correlation_id: correlation }: Partial<
    SendRequest
  >,
): void {
  if (!metadata && !correlation || !keepsDispatched(app)) return;
  for (const identity of identities) {
    keepDispatchMetadata(store, app.id, identity, metadata, correlation);
  }
}
