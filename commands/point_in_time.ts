/** Points in time as people type them. */
import { usageError } from "../errors.ts";

const UNITS: Record<string, number> = {
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 7 * 86_400_000,
};

const DATE_TIME =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(Z|[+-]\d{2}:\d{2})?)?$/i;

/**
 * RFC 3339 for a time, a date (its first moment), or a duration back from now:
 * `2026-11-03T09:14:22Z`, `2026-11-03`, `2h`, `7d`. UTC where no offset is given.
 *
 * @param now Milliseconds since 1970.
 * @throws {Failure} "usage"
 */
export function parsePointInTime(
  text: string,
  at: string,
  now: number,
): string {
  const [, count, unit] = /^(\d+)([smhdw])$/.exec(text.trim()) ?? [];
  if (unit) return rfc3339(now - Number(count) * UNITS[unit]!, text, at);
  const [, date, time = "00:00", offset = "Z"] = DATE_TIME.exec(text.trim()) ??
    [];
  const ms = Date.parse(`${date}T${time}${offset.toUpperCase()}`);
  // Date.parse takes 2026-02-30 for the 2nd of March.
  const day = new Date(`${date}T00:00Z`);
  const isDay = !Number.isNaN(day.getTime()) &&
    day.toISOString().startsWith(date!);
  return rfc3339(isDay ? ms : NaN, text, at);
}

function rfc3339(ms: number, text: string, at: string): string {
  const date = new Date(ms);
  if (!Number.isNaN(date.getTime())) return date.toISOString();
  throw usageError(
    `${at} must be a time, a date or a duration, got "${text}"`,
    "Such as 2026-11-03T09:14:22Z, 2026-11-03, 2h or 7d.",
  );
}
