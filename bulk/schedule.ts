/**
 * When each row may be sent: `--at`, and `--window` of the recipient's day. Where
 * a person may be in several time zones, only while all of them are inside it.
 */
import { refusal } from "../options/checks.ts";
import type { Candidates } from "./zones.ts";

/** Of each day, in minutes after midnight. */
export interface Window {
  from: number;
  to: number;
}

/** One moment, or a time of each recipient's clock. */
export type At = { ms: number } | { local: string };

/** `09:00-20:00` */
export function parseWindow(text: string, at: string): Window {
  const found = /^(\d{1,2}):(\d\d)\s*[-–]\s*(\d{1,2}):(\d\d)$/.exec(
    text.trim(),
  );
  const [h1 = NaN, m1 = NaN, h2 = NaN, m2 = NaN] = (found ?? []).slice(1)
    .map(Number);
  const window = { from: h1 * 60 + m1, to: h2 * 60 + m2 };
  const isTime = m1 < 60 && m2 < 60 && window.to <= DAY_MINUTES;
  if (isTime && window.from < window.to) return window;
  throw refusal(
    at,
    "must be two times of a day",
    text,
    "Use 24-hour times, the earlier one first: 09:00-20:00.",
  );
}

const DAY_MINUTES = 24 * 60;

/** `2026-12-01T09:00` of each recipient's clock, or with `Z` or an offset. */
export function parseAt(text: string, at: string): At {
  const given = text.trim().replace(" ", "T");
  try {
    if (/(?:Z|[+-]\d\d:\d\d)$/i.test(given)) {
      return { ms: Temporal.Instant.from(given).epochMilliseconds };
    }
    return { local: Temporal.PlainDateTime.from(given).toString() };
  } catch {
    throw refusal(
      at,
      "must be a date and a time",
      text,
      "Use 2026-12-01T09:00 for each recipient's own time, or 2026-12-01T09:00Z.",
    );
  }
}

export interface ScheduleOptions {
  at?: At;
  window?: Window;
  /** Milliseconds since 1970. */
  now: number;
  /** Messages that leave the app's queue in a second. */
  rate: number;
}

/** Between which moments a row may be sent; milliseconds since 1970. */
export interface Slot {
  notBefore?: number;
  notAfter?: number;
}

/** How many rows of one group of zones may be sent when. */
export interface Planned extends Slot {
  name: string;
  zones: number;
  isGuess: boolean;
  rows: number;
}

/** No row waits longer. */
const LAST_DAY = 14;

export class Schedule {
  /** By group and slot, in the order in which they were needed. */
  readonly planned = new Map<string, Planned>();
  readonly #options: ScheduleOptions;
  readonly #groups = new Map<string, Group>();
  /** How many rows leave the queue in each minute. */
  readonly #minutes = new Map<number, number>();
  readonly #room: number;

  constructor(options: ScheduleOptions) {
    this.#options = options;
    this.#room = Math.max(1, Math.floor(options.rate * 60));
  }

  /**
   * Takes a place in the queue for a row: what a window has no time for is for
   * the next one.
   *
   * @returns `undefined` where there is no such time within two weeks.
   */
  slot(candidates: Candidates): Slot | undefined {
    const group = this.#group(candidates);
    for (;;) {
      const slot = group.slots[group.next];
      if (!slot) return undefined;
      if (slot.notAfter === undefined || this.#takesPlace(group, slot)) {
        this.#count(candidates, slot);
        return slot;
      }
      group.next++;
    }
  }

  #takesPlace(group: Group, { notBefore = 0, notAfter = 0 }: Slot): boolean {
    const first = Math.floor(notBefore / MINUTE_MS);
    group.minute = Math.max(group.minute, first);
    while (group.minute * MINUTE_MS < notAfter) {
      const taken = this.#minutes.get(group.minute) ?? 0;
      if (taken < this.#room) {
        this.#minutes.set(group.minute, taken + 1);
        return true;
      }
      group.minute++;
    }
    return false;
  }

  #group(candidates: Candidates): Group {
    const known = this.#groups.get(candidates.name);
    if (known) return known;
    const slots = slotsOf(candidates.zones, this.#options);
    const group = { slots, next: 0, minute: 0 };
    this.#groups.set(candidates.name, group);
    return group;
  }

  #count({ name, zones, isGuess }: Candidates, slot: Slot): void {
    const key = `${name} ${slot.notBefore} ${slot.notAfter}`;
    const planned = this.planned.get(key);
    if (planned) planned.rows++;
    else {
      this.planned.set(key, {
        ...slot,
        ...{ name, zones: zones.length, isGuess, rows: 1 },
      });
    }
  }
}

interface Group {
  slots: readonly Slot[];
  /** The slot that is not full yet, and the minute in it. */
  next: number;
  minute: number;
}

const MINUTE_MS = 60_000;

/** When all zones are inside the window, from now or `--at` on. */
function slotsOf(
  zones: readonly string[],
  { at, window, now }: ScheduleOptions,
): Slot[] {
  const start = at === undefined
    ? undefined
    : "ms" in at
    ? at.ms
    : Math.max(...zones.map((zone) => instantOf(at.local, zone)));
  if (!window) return [{ notBefore: start }];
  const from = Math.max(now, start ?? now);
  const [first = [], ...others] = zones.map((zone) =>
    windowsIn(zone, window, from)
  );
  return others.reduce(common, first)
    .filter(([, end]) => end > from)
    .map(([begin, end]) => ({
      notBefore: Math.max(begin, from),
      notAfter: end,
    }));
}

type Span = readonly [from: number, to: number];

function windowsIn(zone: string, { from, to }: Window, now: number): Span[] {
  const today = Temporal.Instant.fromEpochMilliseconds(now)
    .toZonedDateTimeISO(zone).toPlainDate();
  return Array.from({ length: LAST_DAY + 2 }, (_, day) => {
    // The day before: its window may be open in another zone.
    const date = today.add({ days: day - 1 });
    const moment = (minutes: number) =>
      date.add({ days: Math.floor(minutes / DAY_MINUTES) })
        .toZonedDateTime({
          timeZone: zone,
          plainTime: {
            hour: Math.floor(minutes % DAY_MINUTES / 60),
            minute: minutes % 60,
          },
        }).epochMilliseconds;
    return [moment(from), moment(to)] as const;
  });
}

/** What two ordered lists of spans have in common. */
function common(one: Span[], other: Span[]): Span[] {
  const found: Span[] = [];
  let a = 0;
  let b = 0;
  while (a < one.length && b < other.length) {
    const from = Math.max(one[a]![0], other[b]![0]);
    const to = Math.min(one[a]![1], other[b]![1]);
    if (from < to) found.push([from, to]);
    if (one[a]![1] < other[b]![1]) a++;
    else b++;
  }
  return found;
}

function instantOf(local: string, timeZone: string): number {
  return Temporal.PlainDateTime.from(local).toZonedDateTime(timeZone)
    .epochMilliseconds;
}
