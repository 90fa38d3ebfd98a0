/** Carries a run out: settles what is unknown, sends the rest, says how it ended. */
import { type App, getApp } from "../../../api/apps.ts";
import { answerIn, type HttpClient } from "../../../api/http/client.ts";
import type { RunJournal } from "../../../bulk/run/journal.ts";
import { Pace } from "../../../bulk/run/pace.ts";
import { number, Progress, type Snapshot } from "../../../bulk/run/progress.ts";
import { type Ending, sendRows } from "../../../bulk/run/sender.ts";
import { type Found, settleUnknown } from "../../../bulk/run/settle.ts";
import { Failure, isStop } from "../../../errors.ts";
import { done } from "../../../output/details.ts";
import type { View } from "../../../output/view.ts";
import { suggest } from "../../../runtime/suggest.ts";
import type { Context } from "../../context.ts";
import { carriesAccount } from "./account.ts";
import { writeReport } from "./report.ts";
import { runView } from "./run.ts";
import { type SendingFlags, sessionOf } from "./sending_options.ts";

const ASK_QUEUE_MS = 5000;
/** Beyond the time limit of a request, to keep its outcome. */
const KEEP_MS = 2000;

/**
 * Sends a run from wherever it is. Only the holder of its lock may call it.
 *
 * @throws {Failure} Of the signal's kind after Ctrl-C; what ended the run early.
 */
export async function carryOut(
  context: Context,
  journal: RunJournal,
  flags: SendingFlags,
): Promise<View> {
  await carriesAccount(context, journal);
  journal.begin();
  await settle(context, journal, sessionOf(flags).unknown);
  const ending = journal.counts.planned > 0
    ? await send(context, journal, sessionOf(flags))
    : { why: "done" } as const;
  if (flags.report !== undefined) {
    await writeReport(context, journal, flags.report);
  }
  return endView(context, journal, ending);
}

/** Looks up rows whose outcome is unknown; the rest is up to the user. */
async function settle(
  context: Context,
  journal: RunJournal,
  choice: "ask" | "skip" | "resend",
): Promise<void> {
  const { unknown } = journal.counts;
  if (unknown === 0) return;
  context.note(
    `The outcome of ${rowsText(unknown)} is unknown. Looking them up …`,
  );
  const found = await settleUnknown(journal, {
    read: (request) => context.read(request),
    clock: context.runtime.clock,
    signal: context.signal,
  });
  context.note(foundText(found));
  if (found.absent === 0) return;
  if (await isToBeResent(context, found, choice)) await resend(journal);
  else {
    context.note(
      `${rowsText(found.absent)} stay unknown and are not sent again.`,
    );
  }
}

function foundText({ accepted, absent, blind }: Found): string {
  if (blind) return `${blind}: nothing can be known of these rows.`;
  return `Accepted: ${number(accepted)}. Not found: ${number(absent)}.`;
}

async function isToBeResent(
  context: Context,
  { absent, blind }: Found,
  choice: "ask" | "skip" | "resend",
): Promise<boolean> {
  if (choice !== "ask") return choice === "resend";
  if (!context.canPrompt) return false;
  const prompter = await context.prompter();
  if (blind) {
    prompter.say("Some of these people may get the message a second time.");
  }
  return await prompter.confirm({
    message: `Send ${rowsText(absent)} again?`,
    default: false,
  });
}

async function resend(journal: RunJournal): Promise<void> {
  for (let after = 0;;) {
    const rows = journal.unknown(after, 500);
    if (rows.length === 0) return;
    await Promise.all(
      rows.map(({ row }) =>
        journal.settle(row, "unknown", { state: "planned", notBefore: 0 })
      ),
    );
    after = rows.at(-1)!.row;
  }
}

async function send(
  context: Context,
  journal: RunJournal,
  session: ReturnType<typeof sessionOf>,
): Promise<Ending> {
  const { runtime, signal } = context;
  const { timeoutMs } = await context.settings();
  const http = await context.exchanger(timeoutMs + KEEP_MS);
  const pace = new Pace({ ...runtime, rate: session.rate });
  const queue = new Queue(http, journal, runtime.clock);
  const isQuiet = context.flags.json && session.progress === "auto";
  let why = "429";
  const look = (): Snapshot => {
    queue.ask();
    const { accepted, refused, unknown, skipped } = journal.counts;
    const pausedMs = pace.pausedMs;
    return {
      rows: journal.rows,
      accepted,
      refused,
      unknown,
      skipped,
      queued: queue.size,
      pause: pausedMs > 0 ? { reason: why, ms: pausedMs } : undefined,
      limit: pace.limit === Infinity ? undefined : pace.limit,
    };
  };
  using _progress = new Progress(
    runtime,
    isQuiet ? "none" : session.progress,
    look,
  );
  const restore = onFirstStop(signal, () => {
    runtime.stderr.write(
      "\nStopping: waiting for the requests under way. Press Ctrl-C again to leave at once; nothing is sent twice.\n",
    );
  });
  try {
    return await sendRows(journal, {
      exchange: (request) => http.exchange(request),
      clock: runtime.clock,
      pace,
      concurrency: session.concurrency,
      stopAfter: session.stopAfter,
      stop: signal,
      onLater: (reason) => {
        why = reason;
      },
    });
  } finally {
    restore();
  }
}

/** How many messages wait in the app's queue, asked now and then. */
class Queue {
  size?: number;
  #askAt = 0;

  constructor(
    private readonly http: Pick<HttpClient, "exchange">,
    private readonly journal: RunJournal,
    private readonly clock: { now(): number },
  ) {}

  /** Progress does without an answer. */
  ask(): void {
    if (this.clock.now() < this.#askAt) return;
    this.#askAt = this.clock.now() + ASK_QUEUE_MS;
    const request = getApp(this.journal.facts.appId);
    this.http.exchange(request).then((outcome) => {
      const { queue_stats }: App = answerIn(request, outcome);
      const size = queue_stats?.outbound_size;
      if (typeof size === "number") this.size = size;
    }).catch(() => {});
  }
}

function onFirstStop(signal: AbortSignal, say: () => void): () => void {
  signal.addEventListener("abort", say, { once: true });
  return () => signal.removeEventListener("abort", say);
}

/** @throws {Failure} The run ended early, with the command that goes on. */
function endView(
  { signal }: Context,
  journal: RunJournal,
  ending: Ending,
): View {
  const { id } = journal.facts;
  const { accepted, planned } = journal.counts;
  const soFar = `${number(accepted)} of ${rowsText(journal.rows)} accepted, ${
    number(planned)
  } left`;
  const hint = `Run \`${suggest`conversation bulk resume ${id}`}\` to go on.`;
  switch (ending.why) {
    case "done":
      return endOf(journal);
    case "stopped": {
      const { reason } = signal;
      const kind = reason instanceof Failure ? reason.kind : "interrupted";
      throw new Failure(kind, `Interrupted: ${soFar}`, { hint });
    }
    case "refusals":
      throw new Failure(
        "some_not_accepted",
        `Stopped: ${number(ending.refused)} of ${
          number(ending.of)
        } rows were refused; ${soFar}`,
        {
          hint:
            `Run \`${suggest`conversation bulk show ${id}`}\` to see why.\n${hint}`,
        },
      );
    case "unreachable":
      throw new Failure("network", `Stopped: ${ending.reason}; ${soFar}`, {
        hint,
      });
    case "failure": {
      const { failure } = ending;
      if (!(failure instanceof Failure)) throw failure;
      if (isStop(failure)) throw failure.withHint(hint);
      const { kind, message, code, status, fields } = failure;
      throw new Failure(kind, `Stopped: ${message}; ${soFar}`, {
        hint: failure.hint ? `${failure.hint}\n${hint}` : hint,
        code,
        status,
        fields,
        cause: failure,
      });
    }
  }
}

function endOf(journal: RunJournal): View {
  const { rows, counts: { accepted } } = journal;
  const view = runView(journal);
  return {
    ...view,
    text: (style) =>
      (accepted === rows
        ? done(`All ${rowsText(accepted)} accepted`, style)
        : `${number(accepted)} of ${rowsText(rows)} accepted\n`) +
      view.text(style),
  };
}

function rowsText(count: number): string {
  return `${number(count)} ${count === 1 ? "row" : "rows"}`;
}
