/** Control endpoint for the delivery of a message. */
import type { Arrival } from "../../channels/arrival.ts";
import { listeners } from "../callbacks/outbox.ts";
import type { CallbackRow } from "../callbacks/poster.ts";
import { choicesOf } from "../content/choices.ts";
import type { JsonObject } from "../contract/checks.ts";
import { notFound } from "../contract/errors.ts";
import { parseJson } from "../contract/json.ts";
import { isoTime } from "../contract/time.ts";
import type { Call } from "../http/call.ts";
import {
  appMessageOf,
  findMessage,
  type MessageRow,
} from "../messages/messages.ts";
import { outcomeOf } from "../delivery/failing_numbers.ts";
import { faultOfChannel, faultOfContent } from "../delivery/faults.ts";
import { arrivalThere, type Sent, sentOf } from "../delivery/sent.ts";
import { messageWithStatus, unheardStatuses } from "../delivery/life.ts";
import { entryOf } from "../messages/timeline.ts";
import { requireApp } from "../people/apps.ts";
import { SILENCE } from "../rules/rule.ts";
import { timeOfId } from "../store/ids.ts";
import type { Store } from "../store/store.ts";
import { callbackJson } from "./callbacks.ts";

/** `GET /_sandbox/messages/{message_id}`, even if no list shows it. */
export function get({ store, params }: Call) {
  const row = findMessage(store, params.message_id!);
  if (!row) throw notFound("Message");
  const isSent = row.direction === "TO_CONTACT" && row.injected === 0;
  const next = isSent ? nextStep(store, row) : null;
  const told = reportsOf(store, row.id);
  const reports = isSent && told.length === 0 && !next
    ? unheardReports(store, row)
    : told;
  return {
    message: messageWithStatus(store, row, next !== null),
    app_id: row.app_id,
    shown: row.direction === "TO_CONTACT"
      ? shownThere(store, row, reports)
      : null,
    reports,
    next,
    is_heard: !isSent || isHeard(store, row),
  };
}

/** What the phone receives on the current channel. */
function shownThere(store: Store, row: MessageRow, reports: Report[]) {
  const { id, channel } = row;
  const sent = sentOf(row);
  const arrival = arrivalThere(store, sent, timeOfId(id));
  return {
    channel,
    ...arrival?.shown,
    failure: row.injected === 1
      ? undefined
      : failureOf(store, sent, arrival, reports),
    findings: arrival?.findings ?? [],
    choices: choicesOf(appMessageOf(row), id).map(({ title, data }, at) => ({
      number: at + 1,
      title,
      postback_data: data,
    })),
  };
}

/** What was reported counts, whatever is true now. */
function failureOf(
  store: Store,
  sent: Sent,
  arrival: Arrival | undefined,
  reports: Report[],
): unknown {
  const last = reports.findLast(({ status }) => status);
  if (last?.status === "FAILED") return last.reason?.code;
  if (last?.status === "DELIVERED" || last?.status === "READ") return undefined;
  const { channels } = requireApp(store, sent.row.app_id);
  const planned = outcomeOf(sent.identity.identity);
  return faultOfContent(store, sent, arrival) ??
    faultOfChannel(store, sent, channels.split(",")) ??
    arrival?.failure?.code ?? (planned === SILENCE ? undefined : planned);
}

interface Report {
  trigger: string;
  time: string;
  status: string | null;
  channel_identity: JsonObject | null;
  reason: JsonObject | null;
  callbacks: ReturnType<typeof callbackJson>[];
}

/** The reports of the message, oldest first, each with its callbacks. */
function reportsOf(store: Store, id: string): Report[] {
  const rows = store.all<CallbackRow>(
    "SELECT * FROM callbacks WHERE about = ? ORDER BY id",
    id,
  );
  // Callbacks of one report to several targets have the same body.
  return [...Map.groupBy(rows, ({ body }) => body)].map(([body, callbacks]) => {
    const { event_time, ...envelope } = parseJson(body);
    const report = envelope.message_delivery_report ??
      envelope.message_submit_notification ?? {};
    return {
      trigger: callbacks[0]!.trigger,
      time: event_time,
      status: report.status ?? null,
      channel_identity: report.channel_identity ?? null,
      reason: report.reason ?? null,
      callbacks: callbacks.map(callbackJson),
    };
  });
}

/** The reports of a message as a webhook would have received them. */
function unheardReports(store: Store, row: MessageRow): Report[] {
  const { channel, identity } = row;
  return unheardStatuses(store, row).map(({ status, event_time, reason }) => ({
    trigger: "MESSAGE_DELIVERY",
    time: event_time,
    status,
    channel_identity: { channel, identity },
    reason,
    callbacks: [],
  }));
}

function nextStep(store: Store, row: MessageRow) {
  const entry = entryOf(store, row.id);
  return entry ? { step: entry.step, time: isoTime(entry.due) } : null;
}

/** Whether a webhook receives reports: otherwise it is not delivered. */
function isHeard(store: Store, { app_id, delivery }: MessageRow): boolean {
  return Boolean(parseJson(delivery).callback_url) ||
    listeners(store, app_id, "MESSAGE_SUBMIT", "MESSAGE_DELIVERY").length > 0;
}
