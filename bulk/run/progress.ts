/**
 * How far a run is, on stderr: a line that is drawn again in a terminal, and a
 * line now and then elsewhere.
 */
import type { Guarded } from "../../output/door.ts";
import { safeJson } from "../../output/safe_text.ts";

export const PROGRESS_FORMS = [
  "auto",
  "bar",
  "lines",
  "json",
  "none",
] as const;
export type ProgressForm = typeof PROGRESS_FORMS[number];

/** Where a run is at a moment. */
export interface Snapshot {
  rows: number;
  accepted: number;
  refused: number;
  unknown: number;
  skipped: number;
  /** Accepted messages that wait in the app's queue; `undefined` where not known. */
  queued?: number;
  /** Why nothing is sent now, and for how long. */
  pause?: { reason: string; ms: number };
  /** Sends a second that are allowed; `undefined` for no limit. */
  limit?: number;
}

const REDRAW_MS = 200;
const LINE_EVERY_MS = 60_000;
const JSON_EVERY_MS = 1000;
/** The rate is a mean of this long. */
const MEAN_MS = 20_000;
/** Earlier, an estimate would be a guess. */
const ESTIMATE_AFTER_MS = 5000;
const CLEAR = "\r\x1b[J";

export class Progress implements Disposable {
  readonly #form: Exclude<ProgressForm, "auto">;
  readonly #runtime: Guarded;
  readonly #look: () => Snapshot;
  readonly #startedAt: number;
  /** Rows with an outcome, at times of this session, oldest first. */
  readonly #samples: { at: number; settled: number }[] = [];
  #timer?: ReturnType<typeof setInterval>;
  #drawn = 0;
  #lineAt = -Infinity;
  #tenths = 0;
  #paused = "";

  constructor(
    runtime: Guarded,
    form: ProgressForm,
    look: () => Snapshot,
  ) {
    const { stderr, clock } = runtime;
    this.#runtime = runtime;
    this.#look = look;
    const isScreen = stderr.isTerminal() && runtime.env("TERM") !== "dumb";
    this.#form = form === "auto" ? isScreen ? "bar" : "lines" : form;
    this.#startedAt = clock.now();
    const now = look();
    this.#tenths = tenthsOf(now);
    this.#sample(now);
    if (this.#form === "none") return;
    this.#show(now, false);
    this.#timer = setInterval(() => this.#turn(), REDRAW_MS);
  }

  /** Shows the end, and then nothing any more. */
  [Symbol.dispose](): void {
    if (this.#timer === undefined) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#show(this.#look(), true);
  }

  #turn(): void {
    const now = this.#look();
    this.#sample(now);
    this.#show(now, false);
  }

  #show(now: Snapshot, isEnd: boolean): void {
    if (this.#form === "bar") return this.#draw(now, isEnd);
    const at = this.#runtime.clock.now();
    if (this.#form === "json") {
      if (!isEnd && at - this.#lineAt < JSON_EVERY_MS) return;
      this.#lineAt = at;
      const text = safeJson({
        type: isEnd ? "summary" : "progress",
        ...now,
        rate: round(this.#rate()),
        seconds_left: this.#secondsLeft(now),
      });
      return this.#runtime.stderr.write(`${text}\n`);
    }
    const tenths = tenthsOf(now);
    const paused = now.pause?.reason ?? "";
    const isNews = tenths > this.#tenths || paused !== this.#paused ||
      at - this.#lineAt >= LINE_EVERY_MS || isEnd;
    if (!isNews) return;
    this.#tenths = tenths;
    this.#paused = paused;
    this.#lineAt = at;
    this.#runtime.stderr.write(`${this.#texts(now).join("  ")}\n`);
  }

  #draw(now: Snapshot, isEnd: boolean): void {
    const { stderr } = this.#runtime;
    const width = Math.max(10, stderr.columns() - 1);
    const line = barLine(now, this.#texts(now), width);
    // A terminal that became narrower has broken the last line into several.
    const above = Math.ceil(this.#drawn / (width + 1)) - 1;
    const up = above > 0 ? `\x1b[${above}A` : "";
    stderr.draw(`${up}${CLEAR}${line}${isEnd ? "\n" : ""}`);
    this.#drawn = line.length;
  }

  /** What is said of a moment, the most important first. */
  #texts(now: Snapshot): string[] {
    const { rows, refused, unknown, queued, pause } = now;
    const rate = this.#rate();
    const left = this.#secondsLeft(now);
    const part = (count: number, word: string) =>
      count > 0 ? [`${number(count)} ${word}`] : [];
    return [
      `${percent(settled(now), rows)}%`,
      `${number(now.accepted)}/${number(rows)} accepted`,
      ...pause
        ? [`waiting ${Math.ceil(pause.ms / 1000)} s: ${pause.reason}`]
        : [],
      ...part(refused, "refused"),
      ...part(unknown, "unknown"),
      ...part(queued ?? 0, "in the queue"),
      ...pause || rate === 0 ? [] : [`${number(round(rate))}/s`],
      ...left === undefined ? [] : [`about ${duration(left)} left`],
    ];
  }

  #sample(now: Snapshot): void {
    const at = this.#runtime.clock.now();
    this.#samples.push({ at, settled: settled(now) });
    while (this.#samples.length > 2 && this.#samples[1]!.at < at - MEAN_MS) {
      this.#samples.shift();
    }
  }

  /** Rows a second, of this session alone. */
  #rate(): number {
    const first = this.#samples[0]!;
    const last = this.#samples.at(-1)!;
    const ms = last.at - first.at;
    return ms > 0 ? (last.settled - first.settled) * 1000 / ms : 0;
  }

  /** `undefined` while it would be a guess. */
  #secondsLeft(now: Snapshot): number | undefined {
    const rate = this.#rate();
    const isEarly = this.#runtime.clock.now() - this.#startedAt <
      ESTIMATE_AFTER_MS;
    if (isEarly || now.pause || rate <= 0) return undefined;
    const left = now.rows - settled(now);
    return left > 0 ? Math.ceil(left / rate) : undefined;
  }
}

/**
 * One line of ASCII, no wider than `width`: the bar of what was accepted, that
 * of what has left the queue where it is known, and as many texts as there is
 * room for.
 */
export function barLine(
  now: Snapshot,
  texts: readonly string[],
  width: number,
): string {
  const [share = "", ...others] = texts;
  const isNarrow = width < 60;
  const cells = isNarrow ? 10 : 20;
  const bars = [bar(settled(now), now.rows, cells)];
  if (now.queued !== undefined && !isNarrow) {
    const gone = Math.max(0, now.accepted - now.queued);
    bars.push(`queue ${bar(gone, now.rows, cells / 2)}`);
  }
  let line = `${bars[0]} ${share}`;
  for (const text of [...bars.slice(1), ...others]) {
    const longer = `${line}  ${text}`;
    if (longer.length <= width) line = longer;
  }
  return line.slice(0, width);
}

function bar(done: number, all: number, cells: number): string {
  const full = all === 0 ? cells : Math.floor(done / all * cells);
  return `[${"#".repeat(full)}${".".repeat(cells - full)}]`;
}

function settled({ accepted, refused, unknown, skipped }: Snapshot): number {
  return accepted + refused + unknown + skipped;
}

function tenthsOf(now: Snapshot): number {
  return Math.floor(percent(settled(now), now.rows) / 10);
}

/** 100 only where nothing is left. */
function percent(done: number, all: number): number {
  return all === 0 ? 100 : Math.floor(done * 100 / all);
}

function round(rate: number): number {
  return rate < 10 ? Math.round(rate * 10) / 10 : Math.round(rate);
}

/** `12,400`: the same in every locale, as all texts of the program. */
export function number(value: number): string {
  return value.toLocaleString("en-US");
}

/** `45 s`, `12 min`, `1 h 23 min`. */
export function duration(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return `${minutes} min`;
  const rest = minutes % 60;
  return `${Math.floor(minutes / 60)} h${rest > 0 ? ` ${rest} min` : ""}`;
}
