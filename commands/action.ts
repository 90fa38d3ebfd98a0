/** Between Cliffy and a command's `run`: flags in, a view out to the right stream. */
import type { View } from "../output/view.ts";
import type { Cli } from "./cli.ts";
import type { CommonFlags, Context } from "./context.ts";

/**
 * An action for `command.action(…)`: runs `run` with a context and shows the
 * view it returns, as text or, with `--json`, as one JSON document.
 */
export function action<Options, Args extends unknown[]>(
  cli: Cli,
  run: (
    context: Context,
    options: Options & CommonFlags,
    ...args: Args
  ) => Promise<View | void>,
): (options: Options, ...args: Args) => Promise<void> {
  return async (options, ...args) => {
    const flags = options as Options & CommonFlags;
    // Loaded here, not above: a help text needs none of it.
    const { Context } = await import("./context.ts");
    const query = flags.query === undefined
      ? undefined
      : await (await import("../output/query.ts")).compileQuery(flags.query);
    const json = flags.json || query !== undefined;
    await using context = new Context(cli, { ...flags, json }, query);
    const view = await run(context, flags, ...args);
    if (!view) return;
    await context.show(view);
    cli.exitCode = view.exitCode ?? 0;
  };
}
