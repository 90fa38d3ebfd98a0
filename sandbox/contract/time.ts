/**
 * RFC 3339, also with a blank instead of the `T`, as the official Python SDK
 * writes times in a query. There, the blank arrives as a `+`.
 */
const TIMESTAMP =
  /^(\d{4}-\d\d-\d\d)[T +](\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d))$/i;

/** The epoch milliseconds of a timestamp; undefined for any other text. */
export function timestampMs(text: string): number | undefined {
  const [, date, time] = TIMESTAMP.exec(text) ?? [];
  const ms = Date.parse(`${date}T${time}`);
  return Number.isNaN(ms) ? undefined : ms;
}

/** Epoch milliseconds as the sandbox's own endpoints write time. */
export function isoTime(ms: number): string {
  return new Date(ms).toISOString();
}

/** Digits of a fraction, as real traffic has them; chosen by the time itself. */
const DIGITS = [3, 6, 9, 7];

/**
 * Epoch milliseconds as the API writes time: with 3, 6, 7 or 9 digits of a second,
 * and none where the second is whole. The same time always has the same digits, so
 * that tests repeat; parsers of one fixed format fail here, not in production.
 */
export function rfc3339(ms: number): string {
  const iso = isoTime(ms);
  const whole = iso.slice(0, 19);
  if (ms % 1000 === 0) return `${whole}Z`;
  const seed = scatter(ms);
  const more = String(seed % 1_000_000).padStart(6, "0");
  return `${whole}.${(iso.slice(20, 23) + more).slice(0, DIGITS[seed % 4])}Z`;
}

/** Like {@linkcode rfc3339}, but some channels report only whole seconds. */
export function eventTime(ms: number): string {
  return scatter(ms) % 5 === 1 ? rfc3339(ms - ms % 1000) : rfc3339(ms);
}

/** A number that differs widely between neighbouring milliseconds. */
function scatter(ms: number): number {
  return Math.imul(ms % 2 ** 31 ^ 0x318, 0x9e3779b1) >>> 8;
}
