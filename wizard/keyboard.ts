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
export const LINE_BREAK_SIGN = "↵";

const CTRL_C = 0x03;
const ESCAPE = 0x1b;
const PASTE_START = "\x1b[200~";
const PASTE_END = "\x1b[201~";
/** Stands for a pasted text among the keys: no terminal has such a key. */
export const PASTED = "\x1b[99~";
/** How long the rest of a key sequence may take, over a slow connection too. */
const ESCAPE_MS = 50;

/** Makes the terminal mark pasted text, so that its line breaks answer nothing. */
export const MARK_PASTES = "\x1b[?2004h";
export const STOP_MARKING_PASTES = "\x1b[?2004l";

export interface Keyboard {
  /**
   * Writes the next character or key sequence to `into`; for a text that was
   * pasted, {@linkcode PASTED}.
   *
   * @throws {Failure} `interrupted` at Ctrl-C, `usage` at the end of input.
   */
  read(into: Uint8Array): Promise<number>;
  /** The text that was pasted last, on one line. */
  pasted(): string;
}

export function createKeyboard(stdin: Input): Keyboard {
  let typed = new Uint8Array();
  let pasted = "";
  /** A read that is still waiting when Escape turns out to be alone. */
  let reading: Promise<Uint8Array | null> | undefined;

  function nextPiece(): Promise<Uint8Array | null> {
    const piece = new Uint8Array(4096);
    reading ??= stdin.read(piece).then((count) =>
      count === null ? null : piece.subarray(0, count)
    );
    return reading;
  }

  async function readMore(): Promise<void> {
    const piece = await nextPiece().finally(() => reading = undefined);
    if (piece === null) throw endOfInput();
    typed = concat([typed, piece]);
  }

  /** Whether no key follows Escape: a sequence arrives in one piece, or nearly. */
  async function isAlone(): Promise<boolean> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const wait = new Promise<"alone">((resolve) => {
      timer = setTimeout(() => resolve("alone"), ESCAPE_MS);
    });
    // An end while nobody waits is thrown by the next read.
    const next = nextPiece();
    next.catch(() => {});
    try {
      return await Promise.race([wait, next]) === "alone";
    } finally {
      clearTimeout(timer);
    }
  }

  /** Takes a pasted text whole; each piece of it is looked at once. */
  async function takePaste(): Promise<void> {
    const pieces = [typed.subarray(PASTE_START.length)];
    typed = new Uint8Array();
    let last: Uint8Array = pieces[0]!;
    for (;;) {
      // The mark may begin in the piece before.
      const end = decodeBytes(last).indexOf(PASTE_END);
      if (end >= 0) {
        const all = concat(pieces);
        const length = all.length - last.length + end;
        pasted = asOneLine(decode(all.subarray(0, length)));
        typed = all.slice(length + PASTE_END.length);
        return;
      }
      if (last.includes(CTRL_C)) throw stoppedBy("SIGINT");
      await readMore();
      pieces.push(typed);
      last = concat([last.subarray(-PASTE_END.length + 1), typed]);
      typed = new Uint8Array();
    }
  }

  return {
    async read(into) {
      while (true) {
        while (keyLength(typed) === undefined) await readMore();
        if (typed.length === 1 && typed[0] === ESCAPE && !await isAlone()) {
          await readMore();
          continue;
        }
        const key = typed.slice(0, keyLength(typed));
        if (decode(key) === PASTE_START) {
          await takePaste();
          into.set(new TextEncoder().encode(PASTED));
          return PASTED.length;
        }
        typed = typed.slice(key.length);
        if (key[0] === CTRL_C) throw stoppedBy("SIGINT");
        // No key that a prompt knows is longer than Cliffy's buffer of 8.
        if (key.length > into.length) continue;
        into.set(key);
        return key.length;
      }
    },
    pasted: () => pasted,
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
  // Escape pressed twice, or just before another key.
  if (bytes[1] === ESCAPE) return 1;
  // No key is longer, and a paste may follow.
  const text = decodeBytes(bytes.subarray(0, 32));
  // deno-lint-ignore no-control-regex
  const sequence = /^\x1b(?:\[[0-9;?]*[ -/]*[@-~]|O.|[^[O])/s.exec(text)?.[0];
  return sequence?.length ?? (bytes.length < 32 ? undefined : 1);
}

function concat(pieces: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
  const whole = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

/** One character a byte, so that places in it are places in the bytes. */
function decodeBytes(bytes: Uint8Array): string {
  return new TextDecoder("latin1").decode(bytes);
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

export function endOfInput(): Failure {
  return usageError(
    "The input ended before the question was answered",
    "Give the values as flags; --help lists them.",
  );
}
