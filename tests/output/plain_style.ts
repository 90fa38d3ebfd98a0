/** A style for tests: no colours, a fixed width and a fixed time. */
import type { Style } from "../../output/style.ts";

export const NOW = Date.parse("2026-11-03T12:00:00Z");

const same = (text: string) => text;

export function plainStyle(width: number, terminal = true): Style {
  return {
    terminal,
    width,
    now: NOW,
    utc: true,
    bold: same,
    dim: same,
    red: same,
    green: same,
    yellow: same,
    cyan: same,
  };
}
