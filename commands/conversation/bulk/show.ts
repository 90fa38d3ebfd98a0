/** `sinch conversation bulk show` */
import type { View } from "../../../output/view.ts";
import { action } from "../../action.ts";
import type { Cli } from "../../cli.ts";
import { command } from "../../command.ts";
import type { Context } from "../../context.ts";
import { EXAMPLE_RUN, RUN_ARGUMENT, runsOf, runView } from "./run.ts";

export const create = (cli: Cli) =>
  command("Show the outcomes of a bulk run and the reasons of refusals")
    .arguments(RUN_ARGUMENT)
    .example("Show a run", `sinch conversation bulk show ${EXAMPLE_RUN}`)
    .example(
      "Count the rows by outcome in a script",
      `sinch conversation bulk show ${EXAMPLE_RUN} --json`,
    )
    .action(action(cli, show));

async function show(
  context: Context,
  _options: unknown,
  run: string,
): Promise<View> {
  const runs = runsOf(context);
  const id = await runs.find(run);
  const isLive = await runs.isLive(id);
  using journal = runs.open(id);
  // The answer to the question is no failure, whatever it is.
  return { ...runView(journal, { isLive }), exitCode: 0 };
}
