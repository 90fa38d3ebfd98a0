/**
 * What becomes of a message: the reports of its delivery or, where no webhook
 * receives any, those that it would have. Such a message is not delivered step by
 * step, because every send would cost several more writes.
 */
import { rulesOf } from "../../channels/channels.ts";
import { eventTime } from "../contract/time.ts";
import { messageJson, type MessageRow } from "../messages/messages.ts";
import { entryOf } from "../messages/timeline.ts";
import { requireApp } from "../people/apps.ts";
import { SILENCE } from "../rules/rule.ts";
import { timeOfId } from "../store/ids.ts";
import type { Store } from "../store/store.ts";
import { outcomeOf } from "./failing_numbers.ts";
import {
  faultOfChannel,
  faultOfContent,
  faultOfMessage,
  faultOfWindow,
} from "./faults.ts";
import { reasonOf } from "./reports.ts";
import { arrivalThere, expiry, sentOf } from "./sent.ts";

/** Milliseconds between the steps of a message: queued, delivered, read. */
export const DEFAULT_LATENCY_MS = 250;

/** One status of a message. */
export interface Status {
  status: string;
  event_time: string;
  reason: ReturnType<typeof reasonOf> | null;
}

/** A message as the API shows it, with its last status. */
export function messageWithStatus(
  store: Store,
  row: MessageRow,
  isWaiting = entryOf(store, row.id) !== undefined,
) {
  return {
    ...messageJson(row),
    message_status: lastStatus(store, row, isWaiting),
  };
}

/** Null of a message that was not sent. */
function lastStatus(
  store: Store,
  row: MessageRow,
  isWaiting: boolean,
): Status | null {
  if (row.direction === "TO_APP" || row.injected === 1) return null;
  const told = store.get<{ body: string }>(
    `SELECT body FROM callbacks WHERE about = ? AND trigger = 'MESSAGE_DELIVERY'
     ORDER BY id DESC LIMIT 1`,
    row.id,
  );
  if (told) {
    const { event_time, message_delivery_report: report } = JSON.parse(
      told.body,
    );
    return {
      status: report.status,
      event_time,
      reason: report.reason ?? null,
    };
  }
  const queued = {
    status: "QUEUED",
    event_time: eventTime(timeOfId(row.id)),
    reason: null,
  };
  return isWaiting ? queued : unheardStatuses(store, row).at(-1) ?? queued;
}

/** The IDs of messages whose next step is due or ahead. */
export function waitingIds(store: Store): Set<string> {
  return new Set(
    store.all<{ id: string }>("SELECT id FROM timeline").map(({ id }) => id),
  );
}

/** The statuses until now of a message whose reports nobody receives. */
export function unheardStatuses(store: Store, row: MessageRow): Status[] {
  const sent = sentOf(row);
  const sentAt = timeOfId(row.id);
  const now = store.now();
  const statuses: Status[] = [];
  const add = (status: string, at: number, code?: string) => {
    if (at > now) return;
    const reason = code ? reasonOf(sent, code) : null;
    statuses.push({ status, event_time: eventTime(at), reason });
  };
  const arrival = arrivalThere(store, sent, sentAt);
  const channels = requireApp(store, row.app_id).channels.split(",");
  const refusal = faultOfContent(store, sent, arrival) ??
    faultOfChannel(store, sent, channels) ?? faultOfMessage(arrival);
  if (refusal) {
    add("FAILED", sentAt, refusal);
    return statuses;
  }
  add("QUEUED_ON_CHANNEL", sentAt);
  const outcome = outcomeOf(sent.identity.identity);
  const deliveredAt = sentAt + DEFAULT_LATENCY_MS;
  if (outcome === SILENCE) {
    add("FAILED", expiry(sent), "DELIVERY_TIMED_OUT");
    return statuses;
  }
  const failure = outcome ?? faultOfWindow(store, sent, sentAt);
  if (failure) {
    add("FAILED", deliveredAt, failure);
    return statuses;
  }
  const { reports } = rulesOf(sent.identity.channel);
  if (reports !== "QUEUED_ON_CHANNEL") add("DELIVERED", deliveredAt);
  if (reports === "READ") add("READ", deliveredAt + DEFAULT_LATENCY_MS);
  return statuses;
}
