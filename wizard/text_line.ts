/**
 * A line of text being edited, as a person sees it: moved and deleted by whole
 * characters (an emoji may be eleven code units), measured in terminal cells.
 */

const segmenter = new Intl.Segmenter();

/** Two cells wide: emoji, and the scripts of East Asia with their punctuation. */
const WIDE =
  /\p{Emoji_Presentation}|\ufe0f|[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{1b000}-\u{1b2ff}\u{20000}-\u{3fffd}]/u;
const NO_CELL = /^[\p{Mark}\p{Cc}\p{Cf}]+$/u;

/** The characters of a text as a person counts them. */
export function characters(text: string): string[] {
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

/** Width of a text in terminal cells. */
export function cells(text: string): number {
  if (/^[\x20-\x7e]*$/.test(text)) return text.length;
  return characters(text).reduce((sum, each) => sum + cellsOf(each), 0);
}

function cellsOf(character: string): number {
  if (NO_CELL.test(character)) return 0;
  return WIDE.test(character) ? 2 : 1;
}

/** Where the character before `index` begins; 0 at the start. */
export function before(text: string, index: number): number {
  return index - (characters(text.slice(0, index)).at(-1)?.length ?? 0);
}

/** Where the character at `index` ends; the text's length at its end. */
export function after(text: string, index: number): number {
  return index + (characters(text.slice(index))[0]?.length ?? 0);
}

/** The beginning of `text` that fits into `width` cells, with `…` where it was cut. */
export function clip(text: string, width: number): string {
  if (cells(text) <= width) return text;
  let kept = "";
  let used = 1;
  for (const character of characters(text)) {
    used += cellsOf(character);
    if (used > width) break;
    kept += character;
  }
  return `${kept}…`;
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
