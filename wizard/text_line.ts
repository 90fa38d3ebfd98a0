/**
 * A line of text being edited, as a person sees it: moved and deleted by whole
 * characters (an emoji may be eleven code units), measured in terminal cells.
 */

import { cells, cellsOf, characters, clip } from "../output/cells.ts";

/** Where the character before `index` begins; 0 at the start. */
export function before(text: string, index: number): number {
  return index - (characters(text.slice(0, index)).at(-1)?.length ?? 0);
}

/** Where the character at `index` ends; the text's length at its end. */
export function after(text: string, index: number): number {
  return index + (characters(text.slice(index))[0]?.length ?? 0);
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
  const left = text.slice(0, cursor);
  const start = cells(left) < width ? left : `…${tail(left, width - 2)}`;
  const right = clip(text.slice(cursor), width - cells(start));
  return { text: start + right, cursor: cells(start) };
}

/** The end of `text` that fits into `width` cells. */
function tail(text: string, width: number): string {
  let kept = "";
  let used = 0;
  for (const character of characters(text).reverse()) {
    used += cellsOf(character);
    if (used > width) break;
    kept = character + kept;
  }
  return kept;
}
