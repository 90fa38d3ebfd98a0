/** `sinch conversation bulk cancel` */
import { number } from "../../../bulk/run/progress.ts";
import { usageError } from "../../../errors.ts";
import type { View } from "../../../output/view.ts";
import { action } from "../../action.ts";
import type { Cli } from "../../cli.ts";
import { command, FORCE, type OptionsOf } from "../../command.ts";
import { confirmLoss } from "../../confirm.ts";
import type { Context } from "../../context.ts";
import { EXAMPLE_RUN, RUN_ARGUMENT, runsOf, runView } from "./run.ts";

const declare = () =>
  command(
    "Give up the rows of a bulk run that were not sent. Accepted messages are delivered all the same.",
  )
    .arguments(RUN_ARGUMENT)
    .option(...FORCE)
    .example(
      "Cancel a run in a script",
      `sinch conversation bulk cancel ${EXAMPLE_RUN} --force --json`,
    )
    .example(
      "Cancel a run without a question",
      `sinch conversation bulk cancel ${EXAMPLE_RUN} --force`,
    );

export const create = (cli: Cli) => declare().action(action(cli, cancel));

async function cancel(
  context: Context,
  { force }: OptionsOf<typeof declare>,
  run: string,
): Promise<View> {
  const runs = runsOf(context);
  const id = await runs.find(run);
  return await runs.alone(id, async () => {
    using journal = runs.open(id);
    journal.begin();
    const { planned } = journal.counts;
    if (planned === 0) {
      throw usageError(`Run ${id} has no rows that were not sent`);
    }
    await confirmLoss(context, force, {
      action: `Cancel run ${id}: give up ${number(planned)} rows`,
      consequence: "These rows are never sent. It cannot be undone.",
    });
    journal.cancel(context.runtime.clock.now());
    return { ...runView(journal, { title: "Run cancelled" }), exitCode: 0 };
  });
}
