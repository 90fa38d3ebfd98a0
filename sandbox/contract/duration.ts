/** Durations as people write them: `200ms`, `25h`, `1.5 days`. */
import { parse } from "@lukeed/ms";

/** Longer texts are not parsed: that would take time. */
const MAX_LENGTH = 40;

/** Milliseconds; undefined for a text that is not a duration with a unit. */
export function durationMs(text: string): number | undefined {
  if (text.length > MAX_LENGTH || !/^\d[\d.]*\s*[a-z]+$/i.test(text.trim())) {
    return undefined;
  }
  const ms = parse(text.trim());
  return ms === undefined || Number.isNaN(ms) ? undefined : ms;
}

/** The bounds in milliseconds of `200ms` or `200ms..1s`. */
export function durationRange(text: string): [number, number] | undefined {
  const [from, to, ...rest] = text.split("..").map(durationMs);
  if (from === undefined || rest.length > 0) return undefined;
  if (!text.includes("..")) return [from, from];
  return to === undefined || to < from ? undefined : [from, to];
}
