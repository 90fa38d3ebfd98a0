/** When a request is sent again: one pure decision that reads as refusals. */
import type { Outcome } from "./exchange.ts";

const MAX_TRIES = 3;
/** The server may ask for this much patience, not more. */
const MAX_WAIT_MS = 60_000;

export interface Attempt {
  /** 1 for the first. */
  number: number;
  /** A read can be repeated freely; a repeated send costs money twice. */
  safe: boolean;
  outcome: Outcome;
  /** From 0 up to 1. */
  random: number;
  /** Milliseconds since 1970, for a `Retry-After` that names a date. */
  now: number;
}

/** Milliseconds to wait before the next try, or `undefined` to stop. */
export function retryDelay(attempt: Attempt): number | undefined {
  if (attempt.number >= MAX_TRIES) return undefined;
  const { outcome } = attempt;
  if (outcome.kind === "too_large") return undefined;
  if (outcome.kind === "lost" && !attempt.safe) return undefined;
  if (outcome.kind === "answer") {
    // 429 is refused before anything is done; a 5xx may come after.
    const temporary = [500, 502, 503, 504].includes(outcome.status);
    if (outcome.status !== 429 && !(temporary && attempt.safe)) {
      return undefined;
    }
    const asked = retryAfterMs(outcome.headers, attempt.now);
    if (asked !== undefined) return asked <= MAX_WAIT_MS ? asked : undefined;
  }
  const ceiling = 500 * 2 ** attempt.number;
  return ceiling / 2 + attempt.random * ceiling / 2;
}

/** Seconds or an HTTP date; anything that is not ahead asks for nothing. */
export function retryAfterMs(
  headers: Headers,
  now: number,
): number | undefined {
  const value = headers.get("retry-after") ?? "";
  const ms = /^\d+$/.test(value)
    ? Number(value) * 1000
    : HTTP_DATE.test(value)
    ? Date.parse(value) - now
    : 0;
  return ms > 0 ? ms : undefined;
}

/** `Date.parse` alone takes "-5" for a year. */
const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} [\d:]{8} GMT$/;
