/**
 * JSON without a change to its numbers. `JSON.parse` turns 12345678901234567890
 * into 12345678901234567000, 1e400 into Infinity and 1.50 into 1.5; here such a
 * number keeps its text, from the command line to the API and back.
 *
 * @see https://github.com/tc39/proposal-json-parse-with-source
 */

/** Deeper values overflow the stack of whatever walks through them. */
const MAX_DEPTH = 500;

// TypeScript does not know the source text access of V8 yet.
export const { parse, rawJSON } = JSON as unknown as {
  parse(
    text: string,
    reviver: (key: string, value: unknown, from: { source: string }) => unknown,
  ): unknown;
  rawJSON(text: string): unknown;
};

/** A number that JavaScript would write in another way than it was given. */
export class ExactNumber extends Number {
  readonly #text: string;

  constructor(text: string) {
    super(text);
    this.#text = text;
  }

  override toString(): string {
    return this.#text;
  }

  toJSON(): unknown {
    return rawJSON(this.#text);
  }
}

/** The number that JSON writes as `text`. */
export function exactNumber(text: string): number | ExactNumber {
  const number = Number(text);
  return String(number) === text ? number : new ExactNumber(text);
}

/** Whether two texts of JSON are one number, as 1.5, 1.50 and 15e-1 are. */
export function sameNumber(one: string, other: string): boolean {
  return one === other || decimal(one) === decimal(other);
}

/** Its digits without zeros around them, and the power of ten behind them. */
function decimal(text: string): string {
  const [, sign, whole = "", fraction = "", power = 0] =
    /^(-?)(\d+)(?:\.(\d+))?(?:e(.+))?$/i.exec(text) ?? [];
  const digits = whole + fraction;
  let start = 0;
  while (digits[start] === "0") start++;
  let end = digits.length;
  while (end > start && digits[end - 1] === "0") end--;
  if (start === end) return "0";
  const exponent = Number(power) - fraction.length + digits.length - end;
  return `${sign}${digits.slice(start, end)}e${exponent}`;
}

export function isNumber(value: unknown): value is number | ExactNumber {
  return typeof value === "number" || value instanceof ExactNumber;
}

/** An object of JSON: no list, no `null`, no number that keeps its text. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null &&
    !Array.isArray(value) && !(value instanceof ExactNumber);
}

/**
 * The value of a JSON text; numbers that would change are `ExactNumber`s.
 *
 * @throws {SyntaxError} For invalid JSON, and below 500 levels.
 */
export function parseJson(text: string): unknown {
  // Before the walk through the value: V8 parses any depth without one.
  scan(text, () => {});
  // Asking for every number's text takes eight times as long.
  return MAY_CHANGE.test(text)
    ? parse(
      text,
      (_, value, { source }) =>
        typeof value === "number" ? exactNumber(source) : value,
    )
    : JSON.parse(text);
}

/** What looks like a number of 16 digits, a fraction, an exponent or -0. */
const MAY_CHANGE =
  /(?:^|[\s:,[])(?:-0|-?\d{16,}|-?\d+\.\d+|-?\d+(?:\.\d+)?[eE][+-]?\d+)(?=[\s,\]}]|$)/;

/**
 * The same for a text that a person wrote: refuses also what would reach the
 * API as something else.
 *
 * @throws {SyntaxError} For a key that an object has twice, and half a surrogate
 * pair, which has no UTF-8.
 */
export function parseStrictJson(text: string): unknown {
  const value = parseJson(text);
  const objects: (Set<string> | undefined)[] = [];
  scan(text, (from, to) => {
    if (text[from] !== '"') {
      if (text[from] === "{") objects.push(new Set());
      else if (text[from] === "[") objects.push(undefined);
      else objects.pop();
      return;
    }
    const word: string = JSON.parse(text.slice(from, to));
    if (!word.isWellFormed()) {
      throw faultAt("Half a surrogate pair", text, from);
    }
    // Behind a key comes a colon, behind a text never.
    if (!isKey(text, to)) return;
    const keys = objects.at(-1);
    if (keys?.has(word)) {
      throw faultAt(`Duplicate key ${JSON.stringify(word)}`, text, from);
    }
    keys?.add(word);
  });
  return value;
}

function isKey(text: string, end: number): boolean {
  let at = end;
  while (/\s/.test(text[at] ?? "")) at++;
  return text[at] === ":";
}

/**
 * Finds each bracket and each string of a JSON text.
 *
 * @throws {SyntaxError} Below 500 levels.
 */
function scan(text: string, found: (from: number, to: number) => void): void {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!;
    if (character === '"') {
      const from = at;
      at = stringEnd(text, at);
      found(from, at + 1);
    } else if (character === "{" || character === "[") {
      if (++depth > MAX_DEPTH) {
        throw faultAt(`More than ${MAX_DEPTH} levels`, text, at);
      }
      found(at, at + 1);
    } else if (character === "}" || character === "]") {
      depth--;
      found(at, at + 1);
    }
  }
}

/** Where the string that begins at `start` has its closing quote. */
function stringEnd(text: string, start: number): number {
  for (let at = start;;) {
    at = text.indexOf('"', at + 1);
    if (at < 0) return text.length;
    let escapes = 0;
    while (text[at - 1 - escapes] === "\\") escapes++;
    if (escapes % 2 === 0) return at;
  }
}

function faultAt(fault: string, text: string, position: number): SyntaxError {
  const lines = text.slice(0, position).split("\n");
  return new SyntaxError(
    `${fault} at position ${position} (line ${lines.length} column ${
      lines.at(-1)!.length + 1
    })`,
  );
}
