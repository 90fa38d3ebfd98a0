/** Spans of time as people write them: `200ms`, `25h`, `1.5 days`. */
import { parse } from "@lukeed/ms";

/** Longer texts are no duration, and cost time to look at. */
const MAX_LENGTH = 40;

/** Milliseconds; nothing for a text that is no duration, or has no unit. */
export function durationMs(text: string): number | undefined {
  if (text.length > MAX_LENGTH || !/^\d[\d.]*\s*[a-z]+$/i.test(text.trim())) {
    return undefined;
  }
  const ms = parse(text.trim());
  return ms === undefined || Number.isNaN(ms) ? undefined : ms;
}

/** Milliseconds from and to, of `200ms` or `200ms..1s`. */
export function durationRange(text: string): [number, number] | undefined {
  const [from, to, ...rest] = text.split("..").map(durationMs);
  if (from === undefined || rest.length > 0) return undefined;
  if (!text.includes("..")) return [from, from];
  return to === undefined || to < from ? undefined : [from, to];
}
