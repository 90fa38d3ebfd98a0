/** How channels count. */
export type Unit = "characters" | "UTF-16 units" | "bytes" | "graphemes";

export function measure(text: string, unit: Unit): number {
  switch (unit) {
    case "characters":
      return count(text);
    case "UTF-16 units":
      return text.length;
    case "bytes":
      return new TextEncoder().encode(text).length;
    case "graphemes":
      return count(graphemes(text));
  }
}

/** The longest beginning of a text with at most `max` units. */
export function cutTo(text: string, max: number, unit: Unit): string {
  let used = 0;
  let end = 0;
  for (const piece of unit === "graphemes" ? graphemes(text) : text) {
    used += unit === "graphemes" || unit === "characters"
      ? 1
      : measure(piece, unit);
    if (used > max) return text.slice(0, end);
    end += piece.length;
  }
  return text;
}

let segmenter: Intl.Segmenter | undefined;

/** What a reader takes for one character. */
function* graphemes(text: string): Generator<string> {
  segmenter ??= new Intl.Segmenter("en", { granularity: "grapheme" });
  for (const { segment } of segmenter.segment(text)) yield segment;
}

function count(pieces: Iterable<unknown>): number {
  let found = 0;
  for (const _ of pieces) found++;
  return found;
}
