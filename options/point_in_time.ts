/** Points in time as people type them. */
import { usageError } from "../errors.ts";

/**
 * A fixed time, or one that depends on the present, as RFC 3339.
 *
 * @param now Milliseconds since 1970.
 * @param utc Whether days and times without an offset are in UTC rather than
 * in local time.
 */
export type PointInTime = (now: number, utc?: boolean) => string;

const UNITS = new Map([
  ["s", 1000],
  ["m", 60_000],
  ["h", 3_600_000],
  ["d", 86_400_000],
  ["w", 7 * 86_400_000],
]);

/** Days back from today. */
const DAYS = new Map([["today", 0], ["yesterday", 1]]);

const DATE_TIME =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?) ?(Z|UTC|[+-]\d{2}:\d{2})?)?$/i;

/**
 * A time, a day (its first moment), or a duration back from now:
 * `2026-11-03T09:14:22Z`, `2026-11-03`, `today`, `yesterday`, `2h`, `7d`.
 *
 * @throws {Failure} "usage"
 */
export function parsePointInTime(text: string, at: string): PointInTime {
  const given = text.trim();
  const daysBack = DAYS.get(given.toLowerCase());
  if (daysBack !== undefined) {
    return (now, utc) => startOfDay(now, daysBack, utc);
  }
  const [, count, unit] = /^(\d{1,9})([smhdw])$/.exec(given) ?? [];
  if (unit) {
    const back = Number(count) * UNITS.get(unit)!;
    return (now) => new Date(Math.max(0, now - back)).toISOString();
  }
  const [, date, time = "00:00", zone] = DATE_TIME.exec(given) ?? [];
  const offset = zone?.toUpperCase().replace("UTC", "Z");
  const inZone = (zone: string) => Date.parse(`${date}T${time}${zone}`);
  // Date.parse takes 2026-02-30 for the 2nd of March.
  const day = new Date(`${date}T00:00Z`);
  const isDay = !Number.isNaN(day.getTime()) &&
    day.toISOString().startsWith(date!);
  if (!isDay || Number.isNaN(inZone(offset ?? "Z"))) {
    throw usageError(
      `${at} must be a time, a date or a duration, got "${text}"`,
      "Use 2026-11-03T09:14:22Z, 2026-11-03, yesterday, 2h or 7d.",
    );
  }
  return (_now, utc) =>
    new Date(inZone(offset ?? (utc ? "Z" : ""))).toISOString();
}

function startOfDay(now: number, daysBack: number, utc?: boolean): string {
  const day = new Date(now);
  if (utc) {
    day.setUTCHours(0, 0, 0, 0);
    day.setUTCDate(day.getUTCDate() - daysBack);
  } else {
    day.setHours(0, 0, 0, 0);
    day.setDate(day.getDate() - daysBack);
  }
  return day.toISOString();
}
