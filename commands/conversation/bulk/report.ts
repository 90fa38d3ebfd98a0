/** `sinch conversation bulk report` */
import { prove } from "../../../bulk/run/prove.ts";
import { number } from "../../../bulk/run/progress.ts";
import { reportCsv } from "../../../bulk/run/report.ts";
import type { RunJournal } from "../../../bulk/run/journal.ts";
import { Failure, usageError } from "../../../errors.ts";
import { details, done } from "../../../output/details.ts";
import type { View } from "../../../output/view.ts";
import { action } from "../../action.ts";
import type { Cli } from "../../cli.ts";
import { command, type OptionsOf } from "../../command.ts";
import type { Context } from "../../context.ts";
import { carriesAccount } from "./account.ts";
import { EXAMPLE_RUN, openRun, RUN_ARGUMENT, runView } from "./run.ts";

const declare = () =>
  command("Write the outcome of every row of a bulk run to a CSV file")
    .arguments(RUN_ARGUMENT)
    .option(
      "--report <path:file>",
      "CSV file to write: the columns of the recipients, and row, message_id, outcome, reason and time",
    )
    .option(
      "--prove",
      "List the app's messages, and prove that no row was sent twice",
    )
    .example(
      "Write a report",
      `sinch conversation bulk report ${EXAMPLE_RUN} --report out.csv`,
    )
    .example(
      "Prove that no row was sent twice",
      `sinch conversation bulk report ${EXAMPLE_RUN} --prove`,
    );

export const create = (cli: Cli) => declare().action(action(cli, report));

async function report(
  context: Context,
  { report, prove: isProof }: OptionsOf<typeof declare>,
  run: string,
): Promise<View> {
  using journal = await openRun(context, run);
  if (report !== undefined) await writeReport(context, journal, report);
  if (isProof) return await proofView(context, journal);
  if (report !== undefined) return { ...runView(journal), exitCode: 0 };
  throw usageError(
    "Missing --report or --prove",
    "Add --report out.csv to write a file.",
  );
}

/** Writes the file, and says so. */
export async function writeReport(
  context: Context,
  journal: RunJournal,
  path: string,
): Promise<void> {
  try {
    await context.runtime.files.writePrivatePieces(path, reportCsv(journal));
  } catch (error) {
    throw new Failure("config", `The report was not written to ${path}`, {
      hint: `${error instanceof Error ? error.message : error}`,
      cause: error,
    });
  }
  context.note(`Report written to ${path}`);
}

async function proofView(
  context: Context,
  journal: RunJournal,
): Promise<View> {
  await carriesAccount(context, journal);
  const proof = await prove(journal, {
    read: (request) => context.read(request),
  });
  const { listed, twice, missing, surprising } = proof;
  const { facts: { id }, counts: { accepted } } = journal;
  const isProved = twice.length === 0 && surprising === 0;
  return {
    json: { run: id, proved: isProved, ...proof },
    text: (style) =>
      (isProved
        ? done("No row was sent twice", style)
        : "Not proved: the messages do not match the journal\n") +
      details([
        ["Run", id],
        ["Accepted rows", number(accepted)],
        ["Messages of the run at Sinch", number(listed)],
        [
          "Rows sent twice",
          twice.length === 0 ? "0" : twice.slice(0, 20)
            .map(({ row, messages }) => `row ${row}: ${messages} messages`)
            .join("\n"),
        ],
        [
          "Accepted rows not listed",
          missing > 0
            ? `${number(missing)} (deleted, or no longer kept)`
            : undefined,
        ],
        [
          "Messages of rows that are not accepted",
          surprising > 0 ? number(surprising) : undefined,
        ],
      ], style),
    exitCode: isProved ? 0 : 1,
  };
}
