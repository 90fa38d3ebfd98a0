/** `action` for the commands that name their profile themselves. */
import { checkSettingFlags } from "../../../config/resolve.ts";
import type { ReadAll } from "../../../options/value_type.ts";
import type { View } from "../../../output/view.ts";
import { action } from "../../action.ts";
import type { Cli } from "../../cli.ts";
import type { Context } from "../../context.ts";

/** As {@linkcode action}; refuses `--profile` and `--env-file` as others do. */
export function profileAction<Options, Args extends unknown[]>(
  cli: Cli,
  run: (
    context: Context,
    options: ReadAll<Options>,
    ...args: Args
  ) => Promise<View | void>,
): (options: Options, ...args: Args) => Promise<void> {
  return action<Options, Args>(cli, async (context, options, ...args) => {
    await checkSettingFlags(context.runtime, context.flags);
    return await run(context, options, ...args);
  });
}
