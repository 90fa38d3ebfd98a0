/** Runs, as the commands find and show them. */
import type { RunJournal } from "../../../bulk/run/journal.ts";
import { number } from "../../../bulk/run/progress.ts";
import { Runs } from "../../../bulk/run/runs.ts";
import { folder, join } from "../../../config/folders.ts";
import { EXIT_CODES, Failure } from "../../../errors.ts";
import { details } from "../../../output/details.ts";
import { timeText } from "../../../output/time.ts";
import type { View } from "../../../output/view.ts";
import { suggest } from "../../../runtime/suggest.ts";
import type { Context } from "../../context.ts";

/** An example, for help texts. */
export const EXAMPLE_RUN = "20261126-k3v9xq2m";

export const RUN_ARGUMENT = "<run:line>";

export function runsOf({ runtime }: Context): Runs {
  const data = folder(runtime, "data");
  return new Runs(join(runtime, data, "runs", ""), runtime.files);
}

/** The journal of the run that the command line names. */
export async function openRun(
  context: Context,
  text: string,
): Promise<RunJournal> {
  const runs = runsOf(context);
  return runs.open(await runs.find(text));
}

export type RunState =
  | "sending"
  | "not sent"
  | "incomplete"
  | "unknown rows"
  | "done"
  | "cancelled";

export function stateOf(journal: RunJournal, isLive: boolean): RunState {
  const { counts } = journal;
  if (isLive) return "sending";
  if (!journal.isFrozen) return "not sent";
  if (journal.isCancelled) return "cancelled";
  if (counts.planned > 0) {
    return counts.planned === journal.rows ? "not sent" : "incomplete";
  }
  return counts.unknown + counts.sending > 0 ? "unknown rows" : "done";
}

/** Without a process that sends them, rows that wait for an answer are unknown. */
export function tally({ counts, rows }: RunJournal, isLive = false) {
  const { planned, sending, accepted, refused, unknown, skipped } = counts;
  return {
    rows,
    accepted,
    refused,
    skipped,
    unknown: unknown + (isLive ? 0 : sending),
    left: planned + (isLive ? sending : 0),
  };
}

/** What became of a run, with the audit that its rows add up. */
export function runView(
  journal: RunJournal,
  { isLive = false, title }: { isLive?: boolean; title?: string } = {},
): View {
  const { id, source, createdAt, appId } = journal.facts;
  const state = stateOf(journal, isLive);
  const { rows, ...parts } = tally(journal, isLive);
  const reasons = (["refused", "skipped"] as const).flatMap((outcome) =>
    journal.reasons(outcome).map((found) => ({ outcome, ...found }))
  );
  const created = new Date(createdAt).toISOString();
  return {
    json: {
      run: id,
      state,
      source,
      created,
      app_id: appId,
      rows,
      ...parts,
      reasons,
    },
    text: (style) =>
      (title ? `${title}\n` : "") + details([
        ["Run", id],
        ["State", state],
        ["Recipients", source],
        ["Started", timeText(created, style)],
        ["App", appId],
        ["Rows", audit(rows, parts)],
        ...reasons.map(({ outcome, reason, rows }): [string, string] => [
          outcome[0]!.toUpperCase() + outcome.slice(1),
          `${number(rows)}: ${reason}`,
        ]),
      ], style),
    exitCode: exitCodeOf(journal),
    hint: hintOf(journal, state),
  };
}

/** `20,000 = 19,990 accepted + 10 refused`: it adds up, or it is a bug. */
function audit(
  rows: number,
  parts: Omit<ReturnType<typeof tally>, "rows">,
): string {
  const sum = Object.values(parts).reduce((one, other) => one + other, 0);
  if (sum !== rows) {
    throw new Failure("bug", `${rows} rows, but ${sum} outcomes`);
  }
  const shown = Object.entries(parts).filter(([, count]) => count > 0)
    .map(([name, count]) => `${number(count)} ${name}`);
  return `${number(rows)} = ${shown.join(" + ") || "0"}`;
}

function hintOf(
  { facts: { id }, counts }: RunJournal,
  state: RunState,
): string | undefined {
  if (state === "incomplete" || state === "unknown rows") {
    return `Run \`${suggest`conversation bulk resume ${id}`}\`.`;
  }
  return state === "done" && counts.accepted > 0
    ? "Accepted is not delivered yet: delivery is reported to webhooks."
    : undefined;
}

/** As `sinch help exit-codes` has them. */
export function exitCodeOf(journal: RunJournal): number {
  const { unknown, refused, skipped, left } = tally(journal);
  if (unknown > 0) return EXIT_CODES.outcome_unknown;
  return refused + skipped + left > 0 ? EXIT_CODES.some_not_accepted : 0;
}
