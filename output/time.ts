/** Points in time, for people: how long ago, and when exactly. */
import type { Style } from "./style.ts";

const UNITS = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
] as const;
/** Longer ago than this, the date says more. */
const RECENT_DAYS = 30;

/**
 * `3 hours ago` for an RFC 3339 time, the date for what is longer ago than a
 * month; the text itself if it is no time.
 *
 * @param now Milliseconds since 1970.
 */
export function ago(time: string, now: number): string {
  const ms = now - Date.parse(time);
  return recently(ms) ?? utc(time).replace(/ .*/, "");
}

/** `2026-11-03 09:14:22 UTC (3 hours ago)` in a terminal; RFC 3339 in a pipe. */
export function timeText(
  time: string | undefined,
  { terminal, now }: Style,
): string | undefined {
  if (!time || !terminal) return time;
  const recent = recently(now - Date.parse(time));
  return recent ? `${utc(time)} (${recent})` : utc(time);
}

/** `2026-11-03 09:14:22 UTC (in 12 s)` in a terminal; RFC 3339 in a pipe. */
export function dueText(time: string, { terminal, now }: Style): string {
  if (!terminal) return time;
  const seconds = Math.ceil((Date.parse(time) - now) / 1000);
  return `${utc(time)} (${seconds > 0 ? `in ${seconds} s` : "due"})`;
}

function recently(ms: number): string | undefined {
  if (Number.isNaN(ms) || ms > RECENT_DAYS * 86_400_000) return undefined;
  const [unit, length] = UNITS.find(([, length]) => ms >= length) ?? [];
  // A clock that runs a little ahead of ours is no future either.
  if (!unit) return "just now";
  const count = Math.floor(ms / length);
  return `${count} ${unit}${count === 1 ? "" : "s"} ago`;
}

function utc(time: string): string {
  const date = new Date(time);
  return Number.isNaN(date.getTime())
    ? time
    : `${date.toISOString().slice(0, 19).replace("T", " ")} UTC`;
}
