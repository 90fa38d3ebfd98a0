/**
 * Text measured as a terminal shows it: in cells, by whole characters as a
 * person counts them (an emoji may be eleven code units in two cells).
 */

/** Made when it is used: its data takes longer to load than the rest of a help. */
let segmenter: Intl.Segmenter | undefined;

/** What most texts consist of: characters of one unit, in one cell. */
const PLAIN = /^[\x20-\x7e\xa1-\xac\xae-\u02ff\u2010-\u2027]*$/;

/**
 * Two cells wide: emoji, and what Unicode's East_Asian_Width calls wide or full.
 * A package for it has 30 times the code, and every help text would load it.
 */
const WIDE =
  /\p{Emoji_Presentation}|\ufe0f|[\u1100-\u115f\u2329\u232a\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{16fe0}-\u{18d08}\u{1aff0}-\u{1b2ff}\u{1f200}-\u{1f265}\u{20000}-\u{3fffd}]/u;
const NO_CELL = /^[\p{Mark}\p{Cc}\p{Cf}]+$/u;

/** Width of a text in terminal cells; of one that is wider than `most`, more. */
export function cells(text: string, most = Infinity): number {
  if (PLAIN.test(text)) return text.length;
  let sum = 0;
  for (const { segment } of segmentsOf(text)) {
    sum += cellsOf(segment);
    if (sum > most) break;
  }
  return sum;
}

/** Where the character around a code unit begins and ends. */
export type CharacterAt = (index: number) => { start: number; end: number };

/** Finds the characters of a text: preparing it takes its length, finding does not. */
export function charactersOf(text: string): CharacterAt {
  const segments = segmentsOf(text);
  return (at) => {
    const { segment = "", index = at } = segments.containing(at) ?? {};
    return { start: index, end: index + segment.length };
  };
}

/** Width of one character. */
export function cellsOf(character: string): number {
  if (NO_CELL.test(character)) return 0;
  return WIDE.test(character) ? 2 : 1;
}

/** The beginning of `text` that fits into `width` cells, with `…` where it was cut. */
export function clip(text: string, width: number): string {
  if (text.length <= width && PLAIN.test(text)) return text;
  let end = 0;
  let used = 0;
  for (const { segment, index } of segmentsOf(text)) {
    used += cellsOf(segment);
    if (used > width) return `${text.slice(0, end)}…`;
    if (used < width) end = index + segment.length;
  }
  return text;
}

/** `text` with spaces behind it up to `width` cells. */
export function pad(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - cells(text)));
}

function segmentsOf(text: string): Intl.Segments {
  segmenter ??= new Intl.Segmenter();
  return segmenter.segment(text);
}
