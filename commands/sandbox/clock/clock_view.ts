/** The sandbox clock for people. */
import type { View } from "../../../output/view.ts";

/** What `GET /_sandbox/clock` answers. */
export interface Clock {
  now: string;
  ahead_ms: number;
}

export function clockView(clock: Clock): View {
  const { now, ahead_ms } = clock;
  const ahead = ahead_ms > 0 ? ` (${spanText(ahead_ms)} ahead)` : "";
  return { json: clock, text: () => `${now}${ahead}\n` };
}

/** `1d 1h 30s` */
function spanText(ms: number): string {
  const parts = [
    [Math.floor(ms / 86_400_000), "d"],
    [Math.floor(ms / 3_600_000) % 24, "h"],
    [Math.floor(ms / 60_000) % 60, "m"],
    [ms / 1000 % 60, "s"],
  ] as const;
  return parts.filter(([count]) => count > 0)
    .map(([count, unit]) => `${count}${unit}`).join(" ");
}
