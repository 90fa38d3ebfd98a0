/** The known word that was probably meant, for "Did you mean …?". */

/** `undefined` when none is close: within a third of the word's length. */
export function nearest(
  word: string,
  known: readonly string[],
): string | undefined {
  const typed = word.toLowerCase();
  const edits = (name: string) => Math.max(1, Math.floor(name.length / 3));
  const close = known
    // A word that is far too long is not worth comparing, letter by letter.
    .filter((name) => typed.length - name.length <= edits(name))
    .map((name) => ({ name, distance: distance(typed, name.toLowerCase()) }))
    .filter(({ name, distance }) => distance <= edits(name))
    .sort((a, b) => a.distance - b.distance);
  return close[0]?.name;
}

/** Edits from one word to the other; two letters swapped count as one. */
function distance(from: string, to: string): number {
  let older: number[] = [];
  let old = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row++) {
    const next = [row];
    for (let column = 1; column <= to.length; column++) {
      const same = from[row - 1] === to[column - 1];
      const swapped = from[row - 1] === to[column - 2] &&
        from[row - 2] === to[column - 1];
      next[column] = Math.min(
        old[column]! + 1,
        next[column - 1]! + 1,
        old[column - 1]! + (same ? 0 : 1),
        swapped ? older[column - 2]! + 1 : Infinity,
      );
    }
    [older, old] = [old, next];
  }
  return old[to.length]!;
}
