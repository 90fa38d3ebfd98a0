/** Points in time as people type them. */
import { usageError } from "../errors.ts";

/** A fixed time, or a distance back from `now`; both in milliseconds, as RFC 3339. */
export type PointInTime = (now: number) => string;

const UNITS = new Map([
  ["s", 1000],
  ["m", 60_000],
  ["h", 3_600_000],
  ["d", 86_400_000],
  ["w", 7 * 86_400_000],
]);

const DATE_TIME =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(Z|[+-]\d{2}:\d{2})?)?$/i;

/**
 * A time, a date (its first moment), or a duration back from now:
 * `2026-11-03T09:14:22Z`, `2026-11-03`, `2h`, `7d`. UTC unless an offset is given.
 *
 * @throws {Failure} "usage"
 */
export function parsePointInTime(text: string, at: string): PointInTime {
  const [, count, unit] = /^(\d{1,9})([smhdw])$/.exec(text.trim()) ?? [];
  if (unit) {
    const back = Number(count) * UNITS.get(unit)!;
    return (now) => new Date(Math.max(0, now - back)).toISOString();
  }
  const [, date, time = "00:00", offset = "Z"] = DATE_TIME.exec(text.trim()) ??
    [];
  const ms = Date.parse(`${date}T${time}${offset.toUpperCase()}`);
  // Date.parse takes 2026-02-30 for the 2nd of March.
  const day = new Date(`${date}T00:00Z`);
  const isDay = !Number.isNaN(day.getTime()) &&
    day.toISOString().startsWith(date!);
  if (!isDay || Number.isNaN(ms)) {
    throw usageError(
      `${at} must be a time, a date or a duration, got "${text}"`,
      "Use 2026-11-03T09:14:22Z, 2026-11-03, 2h or 7d.",
    );
  }
  const fixed = new Date(ms).toISOString();
  return () => fixed;
}
