/** Sends the planned rows of a run: each at most once, whatever happens. */
import { sendMessageRequest } from "../../api/messages.ts";
import type { ApiRequest } from "../../api/http/request.ts";
import type { Outcome } from "../../api/http/exchange.ts";
import { Failure } from "../../errors.ts";
import type { Clock } from "../../runtime/runtime.ts";
import type { ClaimedRow, RunJournal } from "./journal.ts";
import { marked } from "./mark.ts";
import { type Verdict, verdictOf } from "./outcome.ts";
import type { Pace } from "./pace.ts";

/** What of a journal sending needs. */
export type Rows = Pick<
  RunJournal,
  "facts" | "counts" | "claim" | "settle" | "nextDue"
>;

export interface Sending {
  /**
   * One exchange, which nothing repeats.
   *
   * @throws {Failure} It did not come to one: there is no token.
   */
  exchange(request: ApiRequest): Promise<Outcome>;
  clock: Clock;
  pace: Pace;
  /** Requests at a time. */
  concurrency: number;
  /** Ends the run early. */
  stopAfter?: Threshold;
  /** Called when a row is put off, with the reason. */
  onLater?(reason: string): void;
  /** Starts nothing any more; what is under way is waited for. */
  stop: AbortSignal;
}

/** Refused rows: a number of them, or a share of those that have an outcome. */
export type Threshold = { rows: number } | { share: number };

/** Why a run stands still. */
export type Ending =
  | { why: "done" }
  | { why: "stopped" }
  /** More rows were refused than `stopAfter` allows. */
  | { why: "refusals"; refused: number; of: number }
  /** No connection, 429 or unknown outcomes without end. */
  | { why: "unreachable"; reason: string }
  /** No other row would fare better: a refused key, or a full disk. */
  | { why: "failure"; failure: unknown };

/** The API takes no shorter time to live. */
const SHORTEST_TTL_MS = 3000;
/** A share says little of fewer rows. */
const FEWEST_ROWS = 100;
/** How often a sender without a row looks for one. */
const LOOK_AGAIN_MS = 50;

/**
 * Sends until no row is planned any more, or there is a reason to end. When it
 * resolves no request is under way.
 */
export async function sendRows(
  journal: Rows,
  sending: Sending,
): Promise<Ending> {
  let ending: Ending | undefined;
  const session = { refused: 0, outcomes: 0 };
  const end = (reason: Ending) => {
    ending ??= reason;
    ender.abort(reason);
  };
  const ender = new AbortController();
  const stop = AbortSignal.any([sending.stop, ender.signal]);
  const one = async () => {
    while (!ending) {
      await sending.pace.turn(stop);
      const row = await journal.claim(sending.clock.now());
      if (!row) {
        if (isDone(journal)) return;
        await sending.clock.sleep(untilDue(journal, sending.clock), stop);
        continue;
      }
      const verdict = await sendRow(journal, row, sending);
      const reason = await keep(journal, row, verdict, sending);
      if (verdict?.kind === "refused") session.refused++;
      if (verdict?.kind !== "later") session.outcomes++;
      if (reason) return end(reason);
      if (isTooMany(session, sending.stopAfter)) {
        return end({
          why: "refusals",
          refused: session.refused,
          of: session.outcomes,
        });
      }
    }
  };
  const untilEnded = () =>
    one().catch((failure) => {
      const isStop = failure === stop.reason;
      end(isStop ? { why: "stopped" } : { why: "failure", failure });
    });
  await Promise.all(Array.from({ length: sending.concurrency }, untilEnded));
  return ending ?? { why: "done" };
}

/** @returns `undefined` where the row's time is over, and it was not sent. */
async function sendRow(
  journal: Rows,
  { row, body, notAfter }: ClaimedRow,
  { exchange, clock }: Sending,
): Promise<Verdict | undefined> {
  const leftMs = notAfter === undefined ? Infinity : notAfter - clock.now();
  if (leftMs < SHORTEST_TTL_MS) return undefined;
  const request = sendMessageRequest({
    ...body,
    ttl: shorterTtl(body.ttl, leftMs),
    // One-time codes would wait behind a campaign.
    queue: "NORMAL_PRIORITY",
    message_metadata: marked(body.message_metadata, journal.facts.id, row),
  });
  try {
    const outcome = await exchange(request);
    return verdictOf(request, outcome, clock.now());
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { kind: "end", failure: error };
  }
}

function shorterTtl(ttl: string | undefined, leftMs: number) {
  if (leftMs === Infinity) return ttl;
  const seconds = Math.floor(leftMs / 1000);
  return ttl !== undefined && parseFloat(ttl) <= seconds ? ttl : `${seconds}s`;
}

/** Keeps what is known of a row; returns why the run is to end, if it is. */
async function keep(
  journal: Rows,
  { row }: ClaimedRow,
  verdict: Verdict | undefined,
  { clock, pace, onLater }: Sending,
): Promise<Ending | undefined> {
  const at = clock.now();
  switch (verdict?.kind) {
    case undefined:
      await journal.settle(row, "sending", {
        state: "skipped",
        reason: "its time was over",
        at,
      });
      return undefined;
    case "accepted":
      pace.accepted();
      await journal.settle(row, "sending", {
        state: "accepted",
        messageId: verdict.messageId,
        at,
      });
      return undefined;
    case "refused":
    case "unknown":
      await journal.settle(row, "sending", {
        state: verdict.kind,
        reason: verdict.reason,
        at,
      });
      if (verdict.kind === "refused") return undefined;
      pace.lost();
      return unreachable(verdict.reason, pace);
    case "later": {
      onLater?.(verdict.reason);
      const notBefore = verdict.isLimit
        ? pace.limited(verdict.afterMs)
        : pace.failed();
      await journal.settle(row, "sending", { state: "planned", notBefore });
      return unreachable(verdict.reason, pace);
    }
    case "end":
      await journal.settle(row, "sending", { state: "planned", notBefore: 0 });
      return { why: "failure", failure: verdict.failure };
  }
}

function unreachable(reason: string, pace: Pace): Ending | undefined {
  return pace.isExhausted ? { why: "unreachable", reason } : undefined;
}

/** Rows that wait for an answer may come back as planned. */
function isDone({ counts: { planned, sending } }: Rows): boolean {
  return planned + sending === 0;
}

function untilDue(journal: Rows, clock: Clock): number {
  const due = journal.nextDue();
  const ms = due === undefined ? LOOK_AGAIN_MS : due - clock.now();
  return Math.max(1, Math.min(ms, 1000));
}

function isTooMany(
  { refused, outcomes }: { refused: number; outcomes: number },
  threshold: Threshold | undefined,
): boolean {
  if (!threshold) return false;
  return "rows" in threshold
    ? refused >= threshold.rows
    : refused > threshold.share * Math.max(outcomes, FEWEST_ROWS);
}
