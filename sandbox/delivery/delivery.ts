/**
 * What becomes of a message or an event after it was taken: handed to a channel,
 * delivered, read, or failed with a reason; each is told to the app's webhooks.
 *
 * @see https://developers.sinch.com/docs/conversation/api-reference/conversation/messages/ (delivery status)
 */
import { publish } from "../callbacks/outbox.ts";
import { faultOfShown } from "../content/channel_limits.ts";
import { isTemplate, shownOn } from "../content/transcode.ts";
import type { ChannelIdentity } from "../contract/channels.ts";
import type { JsonObject } from "../contract/checks.ts";
import type { EventRow } from "../messages/events.ts";
import type { MessageRow } from "../messages/messages.ts";
import type { Delivery } from "../messages/sending.ts";
import {
  type Entry,
  schedule,
  type Step,
  unschedule,
} from "../messages/timeline.ts";
import { readApp } from "../people/apps.ts";
import { isOptedOut } from "../people/consents.ts";
import { findContact } from "../people/contacts.ts";
import { CONVERSATION_SOURCE } from "../people/processing_mode.ts";
import { isWindowOpen } from "../people/sending_window.ts";
import { latencyMs, ruleFor } from "../rules/matching.ts";
import { SILENCE } from "../rules/rule.ts";
import { timeOfId } from "../store/ids.ts";
import type { Store } from "../store/store.ts";

/** Where the last digits of a recipient's number decide what the channel does. */
const TEST_NUMBERS = "1555000";

const OUTSIDE_WINDOW = "OUTSIDE_ALLOWED_SENDING_WINDOW";

/** What the numbers +1 555 000 xxxx do on every channel; others get the message. */
const TEST_OUTCOMES = new Map(Object.entries({
  "0001": "RECIPIENT_INVALID_CHANNEL_IDENTITY",
  "0002": "RECIPIENT_NOT_REACHABLE",
  "0003": "RECIPIENT_NOT_OPTED_IN",
  "0004": OUTSIDE_WINDOW,
  "0005": "CHANNEL_FAILURE",
  "0006": "CHANNEL_REJECT",
  "0007": "MEDIA_NOT_REACHABLE",
  "0008": "RATE_LIMITED",
  "0009": "UNKNOWN",
  /** Nothing is heard of the message again. */
  "0000": SILENCE,
}));

/** Channels on which a person is a number of digits alone. */
const PHONE_CHANNELS = ["SMS", "MMS", "RCS", "WHATSAPP", "VIBERBM"];
const PHONE_NUMBER = /^\d{7,15}$/;

/** Channels that never tell that a message was read, and take no events. */
const PLAIN_CHANNELS = ["SMS", "MMS"];

/** A sent message or event, as its row and its delivery say. */
interface Sent {
  kind: "message" | "event";
  row: MessageRow | EventRow;
  delivery: Delivery & { event_metadata?: string };
  /** Identities to try, in order. */
  candidates: ChannelIdentity[];
  /** The identity it is with now. */
  identity: ChannelIdentity;
  /** Its number among the candidates. */
  candidate: number;
}

/** What happens next, and in how many milliseconds. */
interface Next {
  step: Step;
  afterMs: number;
  candidate?: number;
  reason?: string;
}

/** Does what an entry of the timeline says; part of a change. */
export function advance(store: Store, entry: Entry, latencyMs: number): void {
  unschedule(store, entry);
  const sent = findSent(store, entry);
  // Deleted meanwhile: nobody is told of it any more.
  if (!sent) return;
  const next = STEPS[entry.step](store, sent, {
    latencyMs: latencyOf(store, sent, latencyMs),
    reason: entry.reason,
  });
  if (!next) return;
  schedule(store, {
    due: store.now() + next.afterMs,
    id: entry.id,
    step: next.step,
    candidate: next.candidate ?? entry.candidate,
    reason: next.reason ?? "",
  });
}

interface Moment {
  /** Until the next step. */
  latencyMs: number;
  /** Of a step that fails. */
  reason: string;
}

const STEPS: Record<
  Step,
  (store: Store, sent: Sent, moment: Moment) => Next | undefined
> = {
  SUBMIT: submit,
  DELIVER: deliver,
  REFUSE: refuse,
  READ: read,
  TIME_OUT: timeOut,
  GIVE_UP: giveUp,
};

function findSent(store: Store, { id, candidate }: Entry): Sent | undefined {
  const message = store.get<MessageRow>(
    "SELECT * FROM messages WHERE id = ?",
    id,
  );
  const row = message ??
    store.get<EventRow>("SELECT * FROM events WHERE id = ?", id);
  if (!row) return undefined;
  const delivery: Sent["delivery"] = JSON.parse(row.delivery);
  const own = {
    channel: row.channel,
    identity: row.identity,
    app_id: row.identity_app_id,
  };
  const candidates = delivery.candidates ?? [own];
  return {
    kind: message ? "message" : "event",
    row,
    delivery,
    candidates,
    candidate,
    identity: candidates[candidate] ?? own,
  };
}

function submit(
  store: Store,
  sent: Sent,
  { latencyMs }: Moment,
): Next | undefined {
  if (store.now() >= expiry(sent)) return timeOut(store, sent);
  const app = readApp(store, sent.row.app_id);
  const shown = shownThere(store, sent);
  const fault = faultOfContent(store, sent, shown);
  if (fault) return fail(store, sent, fault);
  const channels = (app.channel_credentials as { channel: string }[])
    .map(({ channel }) => channel);
  const refusal = faultOfChannel(store, sent, channels) ??
    faultOfMessage(sent, shown, app);
  if (refusal) return fallBack(store, sent, refusal);
  if (sent.kind === "message") tellSubmitted(store, sent);
  report(store, sent, "QUEUED_ON_CHANNEL");
  const reason = plannedFailure(store, sent);
  const end = endOfSilence(store, sent, app);
  if (reason === SILENCE || end && end.afterMs < latencyMs) return end;
  return reason
    ? { step: "REFUSE", afterMs: latencyMs, reason }
    : { step: "DELIVER", afterMs: latencyMs };
}

function deliver(
  store: Store,
  sent: Sent,
  { latencyMs }: Moment,
): Next | undefined {
  const failure = faultOfWindow(store, sent);
  if (failure) return fallBack(store, sent, failure);
  report(store, sent, "DELIVERED");
  const isReported = sent.kind === "message" &&
    !PLAIN_CHANNELS.includes(sent.identity.channel);
  return isReported ? { step: "READ", afterMs: latencyMs } : undefined;
}

function refuse(
  store: Store,
  sent: Sent,
  { reason }: Moment,
): Next | undefined {
  return fallBack(store, sent, reason);
}

function read(store: Store, sent: Sent): undefined {
  report(store, sent, "READ");
}

/** After its `ttl` a message is not tried on another channel. */
function timeOut(store: Store, sent: Sent): undefined {
  report(store, sent, "FAILED", "DELIVERY_TIMED_OUT");
}

/** The app waited long enough for a report from this channel. */
function giveUp(store: Store, sent: Sent): Next | undefined {
  return fallBack(store, sent, "DELIVERY_REPORT_TIME_OUT");
}

/** What ends the wait for a report that never comes, if anything does. */
function endOfSilence(
  store: Store,
  sent: Sent,
  app: JsonObject,
): Next | undefined {
  const { enabled, delivery_report_waiting_time: waitS } = app
    .delivery_report_based_fallback as {
      enabled: boolean;
      delivery_report_waiting_time: number;
    };
  const leftMs = expiry(sent) - store.now();
  if (enabled && waitS * 1000 < leftMs) {
    return { step: "GIVE_UP", afterMs: waitS * 1000 };
  }
  return leftMs < Infinity ? { step: "TIME_OUT", afterMs: leftMs } : undefined;
}

/** Epoch milliseconds at which the message's `ttl` ends. */
function expiry({ row, delivery }: Sent): number {
  return delivery.ttl
    ? timeOfId(row.id) + parseFloat(delivery.ttl) * 1000
    : Infinity;
}

/** What is wrong on every channel alike, as a reason code. */
function faultOfContent(
  store: Store,
  { row, delivery, candidates }: Sent,
  shown: ShownThere,
): string | undefined {
  if (delivery.failure) return delivery.failure;
  if (candidates.length === 0) {
    // A dispatched message has no contact that could be missing.
    return row.contact_id === "" || findContact(store, row.contact_id)
      ? "NO_CHANNEL_IDENTITY_FOR_CONTACT"
      : "CONTACT_NOT_FOUND";
  }
  return shown && "failure" in shown && shown.failure !== "BAD_REQUEST"
    ? shown.failure
    : undefined;
}

/** What the recipient gets of a message on the channel it is with now. */
function shownThere(store: Store, { kind, row, identity }: Sent) {
  return kind === "message"
    ? shownOn(store, JSON.parse(row.content), identity.channel)
    : undefined;
}

type ShownThere = ReturnType<typeof shownThere>;

/** Why this channel would not take the message's content, as a reason code. */
function faultOfMessage(
  { identity, delivery }: Sent,
  shown: ShownThere,
  app: JsonObject,
): string | undefined {
  return shown && faultOfShown(shown, {
    channel: identity.channel,
    channelProperties: delivery.channel_properties,
    app,
  });
}

/** What is wrong with this channel or the identity on it, as a reason code. */
function faultOfChannel(
  store: Store,
  { kind, row, delivery, identity }: Sent,
  channels: string[],
): string | undefined {
  const { channel } = identity;
  if (!channels.includes(channel)) return "CHANNEL_CONFIGURATION_MISSING";
  if (
    PHONE_CHANNELS.includes(channel) && !PHONE_NUMBER.test(identity.identity)
  ) {
    return "RECIPIENT_INVALID_CHANNEL_IDENTITY";
  }
  if (kind === "event" && PLAIN_CHANNELS.includes(channel)) {
    return "UNSUPPORTED_OPERATION";
  }
  return isOptedOut(
      store,
      row.app_id,
      identity.identity,
      delivery.message_content_type,
    )
    ? "RECIPIENT_NOT_OPTED_IN"
    : undefined;
}

/** WhatsApp itself refuses it, once it has the message. */
function faultOfWindow(store: Store, sent: Sent): string | undefined {
  const { row, identity } = sent;
  if (identity.channel !== "WHATSAPP") return undefined;
  const shown = shownThere(store, sent);
  return !shown || "failure" in shown || isTemplate(shown) ||
      isWindowOpen(store, row.app_id, identity)
    ? undefined
    : OUTSIDE_WINDOW;
}

/** What a test number or a rule has in store for it, as a reason code. */
function plannedFailure(store: Store, sent: Sent): string | undefined {
  const { identity: { identity } } = sent;
  const outcome = identity.startsWith(TEST_NUMBERS)
    ? TEST_OUTCOMES.get(identity.slice(TEST_NUMBERS.length))
    : undefined;
  if (outcome) return outcome;
  const rule = ruleFor(store, "fail", subjectOf(sent));
  if (rule?.then) goOnWith(store, sent, rule.then);
  return rule?.fail;
}

/** What rules look at. */
function subjectOf({ row, identity }: Sent) {
  return { appId: row.app_id, identities: [identity] };
}

/** The time until the next step: a rule's, or the usual. */
function latencyOf(store: Store, sent: Sent, usualMs: number): number {
  const rule = ruleFor(store, "latency", subjectOf(sent));
  return rule ? latencyMs(rule) : usualMs;
}

/** Makes this channel the next candidate, if the recipient can be had there. */
function goOnWith(store: Store, sent: Sent, channel: string): void {
  const { kind, row, candidates, candidate } = sent;
  const tried = candidates.slice(0, candidate + 1);
  const left = candidates.slice(candidate + 1);
  const next = left.find((one) => one.channel === channel) ??
    identityOn(store, sent, channel);
  // A channel that failed is not tried again, or it would never end.
  if (!next || tried.some((one) => one.channel === channel)) return;
  const planned = [...tried, next, ...left.filter((one) => one !== next)];
  store.run(
    `UPDATE ${kind}s SET delivery = ? WHERE id = ?`,
    JSON.stringify({ ...sent.delivery, candidates: planned }),
    row.id,
  );
}

/** The contact's identity on a channel; a phone number serves all phone channels. */
function identityOn(
  store: Store,
  { row, identity }: Sent,
  channel: string,
): ChannelIdentity | undefined {
  const known = findContact(store, row.contact_id)?.channel_identities.find((
    one,
  ) => one.channel === channel && ["", row.app_id].includes(one.app_id));
  const isSamePhone = [channel, identity.channel].every((one) =>
    PHONE_CHANNELS.includes(one)
  );
  return known ??
    (isSamePhone ? { ...identity, channel, app_id: "" } : undefined);
}

/** Goes on with the next candidate, or ends. */
function fallBack(store: Store, sent: Sent, code: string): Next | undefined {
  const { row, kind, candidate, candidates } = sent;
  const next = candidates[candidate + 1];
  if (!next) {
    return fail(store, sent, candidate > 0 ? "NO_CHANNELS_LEFT" : code);
  }
  report(store, sent, "SWITCHING_CHANNEL", code);
  store.run(
    `UPDATE ${kind}s SET channel = ?, identity = ?, identity_app_id = ?
     WHERE id = ?`,
    next.channel,
    next.identity,
    next.app_id,
    row.id,
  );
  return { step: "SUBMIT", afterMs: 0, candidate: candidate + 1 };
}

function fail(store: Store, sent: Sent, code: string): undefined {
  report(store, sent, "FAILED", code);
}

function tellSubmitted(store: Store, sent: Sent): void {
  publish(store, {
    trigger: "MESSAGE_SUBMIT",
    ...aboutSent(store, sent),
    payload: {
      ...identityFields(sent),
      submitted_message: JSON.parse(sent.row.content),
    },
  });
}

/** Tells a status, with the reason code of a failure. */
function report(store: Store, sent: Sent, status: string, code?: string): void {
  publish(store, {
    trigger: sent.kind === "message" ? "MESSAGE_DELIVERY" : "EVENT_DELIVERY",
    ...aboutSent(store, sent),
    callbackUrl: sent.delivery.callback_url,
    payload: {
      ...identityFields(sent),
      status,
      reason: code && {
        code,
        description: `The sandbox reported: ${
          code.toLowerCase().replaceAll("_", " ")
        }`,
        sub_code: "UNSPECIFIED_SUB_CODE",
        channel_code: channelCode(sent, code),
      },
    },
  });
}

/** The channel's own code, which WhatsApp alone has. */
function channelCode({ identity }: Sent, code: string): string {
  return identity.channel === "WHATSAPP" && code === OUTSIDE_WINDOW
    ? "470"
    : "";
}

function aboutSent(store: Store, { row, delivery, identity }: Sent) {
  return {
    appId: row.app_id,
    subject: row.contact_id || identity.identity,
    about: row.id,
    acceptedTime: timeOfId(row.id),
    eventTime: store.now(),
    correlationId: delivery.correlation_id,
  };
}

function identityFields({ kind, row, identity, delivery }: Sent): JsonObject {
  return {
    [`${kind}_id`]: row.id,
    conversation_id: kind === "message" ? row.conversation_id : undefined,
    channel_identity: identity,
    contact_id: row.contact_id,
    metadata: "metadata" in row ? row.metadata : delivery.event_metadata ?? "",
    processing_mode: row.source === CONVERSATION_SOURCE
      ? "CONVERSATION"
      : "DISPATCH",
  };
}
