/**
 * A line of text being edited, as a person sees it: moved and deleted by whole
 * characters (an emoji may be eleven code units), measured in terminal cells.
 */
import { cells, cellsOf, charactersOf, clip } from "../output/cells.ts";
import { safeText } from "../output/safe_text.ts";
import type { Key } from "./key.ts";

export interface Line {
  text: string;
  /** The index before which the next character goes. */
  cursor: number;
}

/** The line after a key, as shells have them; `undefined` if it does not edit. */
export function edited(line: Line, key: Key): Line | undefined {
  const { text } = line;
  const to = EDITS[nameOf(key)]?.(line);
  if (!to) {
    return key.char && !key.ctrl && !key.meta
      ? inserted(line, key.char)
      : undefined;
  }
  if (to.move !== undefined) return { text, cursor: to.move };
  const [start, end] = to.cut;
  return { text: text.slice(0, start) + text.slice(end), cursor: start };
}

/** The line with a text put in at the cursor. */
export function inserted({ text, cursor }: Line, added: string): Line {
  return {
    text: text.slice(0, cursor) + added + text.slice(cursor),
    cursor: cursor + added.length,
  };
}

/** Where the cursor goes, or what is cut. */
type Edit =
  | { move: number; cut?: undefined }
  | { move?: undefined; cut: [start: number, end: number] };

const start = () => ({ move: 0 });
const end = ({ text }: Line) => ({ move: text.length });
const left = ({ text, cursor }: Line) => ({ move: before(text, cursor) });
const right = ({ text, cursor }: Line) => ({ move: after(text, cursor) });
const cutBefore = ({ text, cursor }: Line): Edit => ({
  cut: [before(text, cursor), cursor],
});
const cutAfter = ({ text, cursor }: Line): Edit => ({
  cut: [cursor, after(text, cursor)],
});
const wordBack = (line: Line) => ({ move: wordStart(line) });
const wordOn = (line: Line) => ({ move: wordEnd(line) });
const cutWord = (line: Line): Edit => ({
  cut: [wordStart(line), line.cursor],
});
const cutWordAfter = (line: Line): Edit => ({
  cut: [line.cursor, wordEnd(line)],
});

const EDITS: Record<string, ((line: Line) => Edit) | undefined> = {
  home: start,
  "ctrl-a": start,
  end,
  "ctrl-e": end,
  left,
  right,
  "ctrl-f": right,
  backspace: cutBefore,
  "ctrl-h": cutBefore,
  delete: cutAfter,
  "ctrl-d": cutAfter,
  "ctrl-u": ({ cursor }) => ({ cut: [0, cursor] }),
  "ctrl-k": ({ text, cursor }) => ({ cut: [cursor, text.length] }),
  "ctrl-w": cutWord,
  "alt-backspace": cutWord,
  "alt-d": cutWordAfter,
  "alt-b": wordBack,
  "alt-left": wordBack,
  "ctrl-left": wordBack,
  "alt-f": wordOn,
  "alt-right": wordOn,
  "ctrl-right": wordOn,
};

function nameOf({ name = "", ctrl, meta }: Key): string {
  return `${ctrl ? "ctrl-" : ""}${meta ? "alt-" : ""}${name}`;
}

/** Where the word before the cursor starts. */
function wordStart({ text, cursor }: Line): number {
  return text.slice(0, cursor).trimEnd().lastIndexOf(" ") + 1;
}

/** Where the word after the cursor ends. */
function wordEnd({ text, cursor }: Line): number {
  const rest = text.slice(cursor);
  const at = rest.indexOf(" ", rest.length - rest.trimStart().length);
  return at < 0 ? text.length : cursor + at;
}

/** Where the character before `index` begins; 0 at the start. */
export function before(text: string, index: number): number {
  return index === 0 ? 0 : charactersOf(text)(index - 1).start;
}

/** Where the character at `index` ends; the text's length at its end. */
export function after(text: string, index: number): number {
  return charactersOf(text)(index).end;
}

/**
 * The part of a line that fits into `width` cells and shows the cursor, and the
 * cursor's place in it in cells.
 */
export function view(
  text: string,
  cursor: number,
  width: number,
): { text: string; cursor: number } {
  const left = tail(text, cursor, width - 1) ??
    `…${tail(text, cursor, width - 2, true)}`;
  const used = cells(left);
  const right = clip(safeText(text.slice(cursor)), width - used);
  return { text: left + right, cursor: used };
}

/**
 * What stands before `cursor`, or nothing where that is wider than `width`; with
 * `cut`, the end of it that fits.
 */
function tail(
  text: string,
  cursor: number,
  width: number,
  cut = false,
): string | undefined {
  const characterAt = charactersOf(text);
  let kept = "";
  let used = 0;
  for (let end = cursor; end > 0;) {
    const { start } = characterAt(end - 1);
    const character = safeText(text.slice(start, end));
    used += cellsOf(character);
    if (used > width) return cut ? kept : undefined;
    kept = character + kept;
    end = start;
  }
  return kept;
}
