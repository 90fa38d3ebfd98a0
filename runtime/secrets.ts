/**
 * The secrets that this run has come across, so that no text that leaves it can
 * have one: whoever reads a secret registers it, and the doors of `output/door.ts`
 * mask it by its value.
 */

export const MASK = "••••";

/** Shorter ones would mask parts of ordinary words, and protect nothing. */
const MIN_LENGTH = 4;
/** Shorter ones are masked only where they are a word of their own. */
const LONG_LENGTH = 8;

export class Secrets {
  readonly #values = new Set<string>();
  #pattern?: RegExp;

  /**
   * Registers a secret, such as a key secret, `key ID:key secret`, an access
   * token or a webhook's secret. Its base64 form, and how JSON and URLs spell
   * it, are masked too.
   */
  remember(value: string): void {
    if (value.length < MIN_LENGTH || this.#values.has(value)) return;
    this.#values.add(value);
    this.#pattern = undefined;
  }

  /** `text` with `••••` in the place of every registered secret. */
  mask(text: string): string {
    if (this.#values.size === 0) return text;
    this.#pattern ??= patternOf([...this.#values].flatMap(spellings));
    return text.replace(this.#pattern, MASK);
  }

  /** A copy of some JSON with `••••` in its texts; for what is cut before it is shown. */
  maskIn<T>(value: T): T {
    if (typeof value === "string") return this.mask(value) as T;
    if (Array.isArray(value)) {
      return value.map((item) => this.maskIn(item)) as T;
    }
    if (!isPlain(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [name, this.maskIn(inner)]),
    ) as T;
  }
}

/** Not a number that keeps its digits. */
function isPlain(value: unknown): value is object {
  return typeof value === "object" && value !== null &&
    Object.getPrototypeOf(value) === Object.prototype;
}

/** How a text may have a secret in it. */
function spellings(value: string): string[] {
  const bytes = new TextEncoder().encode(value);
  const base64 = { omitPadding: true };
  return [
    value,
    JSON.stringify(value).slice(1, -1),
    encodeURIComponent(value.toWellFormed()),
    new URLSearchParams({ "": value }).toString().slice(1),
    bytes.toBase64(base64),
    bytes.toBase64({ ...base64, alphabet: "base64url" }),
  ];
}

/** The longest first: a secret may be part of another one. */
function patternOf(spellings: string[]): RegExp {
  const words = [...new Set(spellings)]
    .toSorted((a, b) => b.length - a.length)
    .map((word) =>
      word.length < LONG_LENGTH
        ? `(?<![\\w-])${RegExp.escape(word)}(?![\\w-])`
        : RegExp.escape(word)
    );
  // Names of fields stay: a webhook's secret may well be "secret".
  return new RegExp(`(?:${words.join("|")})(?!"\\s*:)`, "g");
}
