/** `sinch conversation bulk resume` */
import { usageError } from "../../../errors.ts";
import type { View } from "../../../output/view.ts";
import { action } from "../../action.ts";
import type { Cli } from "../../cli.ts";
import { command, type OptionsOf } from "../../command.ts";
import type { Context } from "../../context.ts";
import { carryOut } from "./carry_out.ts";
import { EXAMPLE_RUN, RUN_ARGUMENT, runsOf } from "./run.ts";
import {
  CONCURRENCY,
  CONCURRENCY_LIMIT,
  PROGRESS,
  PROGRESS_FORM,
  RATE,
  RATE_LIMIT,
  REPORT,
  STOP_AFTER,
  THRESHOLD,
  UNKNOWN,
  UNKNOWN_CHOICE,
} from "./sending_options.ts";

const declare = () =>
  command(
    "Send what a bulk run has left. The messages come from the run's journal: the file of recipients is not read again.\n" +
      "Rows whose outcome is unknown are looked up at Sinch first.",
  )
    .type("rate", RATE_LIMIT)
    .type("concurrency", CONCURRENCY_LIMIT)
    .type("threshold", THRESHOLD)
    .type("progress-form", PROGRESS_FORM)
    .type("unknown-choice", UNKNOWN_CHOICE)
    .arguments(RUN_ARGUMENT)
    .option(...UNKNOWN)
    .option(...RATE)
    .option(...CONCURRENCY)
    .option(...STOP_AFTER)
    .option(...PROGRESS)
    .option(...REPORT)
    .example(
      "Send what is left, at most 100 messages per second",
      `sinch conversation bulk resume ${EXAMPLE_RUN} --rate 100`,
    )
    .example(
      "Send rows again that Sinch does not have",
      `sinch conversation bulk resume ${EXAMPLE_RUN} --unknown resend`,
    );

export const create = (cli: Cli) => declare().action(action(cli, resume));

async function resume(
  context: Context,
  options: OptionsOf<typeof declare>,
  run: string,
): Promise<View> {
  const runs = runsOf(context);
  const id = await runs.find(run);
  return await runs.alone(id, async () => {
    using journal = runs.open(id);
    if (!journal.isFrozen) {
      throw usageError(
        `Run ${id} was not prepared to its end, and nothing was sent`,
        "Run `send --recipients` again.",
      );
    }
    if (journal.isCancelled) throw usageError(`Run ${id} was cancelled`);
    return await carryOut(context, journal, options);
  });
}
