/**
 * The two ways out of the program, stdout and stderr. Whatever is written
 * through them is cleaned of everything that could drive a terminal, but for our
 * own styling, and of every secret that this run knows: no caller can forget it.
 */
import { Failure } from "../errors.ts";
import { ClosedPipe, type Output, type Runtime } from "../runtime/runtime.ts";
import { safeText } from "./safe_text.ts";
import { isColored, styledParts } from "./style.ts";

export interface Door extends Output {
  /** Sends a text with secrets, for a command whose purpose is to print them. */
  reveal(text: string): Promise<void>;
  /** Moves the cursor and draws questions: for Cliffy's prompts alone. */
  draw(text: string): void;
}

/** A runtime whose output goes through doors. */
export interface Guarded extends Runtime {
  readonly stdout: Door;
  readonly stderr: Door;
}

export function guarded(runtime: Runtime): Guarded {
  return {
    ...runtime,
    stdout: door(runtime, withFailure(runtime.stdout)),
    stderr: door(runtime, withoutFailure(runtime.stderr)),
  };
}

/** A stream whose failures say what failed; a full disk is not a bug. */
function withFailure(stream: Output): Output {
  const explain = (error: unknown): never => {
    if (error instanceof ClosedPipe || error instanceof Failure) throw error;
    const reason = error instanceof Error ? error.message : error;
    throw new Failure("config", `Cannot write the result: ${reason}`, {
      cause: error,
    });
  };
  return {
    ...stream,
    write(text) {
      try {
        stream.write(text);
      } catch (error) {
        explain(error);
      }
    },
    send: (text) => stream.send(text).catch(explain),
  };
}

/**
 * A stream that drops what it cannot write: what people are told on stderr
 * decides neither whether a request is sent nor the exit code.
 */
function withoutFailure(stream: Output): Output {
  return {
    ...stream,
    write(text) {
      try {
        stream.write(text);
      } catch {
        // As above.
      }
    },
    send: (text) =>
      stream.send(text).catch((error) => {
        // A signal ended the wait for a reader.
        if (error instanceof Failure) throw error;
      }),
  };
}

function door(runtime: Runtime, stream: Output): Door {
  const { secrets } = runtime;
  const draw = (text: string) => {
    const clean = cleanDrawing(text);
    // Cliffy colours everything but where NO_COLOR is set.
    return isColored(runtime, stream)
      ? clean
      // deno-lint-ignore no-control-regex
      : clean.replaceAll(/\x1b\[[\d;]*m/g, "");
  };
  return {
    isTerminal: () => stream.isTerminal(),
    columns: () => stream.columns(),
    rows: () => stream.rows(),
    write: (text) => stream.write(clean(secrets.mask(text))),
    send: (text) => stream.send(clean(secrets.mask(text))),
    reveal: (text) => stream.send(clean(text)),
    draw: (text) => stream.write(draw(secrets.mask(text))),
  };
}

function clean(text: string): string {
  return styledParts(text).map(({ style, text }) =>
    (style === undefined ? "" : `\x1b[${style}m`) + cleanPart(text)
  ).join("");
}

/** CSV ends its lines with CR LF. */
function cleanPart(text: string): string {
  return text.includes("\r\n")
    ? text.split("\r\n").map(safeText).join("\r\n")
    : safeText(text);
}

/**
 * What Cliffy draws with: colours, moves, deletions, the cursor and marked
 * pastes. Texts inside were cleaned before they were handed to it.
 */
const DRAWING =
  // deno-lint-ignore no-control-regex
  /(\x1b\[(?:[\d;]*[A-HJKmsu]|\?(?:25|2004)[hl])|\r)/;

function cleanDrawing(text: string): string {
  return text.split(DRAWING)
    .map((part, at) => at % 2 === 1 ? part : safeText(part)).join("");
}
