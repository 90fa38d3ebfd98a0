/** Points in time, for people: how long ago, and when exactly. */
import type { Style } from "./style.ts";

const UNITS = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
] as const;
/** Longer ago than this, the date says more. */
const RECENT_DAYS = 30;

type Clock = Pick<Style, "now" | "utc">;

/**
 * `3h ago` for an RFC 3339 time, as `--since` takes it; the date for what is
 * longer ago than a month; the text itself if it is no time.
 */
export function ago(time: string, { now, utc }: Clock): string {
  const recent = sinceThen(now - Date.parse(time));
  if (!recent) return calendar(time, utc)?.date ?? time;
  const { count, unit } = recent;
  return unit ? `${count}${unit[0]} ago` : "just now";
}

/**
 * `2026-11-03 10:14:22 +01:00 (3 hours ago)` in a terminal, in local time unless
 * `--utc` is given; RFC 3339 in a pipe.
 */
export function timeText(
  time: string | undefined,
  { terminal, now, utc }: Style,
): string | undefined {
  if (!time || !terminal) return time;
  const recent = sinceThen(now - Date.parse(time));
  if (!recent) return exactly(time, utc);
  const { count, unit } = recent;
  const words = unit
    ? `${count} ${unit}${count === 1 ? "" : "s"} ago`
    : "just now";
  return `${exactly(time, utc)} (${words})`;
}

/** `2026-11-03 10:14:22 +01:00 (in 12 s)` in a terminal; RFC 3339 in a pipe. */
export function dueText(time: string, { terminal, now, utc }: Style): string {
  if (!terminal) return time;
  const seconds = Math.ceil((Date.parse(time) - now) / 1000);
  return `${exactly(time, utc)} (${seconds > 0 ? `in ${seconds} s` : "due"})`;
}

/** `2026-11-03 10:14`, local: enough to tell the rows of a list apart. */
export function minuteText(time: string): string {
  const at = calendar(time);
  return at ? `${at.date} ${at.time.slice(0, 5)}` : time;
}

/** How long ago, in whole units; no unit for less than a minute. */
function sinceThen(
  ms: number,
): { count: number; unit?: typeof UNITS[number][0] } | undefined {
  if (Number.isNaN(ms) || ms > RECENT_DAYS * 86_400_000) return undefined;
  const [unit, length] = UNITS.find(([, length]) => ms >= length) ?? [];
  // A clock that runs a little ahead of ours is no future either.
  return unit ? { count: Math.floor(ms / length!), unit } : { count: 0 };
}

/** `2026-11-03 10:14:22 +01:00`; the text itself if it is no time. */
export function exactly(time: string, utc: boolean): string {
  const at = calendar(time, utc);
  return at ? `${at.date} ${at.time} ${at.zone}` : time;
}

/** The parts of a time on a calendar and a clock; nothing if it is no time. */
function calendar(time: string, utc = false) {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return undefined;
  const east = utc ? 0 : -date.getTimezoneOffset();
  const shown = new Date(date.getTime() + east * 60_000);
  if (Number.isNaN(shown.getTime())) return undefined;
  const [day = "", clock = ""] = shown.toISOString().split("T");
  const two = (minutes: number) => String(Math.floor(minutes)).padStart(2, "0");
  const distance = Math.abs(east);
  const offset = `${two(distance / 60)}:${two(distance % 60)}`;
  return {
    date: day,
    time: clock.slice(0, 8),
    zone: east === 0 ? "UTC" : `${east < 0 ? "-" : "+"}${offset}`,
  };
}
