/**
 * The order of versions: https://semver.org/#spec-item-11. The rule itself, as
 * it is shorter than the glue to a package.
 */
const VERSION = /^(\d+\.\d+\.\d+)(?:-([0-9a-z.-]+))?(?:\+[0-9a-z.-]+)?$/i;

export function isVersion(text: string): boolean {
  return VERSION.test(text);
}

/** Whether the version `a` is older than the version `b`. */
export function isOlder(a: string, b: string): boolean {
  const [, numbers = "", pre] = VERSION.exec(a) ?? [];
  const [, otherNumbers = "", otherPre] = VERSION.exec(b) ?? [];
  const order = compareParts(numbers, otherNumbers);
  if (order !== 0) return order < 0;
  if (pre === undefined || otherPre === undefined) {
    return pre !== undefined && otherPre === undefined;
  }
  return compareParts(pre, otherPre) < 0;
}

/** Part by part; the one with more parts is newer where the others are equal. */
function compareParts(a: string, b: string): number {
  const [left, right] = [a.split("."), b.split(".")];
  const at = left.findIndex((part, place) => part !== right[place]);
  if (at < 0) return left.length - right.length;
  return right[at] === undefined ? 1 : comparePart(left[at]!, right[at]);
}

/** Numbers by value and before words, words by their characters. */
function comparePart(a: string, b: string): number {
  const [isNumber, isOtherNumber] = [a, b].map((part) => /^\d+$/.test(part));
  if (isNumber !== isOtherNumber) return isNumber ? -1 : 1;
  return (isNumber ? Number(a) - Number(b) : 0) || (a < b ? -1 : 1);
}
