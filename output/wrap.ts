/** Line breaks at words. */
import { cells } from "./cells.ts";
import type { Style } from "./style.ts";

/**
 * Lines of at most `width` cells, as far as the words allow; the spaces between
 * words stay as they are. A command in backticks is one word if it fits, so that
 * it can be copied in one piece.
 */
export function wrap(text: string, width: number): string[] {
  return text.split("\n").flatMap((paragraph) => {
    const lines: string[] = [];
    let used = 0;
    for (const { gap, word } of wordsOf(paragraph.trimEnd(), width)) {
      const size = cells(word);
      if (lines.length > 0 && used + gap.length + size <= width) {
        lines[lines.length - 1] += gap + word;
        used += gap.length + size;
      } else {
        const indent = lines.length > 0 ? "" : gap;
        lines.push(indent + word);
        used = indent.length + size;
      }
    }
    return lines.length > 0 ? lines : [""];
  });
}

/** The same where a person reads; in a pipe, a line stays one line. */
export function wrapped(
  text: string,
  style: Style,
  room = style.width,
): string {
  return style.terminal ? wrap(text, room).join("\n") : text;
}

function wordsOf(text: string, width: number) {
  return [...text.matchAll(/(\s*)((?:`[^`]*`|\S)+)/g)].flatMap(
    ([, gap = "", word = ""]) =>
      word.length <= width
        ? [{ gap, word }]
        : word.split(/\s+/).map((word, at) => ({
          gap: at === 0 ? gap : " ",
          word,
        })),
  );
}
