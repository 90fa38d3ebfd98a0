/** One command line from argv to exit code. */
import { ValidationError } from "@cliffy/command";
import { isOn } from "../config/environment.ts";
import { Failure, usageError } from "../errors.ts";
import { failureJson, failureText } from "../output/failure.ts";
import { styleOf } from "../output/style.ts";
import { ClosedPipe, type Runtime } from "../runtime/runtime.ts";
import type { AnyCommand, Cli } from "./cli.ts";
import {
  checkCommandLine,
  cliffyArgs,
  type CommandLine,
  isGiven,
  readCommandLine,
  wantsJson,
} from "./command_line.ts";
import { createBareRoot, createRoot } from "./root.ts";
import { VERSION_LINE } from "./version.ts";

/**
 * Runs the command that `runtime.args` name and reports its failure.
 *
 * @throws {ClosedPipe} when nobody reads the output any more.
 */
export async function run(runtime: Runtime): Promise<number> {
  const { args } = runtime;
  const interrupt = new AbortController();
  const cli: Cli = {
    runtime,
    signal: interrupt.signal,
    path: ["sinch"],
    exitCode: 0,
  };
  let restore = () => {};
  let line: CommandLine | undefined;
  try {
    restore = runtime.onStop(() => {
      interrupt.abort(new Failure("interrupted", "Interrupted"));
      // A second Ctrl-C ends the process as it would without us.
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
    await answer(cli, root, line);
    return cli.exitCode;
  } catch (error) {
    if (error instanceof ClosedPipe) throw error;
    return report(asFailure(error, cli.path), runtime, line);
  } finally {
    restore();
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

function report(
  failure: Failure,
  runtime: Runtime,
  line: CommandLine | undefined,
): number {
  const { stderr } = runtime;
  const { cause } = failure;
  const stack = isOn(runtime, "SINCH_DEBUG") && cause instanceof Error
    ? cause.stack
    : undefined;
  if (line && wantsJson(line)) stderr.write(failureJson(failure, stack));
  else {
    stderr.write(failureText(failure, styleOf(runtime, stderr)));
    if (stack) stderr.write(`${stack}\n`);
  }
  return failure.exitCode;
}
