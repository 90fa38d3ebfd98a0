/**
 * The keyboard as Cliffy's prompts need it: one character or key sequence at a
 * time, whatever the terminal hands over in one piece. It also settles what
 * Cliffy leaves open: Ctrl-C is a `Failure` (Cliffy would end the process and
 * skip every `finally`), and so is the end of input (Cliffy would draw its
 * question again for ever).
 */
import { type Failure, stoppedBy, usageError } from "../errors.ts";
import type { Input } from "../runtime/runtime.ts";

/** Stands for a line break within a one-line field; `withLineBreaks` undoes it. */
const LINE_BREAK_SIGN = "↵";

const CTRL_C = 0x03;
const CTRL_D = 0x04;
const ESCAPE = 0x1b;
const PASTE_START = "\x1b[200~";
const PASTE_END = "\x1b[201~";

/** Makes the terminal mark pasted text, so that its line breaks answer nothing. */
export const MARK_PASTES = "\x1b[?2004h";
export const STOP_MARKING_PASTES = "\x1b[?2004l";

export interface Keyboard {
  /**
   * Writes the next character or key sequence to `into`.
   *
   * @throws {Failure} `interrupted` at Ctrl-C, `usage` at the end of input.
   */
  read(into: Uint8Array): Promise<number>;
}

export function createKeyboard(stdin: Input): Keyboard {
  let typed = new Uint8Array();

  async function readMore(): Promise<void> {
    const piece = new Uint8Array(4096);
    const count = await stdin.read(piece);
    if (count === null) throw endOfInput();
    typed = concat(typed, piece.subarray(0, count));
  }

  /** Turns a pasted text into typed characters, its line breaks into signs. */
  async function takePaste(): Promise<void> {
    let text = decode(typed);
    while (!text.includes(PASTE_END)) {
      if (typed.includes(CTRL_C)) throw stoppedBy("SIGINT");
      await readMore();
      text = decode(typed);
    }
    const [pasted = "", ...rest] = text.slice(PASTE_START.length)
      .split(PASTE_END);
    typed = new TextEncoder().encode(
      asOneLine(pasted) + rest.join(PASTE_END),
    );
  }

  return {
    async read(into) {
      while (true) {
        while (keyLength(typed) === undefined) await readMore();
        const key = typed.slice(0, keyLength(typed));
        if (decode(key) === PASTE_START) {
          await takePaste();
          continue;
        }
        typed = typed.slice(key.length);
        if (key[0] === CTRL_C) throw stoppedBy("SIGINT");
        if (key[0] === CTRL_D) throw endOfInput();
        // No key that a prompt knows is longer than Cliffy's buffer of 8.
        if (key.length > into.length) continue;
        into.set(key);
        return key.length;
      }
    },
  };
}

/** An answer with the line breaks that it was pasted with. */
export function withLineBreaks(answer: string): string {
  return answer.replaceAll(LINE_BREAK_SIGN, "\n");
}

function asOneLine(pasted: string): string {
  return pasted.trimEnd()
    .replace(/\r\n?|\n/g, LINE_BREAK_SIGN)
    .replaceAll("\t", " ")
    // deno-lint-ignore no-control-regex -- a pasted key sequence is no key
    .replace(/[\x00-\x1f\x7f]/g, "");
}

/** Length of the first character or key sequence; `undefined` if it is not all there. */
function keyLength(bytes: Uint8Array): number | undefined {
  const first = bytes[0];
  if (first === undefined) return undefined;
  if (first === ESCAPE && bytes.length > 1) return sequenceLength(bytes);
  const length = first < 0xc0 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  return bytes.length < length ? undefined : length;
}

/** Length of an escape sequence: CSI (`ESC [ … final`), SS3 (`ESC O x`) or Alt and a key. */
function sequenceLength(bytes: Uint8Array): number | undefined {
  const text = new TextDecoder("latin1").decode(bytes);
  // deno-lint-ignore no-control-regex
  const sequence = /^\x1b(?:\[[0-9;?]*[ -/]*[@-~]|O.|[^[O])/s.exec(text)?.[0];
  return sequence?.length;
}

function concat(
  a: Uint8Array<ArrayBuffer>,
  b: Uint8Array,
): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(a.length + b.length);
  whole.set(a);
  whole.set(b, a.length);
  return whole;
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

function endOfInput(): Failure {
  return usageError(
    "The input ended before the question was answered",
    "Give the values as flags; --help lists them.",
  );
}
