/** `action` for the commands of the sandbox, which has no accounts and regions. */
import { usageError } from "../../errors.ts";
import type { ReadAll } from "../../options/value_type.ts";
import type { View } from "../../output/view.ts";
import { action } from "../action.ts";
import type { Cli } from "../cli.ts";
import type { CommonFlags } from "../common_options.ts";
import type { Context } from "../context.ts";

/** As {@linkcode action}; refuses the common options that would be ignored. */
export function sandboxAction<Options, Args extends unknown[]>(
  cli: Cli,
  run: (
    context: Context,
    options: ReadAll<Options>,
    ...args: Args
  ) => Promise<View | void>,
): (options: Options, ...args: Args) => Promise<void> {
  return action<Options, Args>(cli, (context, options, ...args) => {
    refuseIgnored(context.flags);
    return run(context, options, ...args);
  });
}

function refuseIgnored({ profile, region, curl }: CommonFlags): void {
  const [flag] = Object.entries({ profile, region, curl })
    .find(([, value]) => value !== undefined) ?? [];
  if (flag === undefined) return;
  throw usageError(
    `--${flag} cannot be used with sandbox commands`,
    "The sandbox has no profiles and regions; it serves one test account.",
  );
}
