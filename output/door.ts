/**
 * The two ways out of the program, stdout and stderr. Whatever is written
 * through them is cleaned of everything that could drive a terminal, but for our
 * own styling, and of every secret that this run knows: no caller can forget it.
 */
import type { Output, Runtime } from "../runtime/runtime.ts";
import { safeText } from "./safe_text.ts";
import { styledParts } from "./style.ts";

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
    stdout: door(runtime, runtime.stdout),
    stderr: door(runtime, runtime.stderr),
  };
}

function door({ secrets }: Runtime, stream: Output): Door {
  return {
    isTerminal: () => stream.isTerminal(),
    columns: () => stream.columns(),
    write: (text) => stream.write(clean(secrets.mask(text))),
    send: (text) => stream.send(clean(secrets.mask(text))),
    reveal: (text) => stream.send(clean(text)),
    draw: (text) => stream.write(cleanDrawing(secrets.mask(text))),
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
