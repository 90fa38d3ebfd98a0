/** Points in time, for people: how long ago, and when exactly. */

const UNITS = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
] as const;
/** Longer ago than this, the date says more. */
const RECENT_DAYS = 30;

/**
 * `3 hours ago` for an RFC 3339 time, `just now` below a minute, the date for
 * what is longer ago than a month; the text itself if it is no time.
 *
 * @param now Milliseconds since 1970.
 */
export function ago(time: string, now: number): string {
  const ms = now - Date.parse(time);
  if (Number.isNaN(ms)) return time;
  if (ms > RECENT_DAYS * 86_400_000) return utc(time).slice(0, 10);
  const [unit, length] = UNITS.find(([, length]) => ms >= length) ?? [];
  if (!unit) return "just now";
  const count = Math.floor(ms / length);
  return `${count} ${unit}${count === 1 ? "" : "s"} ago`;
}

/** `2026-11-03 09:14:22 UTC` for an RFC 3339 time; the text itself if it is none. */
export function utc(time: string): string {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return time;
  return `${date.toISOString().slice(0, 19).replace("T", " ")} UTC`;
}
