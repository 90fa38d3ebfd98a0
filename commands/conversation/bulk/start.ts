/** Starts a run: freezes its rows, asks with the numbers, and sends. */
import { type Earlier, earlierRun, freeze } from "../../../bulk/run/freeze.ts";
import type { FrozenRow, RunJournal } from "../../../bulk/run/journal.ts";
import { number } from "../../../bulk/run/progress.ts";
import { newRunId, type Runs } from "../../../bulk/run/runs.ts";
import { usageError } from "../../../errors.ts";
import { minuteText } from "../../../output/time.ts";
import type { View } from "../../../output/view.ts";
import { suggest } from "../../../runtime/suggest.ts";
import { confirmed } from "../../../wizard/confirm.ts";
import type { Context } from "../../context.ts";
import { accountOf } from "./account.ts";
import { carryOut } from "./carry_out.ts";
import { runsOf } from "./run.ts";
import type { SendingFlags } from "./sending_options.ts";

/** What is to be sent, read and filled. */
export interface NewRun {
  appId: string;
  /** A file's name, or `-`. */
  source: string;
  columns: readonly string[];
  /** @throws {Failure} While it is read: the file has faults. */
  rows: AsyncIterable<FrozenRow>;
  /** What a person reads before they say yes; asked for when all rows are frozen. */
  summary(): string;
}

export interface StartFlags extends SendingFlags {
  yes?: boolean;
  again?: boolean;
}

/**
 * Sends a new run, or goes on with an earlier one of the same content.
 *
 * @throws {Failure} declined, or usage without a terminal and `--yes`: nothing
 * was sent, and nothing is kept.
 */
export async function startRun(
  context: Context,
  { appId, source, columns, rows, summary }: NewRun,
  flags: StartFlags,
): Promise<View> {
  const runs = runsOf(context);
  const createdAt = context.runtime.clock.now();
  const id = newRunId(createdAt);
  const account = await accountOf(context);
  return await runs.alone(id, async () => {
    let isBegun = false;
    const journal = await runs.create({
      ...{ id, source, columns, createdAt, appId },
      ...account,
    });
    try {
      await freeze(journal, rows);
      if (journal.rows === 0) throw usageError(`${source} has no recipients`);
      const earlier = await earlierRun(runs, journal);
      if (earlier && await isResumed(context, earlier, flags)) {
        return await resumeEarlier(context, runs, earlier, flags);
      }
      await askToSend(context, journal, summary, flags);
      await begin(runs, journal, earlier, flags);
      isBegun = true;
      return await carryOut(context, journal, flags);
    } finally {
      journal[Symbol.dispose]();
      if (!isBegun) await runs.remove(id);
    }
  });
}

/**
 * Whether the earlier run is to go on.
 *
 * @throws {Failure} usage, declined: the same was sent before.
 */
async function isResumed(
  context: Context,
  { id, createdAt, accepted, open }: Earlier,
  { yes, again }: StartFlags,
): Promise<boolean> {
  if (again) return false;
  const when = minuteText(new Date(createdAt).toISOString());
  const said = `Run ${id} of ${when} has the same recipients and messages: ${
    number(accepted)
  } accepted${open > 0 ? `, ${number(open)} open` : ""}.`;
  if (open > 0) {
    context.note(said);
    if (yes) return true;
    if (!context.canPrompt) {
      throw usageError(
        `${said} Nothing was sent now`,
        `Run \`${suggest`conversation bulk resume ${id}`}\`, or add --again to send to everybody once more.`,
      );
    }
    const prompter = await context.prompter();
    return await prompter.select({
      message: "What now?",
      choices: [
        { label: `Resume run ${id}`, value: true },
        { label: "Send to everybody once more", value: false },
      ],
    });
  }
  if (!context.canPrompt) {
    throw usageError(
      `${said} Nothing was sent now`,
      "Add --again to send to everybody once more.",
    );
  }
  const prompter = await context.prompter();
  prompter.say(said);
  await confirmed(prompter, "Send to everybody once more?", false);
  return false;
}

/**
 * Two of the same command at the same moment send one run.
 *
 * @throws {Failure} usage: another process began with the same content meanwhile.
 */
async function begin(
  runs: Runs,
  journal: RunJournal,
  earlier: Earlier | undefined,
  { again }: StartFlags,
): Promise<void> {
  await runs.inTurn(async () => {
    const newest = await earlierRun(runs, journal);
    if (newest && newest.id !== earlier?.id && !again) {
      throw usageError(
        `Run ${newest.id} has begun meanwhile, with the same recipients and messages. Nothing was sent now`,
        `Run \`${suggest`conversation bulk show ${newest.id}`}\` to see how far it is.`,
      );
    }
    journal.begin();
  });
}

async function resumeEarlier(
  context: Context,
  runs: Runs,
  { id }: Earlier,
  flags: StartFlags,
): Promise<View> {
  return await runs.alone(id, async () => {
    using journal = runs.open(id);
    return await carryOut(context, journal, flags);
  });
}

/** @throws {Failure} declined; usage without a terminal to ask in. */
async function askToSend(
  context: Context,
  journal: RunJournal,
  summary: () => string,
  { yes }: StartFlags,
): Promise<void> {
  const count = `${number(journal.rows)} ${
    journal.rows === 1 ? "message" : "messages"
  }`;
  context.note(summary());
  if (yes) return;
  if (!context.canPrompt) {
    throw usageError(
      `Send ${count}: confirmation required, and there is no terminal to ask in`,
      "Add --yes to send them, or --check to see the plan only.",
    );
  }
  await confirmed(await context.prompter(), `Send ${count}?`, false);
}
