/**
 * Runs the program in this process: a command line in, stdout, stderr, exit code
 * and the requests it made out. Streams, environment, home folder and network
 * are the test's own; everything else is real.
 */
import { main } from "../main.ts";
import { denoRuntime } from "../runtime/deno.ts";
import type { Input, Output, Runtime } from "../runtime/runtime.ts";

export interface CliOptions {
  /** The whole environment, besides HOME. */
  env?: Record<string, string>;
  /** What is typed or piped into stdin. */
  stdin?: string | Uint8Array;
  /** Which of the three streams are terminals; none by default. */
  terminal?: boolean | { stdin?: boolean; stdout?: boolean; stderr?: boolean };
  columns?: number;
  /** A folder of the test's own; a fresh one by default, removed afterwards. */
  home?: string;
  /** Answers every request; the default refuses any. */
  fetch?(request: Request): Promise<Response>;
  /** Another build of the program; the sources by default. */
  main?(runtime: Runtime): Promise<number>;
  /** Other parts of the world. */
  runtime?: Partial<Runtime>;
}

export interface CliRun {
  code: number;
  stdout: string;
  stderr: string;
  /** What was asked of the network, tokens included, in order. */
  requests: Request[];
}

export async function runCli(
  args: string[],
  options: CliOptions = {},
): Promise<CliRun> {
  const home = options.home ?? await Deno.makeTempDir();
  const env: Record<string, string> = { HOME: home, ...options.env };
  const is = (stream: "stdin" | "stdout" | "stderr") =>
    typeof options.terminal === "object"
      ? options.terminal[stream] ?? false
      : options.terminal ?? false;
  const stdout = capture(is("stdout"), options.columns);
  const stderr = capture(is("stderr"), options.columns);
  const requests: Request[] = [];
  const runtime: Runtime = {
    ...denoRuntime(),
    args,
    env: (name) => env[name],
    stdin: textInput(options.stdin ?? "", is("stdin")),
    stdout,
    stderr,
    fetch: async (input, init) => {
      const request = new Request(input, init);
      requests.push(request.clone());
      if (!options.fetch) throw new Error(`unexpected ${request.url}`);
      return await options.fetch(request);
    },
    onStop: () => () => {},
    ...options.runtime,
  };
  try {
    const code = await (options.main ?? main)(runtime);
    return { code, stdout: stdout.text, stderr: stderr.text, requests };
  } finally {
    if (!options.home) await Deno.remove(home, { recursive: true });
  }
}

function capture(terminal: boolean, columns = 100): Output & { text: string } {
  return {
    text: "",
    isTerminal: () => terminal,
    columns: () => columns,
    rows: () => 40,
    write(text) {
      this.text += text;
    },
    send(text) {
      this.text += text;
      return Promise.resolve();
    },
  };
}

function textInput(text: string | Uint8Array, terminal: boolean): Input {
  let rest: Uint8Array = typeof text === "string"
    ? new TextEncoder().encode(text)
    : text;
  return {
    isTerminal: () => terminal,
    setRaw: () => {},
    readText: () => Promise.resolve(new TextDecoder().decode(rest)),
    readBytes: () => Promise.resolve(rest),
    read(into) {
      const count = Math.min(into.length, rest.length);
      into.set(rest.subarray(0, count));
      rest = rest.subarray(count);
      return Promise.resolve(count || null);
    },
  };
}
