/** The program against a hostile server: its own network, nothing in between. */
import { denoRuntime } from "../../runtime/deno.ts";
import { type CliOptions, type CliRun, runCli } from "../run_cli.ts";
import type { HostileServer } from "./server.ts";

/** Runs a command whose API, tokens included, is this server. */
export function runAgainst(
  server: HostileServer,
  args: string[],
  options: CliOptions = {},
): Promise<CliRun> {
  return runCli(args, {
    ...options,
    env: { ...server.env, ...options.env },
    runtime: {
      fetch: denoRuntime().fetch,
      // Waits between tries are no subject here.
      clock: { now: Date.now, sleep: () => Promise.resolve() },
      ...options.runtime,
    },
  });
}
