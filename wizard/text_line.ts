/**
 * A line of text being edited, as a person sees it: moved and deleted by whole
 * characters (an emoji may be eleven code units), measured in terminal cells.
 */
import { cells, cellsOf, charactersOf, clip } from "../output/cells.ts";
import { safeText } from "../output/safe_text.ts";

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
