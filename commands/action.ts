/** Between Cliffy and a command's `run`: options in, a view out to the right stream. */
import { type ReadAll, readSources } from "../options/value_type.ts";
import type { View } from "../output/view.ts";
import type { Cli } from "./cli.ts";
import type { CommonFlags } from "./common_options.ts";
import type { Context } from "./context.ts";

/**
 * An action for `command.action(…)`: reads the texts that options take from
 * files, runs `run` with a context, and shows the view it returns, as text or,
 * with `--json`, as one JSON document.
 */
export function action<Options, Args extends unknown[]>(
  cli: Cli,
  run: (
    context: Context,
    options: ReadAll<Options>,
    ...args: Args
  ) => Promise<View | void>,
): (options: Options, ...args: Args) => Promise<void> {
  return async (given, ...args) => {
    // The root declares these, and Cliffy's types do not reach from there.
    const flags = given as CommonFlags;
    // Loaded here, not above: a help text needs none of it.
    const { Context } = await import("./context.ts");
    const query = flags.query === undefined
      ? undefined
      : await (await import("../output/query.ts")).compileQuery(flags.query);
    const json = flags.json || query !== undefined || undefined;
    await using context = new Context(cli, { ...flags, json }, { query });
    try {
      const options = await readSources(given, context.readText);
      const view = await context.withQuestions(() =>
        run(context, options, ...args)
      );
      if (view) await context.show(view);
      context.reportQuery();
      context.releaseNotes();
      if (view) cli.exitCode = view.exitCode ?? 0;
    } catch (error) {
      throw context.failureAfterChange(error);
    }
  };
}
