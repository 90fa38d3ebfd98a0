/**
 * The steps of a message or event after it was accepted: submitted to a channel,
 * delivered, read, or failed with a reason. The app's webhooks receive a report
 * of each.
 *
 * @see https://developers.sinch.com/docs/conversation/api-reference/conversation/messages/ (delivery status)
 */
import { rulesOf } from "../../channels/channels.ts";
import type { JsonObject } from "../contract/checks.ts";
import {
  type Entry,
  schedule,
  type Step,
  unschedule,
} from "../messages/timeline.ts";
import { readApp } from "../people/apps.ts";
import { latencyMs, ruleFor } from "../rules/matching.ts";
import { SILENCE } from "../rules/rule.ts";
import type { Store } from "../store/store.ts";
import { outcomeOf } from "./failing_numbers.ts";
import {
  faultOfChannel,
  faultOfContent,
  faultOfMessage,
  faultOfWindow,
} from "./faults.ts";
import { moveToNext, planChannel } from "./next_channel.ts";
import { report, reportSubmit } from "./reports.ts";
import {
  arrivalThere,
  expiry,
  findSent,
  type Sent,
  subjectOf,
} from "./sent.ts";

/** What happens next, and in how many milliseconds. */
interface Next {
  step: Step;
  afterMs: number;
  candidate?: number;
  reason?: string;
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

/**
 * Runs an entry of the timeline; part of a change.
 *
 * @param usualLatencyMs until the next step, unless a rule sets another
 */
export function advance(
  store: Store,
  entry: Entry,
  usualLatencyMs: number,
): void {
  unschedule(store, entry);
  const sent = findSent(store, entry);
  // Deleted in the meantime: there is nothing to report.
  if (!sent) return;
  const slow = ruleFor(store, "latency", subjectOf(sent));
  const next = STEPS[entry.step](store, sent, {
    latencyMs: slow ? latencyMs(slow) : usualLatencyMs,
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

function submit(
  store: Store,
  sent: Sent,
  { latencyMs }: Moment,
): Next | undefined {
  if (store.now() >= expiry(sent)) return timeOut(store, sent);
  const app = readApp(store, sent.row.app_id);
  const arrival = arrivalThere(store, sent);
  const fault = faultOfContent(store, sent, arrival);
  if (fault) return fail(store, sent, fault);
  const channels = (app.channel_credentials as { channel: string }[])
    .map(({ channel }) => channel);
  const refusal = faultOfChannel(store, sent, channels) ??
    faultOfMessage(arrival);
  if (refusal) return fallBack(store, sent, refusal);
  if (sent.kind === "message") reportSubmit(store, sent);
  report(store, sent, "QUEUED_ON_CHANNEL");
  const reason = plannedFailure(store, sent);
  const end = endOfSilence(store, sent, app);
  if (reason === SILENCE || end && end.afterMs < latencyMs) return end;
  if (reason) return { step: "REFUSE", afterMs: latencyMs, reason };
  return reportsOf(sent) === "QUEUED_ON_CHANNEL"
    ? undefined
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
  return sent.kind === "message" && reportsOf(sent) === "READ"
    ? { step: "READ", afterMs: latencyMs }
    : undefined;
}

/** The last status that the channel reports. */
function reportsOf({ identity }: Sent) {
  return rulesOf(identity.channel).reports;
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

/** The app has waited long enough for a report from this channel. */
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

/** The reason code that the number or a rule prescribes, or SILENCE. */
function plannedFailure(store: Store, sent: Sent): string | undefined {
  const outcome = outcomeOf(sent.identity.identity);
  if (outcome) return outcome;
  const rule = ruleFor(store, "fail", subjectOf(sent));
  if (rule?.then) planChannel(store, sent, rule.then);
  return rule?.fail;
}

/** Continues with the next candidate, or fails. */
function fallBack(store: Store, sent: Sent, code: string): Next | undefined {
  const { candidate } = sent;
  if (!moveToNext(store, sent)) {
    return fail(store, sent, candidate > 0 ? "NO_CHANNELS_LEFT" : code);
  }
  report(store, sent, "SWITCHING_CHANNEL", code);
  return { step: "SUBMIT", afterMs: 0, candidate: candidate + 1 };
}

function fail(store: Store, sent: Sent, code: string): undefined {
  report(store, sent, "FAILED", code);
}
