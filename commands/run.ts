/** One command line from argv to exit code. */
import { ValidationError } from "@cliffy/command";
import { isOn, rememberSecrets } from "../config/environment.ts";
import { shellInUse } from "../config/shell.ts";
import { Failure, stoppedBy, usageError } from "../errors.ts";
import { type Guarded, guarded } from "../output/door.ts";
import { failureJson, failureText } from "../output/failure.ts";
import { styleOf } from "../output/style.ts";
import { interruptible } from "../runtime/interruptible.ts";
import { ClosedPipe, type Runtime } from "../runtime/runtime.ts";
import type { Cli } from "./cli.ts";
import {
  checkCommandLine,
  cliffyArgs,
  isGiven,
  readCommandLine,
  wantsJson,
} from "./command_line.ts";
import { setShell } from "../runtime/shell.ts";
import { suggestFor } from "../runtime/suggest.ts";
import { createBareRoot, createRoot } from "./root.ts";
import { VERSION_LINE } from "./version.ts";
import type { AnyCommand, CommandLine } from "./tree.ts";

/**
 * Runs the command that `runtime.args` name and reports its failure.
 *
 * @throws {ClosedPipe} The reader of the output is gone.
 */
export async function run(outside: Runtime): Promise<number> {
  const stop = new AbortController();
  const runtime = guarded(interruptible(outside, stop.signal));
  const { args } = runtime;
  const cli: Cli = {
    runtime,
    signal: stop.signal,
    path: ["sinch"],
    exitCode: 0,
  };
  let restore = () => {};
  let line: CommandLine | undefined;
  try {
    rememberSecrets(runtime);
    suggestFor(args);
    setShell(shellInUse(runtime));
    refuseBrokenText(args);
    restore = runtime.onStop((signal) => {
      stop.abort(stoppedBy(signal));
      // A second signal ends the process as it would without us.
      restore();
    });
    if (args[0] === "__complete") {
      const { complete } = await import("./completion/complete.ts");
      await complete(cli, args);
      return 0;
    }
    line = readCommandLine(createBareRoot(cli), args);
    const root = await createRoot(cli, line.words);
    line = readCommandLine(root, args);
    await endsWhenStopped(answer(cli, root, line), stop.signal, cli);
    return cli.exitCode;
  } catch (error) {
    if (error instanceof ClosedPipe) throw error;
    return report(asFailure(error, cli.path), runtime, line);
  } finally {
    restore();
  }
}

/** What the system could not decode came here as U+FFFD. */
function refuseBrokenText(args: readonly string[]): void {
  for (const [index, arg] of args.entries()) {
    const at = arg.toWellFormed().indexOf("\ufffd");
    if (at < 0) continue;
    const byte = new TextEncoder().encode(arg.slice(0, at)).length + 1;
    throw usageError(
      `Argument ${index + 1} is not UTF-8, at byte ${byte}: "${arg}"`,
      "Use UTF-8. A text can also be in a file (@file) or on standard input (-).",
    );
  }
}

async function answer(
  { runtime: { stdout } }: Cli,
  root: AnyCommand,
  line: CommandLine,
): Promise<void> {
  if (isGiven(line, "help")) return stdout.write(line.command.getHelp());
  checkCommandLine(line);
  if (line.command === root && isGiven(line, "version")) {
    return stdout.write(`${VERSION_LINE}\n`);
  }
  await root.parse(cliffyArgs(line));
}

/** How long a command may take to report the outcome of a request and clean up. */
const GRACE_MS = 2000;

/** A wait that does not know of signals is left where it is. */
async function endsWhenStopped(
  command: Promise<unknown>,
  signal: AbortSignal,
  cli: Pick<Cli, "graceMs">,
): Promise<void> {
  const stopped = Promise.withResolvers<never>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const onStop = () => {
    timer = setTimeout(
      () => stopped.reject(signal.reason),
      cli.graceMs ?? GRACE_MS,
    );
  };
  signal.addEventListener("abort", onStop);
  try {
    await Promise.race([command, stopped.promise]);
  } finally {
    signal.removeEventListener("abort", onStop);
    // Deno loads the timers of Node when one is first named: 5 ms.
    if (timer !== undefined) clearTimeout(timer);
  }
}

function asFailure(error: unknown, path: string[]): Failure {
  if (error instanceof Failure) return error;
  if (error instanceof ValidationError) {
    return usageError(error.message, `See \`${path.join(" ")} --help\`.`);
  }
  return new Failure("bug", `Unexpected: ${error}`, {
    hint: "This is a bug in sinch; please report it. Use --debug for details.",
    cause: error,
  });
}

function report(
  failure: Failure,
  runtime: Guarded,
  line: CommandLine | undefined,
): number {
  const { stderr } = runtime;
  const { cause } = failure;
  const debug = line && isGiven(line, "debug") || isOn(runtime, "SINCH_DEBUG");
  const stack = debug && cause instanceof Error ? cause.stack : undefined;
  if (line && wantsJson(line)) stderr.write(failureJson(failure, stack));
  else {
    stderr.write(failureText(failure, styleOf(runtime, stderr)));
    if (stack) stderr.write(`${stack}\n`);
  }
  return failure.exitCode;
}
