/**
 * Text measured as a terminal shows it: in cells, by whole characters as a
 * person counts them (an emoji may be eleven code units in two cells).
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

/** Width of one character. */
export function cellsOf(character: string): number {
  if (NO_CELL.test(character)) return 0;
  return WIDE.test(character) ? 2 : 1;
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

/** `text` with spaces behind it up to `width` cells. */
export function pad(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - cells(text)));
}
