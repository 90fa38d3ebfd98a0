/** Line breaks at words. */

/**
 * Lines of at most `width` characters, as far as the words allow. A command in
 * backticks is one word if it fits, so that it can be copied in one piece.
 */
export function wrap(text: string, width: number): string[] {
  return text.split("\n").flatMap((paragraph) => {
    const lines: string[] = [];
    for (const word of wordsOf(paragraph.trim(), width)) {
      const last = lines.at(-1);
      if (last !== undefined && last.length + 1 + word.length <= width) {
        lines[lines.length - 1] = `${last} ${word}`;
      } else lines.push(word);
    }
    return lines;
  });
}

function wordsOf(text: string, width: number): string[] {
  const words = text.match(/(?:`[^`]*`|\S)+/g) ?? [""];
  return words.flatMap((word) =>
    word.length <= width ? [word] : word.split(/\s+/)
  );
}
