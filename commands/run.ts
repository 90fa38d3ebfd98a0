/** One command line from argv to exit code. */
import { ValidationError } from "@cliffy/command";
import { isOn } from "../config/environment.ts";
import { Failure, usageError } from "../errors.ts";
import { failureJson, failureText } from "../output/failure.ts";
import { styleOf } from "../output/style.ts";
import { ClosedPipe, type Runtime } from "../runtime/runtime.ts";
import type { AnyCommand, Cli } from "./cli.ts";
import { unknownFlag } from "./did_you_mean.ts";
import { arrange, createRoot } from "./root.ts";

/**
 * Runs the command that `runtime.args` name and reports its failure.
 *
 * @throws {ClosedPipe} when nobody reads the output any more.
 */
export async function run(runtime: Runtime): Promise<number> {
  const interrupt = new AbortController();
  const restore = runtime.onStop(() => {
    interrupt.abort(new Failure("interrupted", "Interrupted"));
    // A second Ctrl-C ends the process as it would without us.
    restore();
  });
  const cli: Cli = {
    runtime,
    signal: interrupt.signal,
    path: ["sinch"],
    exitCode: 0,
  };
  const { words, args } = arrange(runtime.args);
  let root: AnyCommand | undefined;
  try {
    root = await createRoot(cli, words);
    await root.parse(helpArgs(cli, runtime.args, words) ?? args);
    return cli.exitCode;
  } catch (error) {
    if (error instanceof ClosedPipe) throw error;
    const failure = error instanceof ValidationError && root
      ? unknownFlag(root, args) ?? error
      : error;
    return report(asFailure(failure, cli.path), runtime);
  } finally {
    restore();
  }
}

/** Cliffy takes `--help` only alone; people add it to what they have typed. */
function helpArgs(
  { path }: Cli,
  given: readonly string[],
  words: string[],
): string[] | undefined {
  const end = given.indexOf("--");
  const help = given.slice(0, end < 0 ? undefined : end)
    .some((arg) => arg === "-h" || arg === "--help");
  return help && given.length > words.length + 1
    ? [...path.slice(1), "--help"]
    : undefined;
}

function asFailure(error: unknown, path: string[]): Failure {
  if (error instanceof Failure) return error;
  if (error instanceof ValidationError) {
    return usageError(error.message, `See \`${path.join(" ")} --help\`.`);
  }
  return new Failure("api", `Unexpected: ${error}`, {
    code: "BUG",
    hint: "This is a bug in sinch. SINCH_DEBUG=1 shows where.",
    cause: error,
  });
}

function report(failure: Failure, runtime: Runtime): number {
  const style = styleOf(runtime, runtime.stderr);
  runtime.stderr.write(
    runtime.args.some((arg) => /^--(json|jsonl|query(=.*)?)$/s.test(arg))
      ? failureJson(failure)
      : failureText(failure, style),
  );
  if (isOn(runtime, "SINCH_DEBUG") && failure.cause instanceof Error) {
    runtime.stderr.write(`${failure.cause.stack}\n`);
  }
  return failure.exitCode;
}
