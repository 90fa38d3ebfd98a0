/**
 * How fast a run sends: as fast as the answers come, until the API says 429.
 * Then the rate falls by 0.7 and comes back slowly; it falls once a second at
 * most, however many answers say 429, and again only where that did not help.
 */
import type { Clock } from "../../runtime/runtime.ts";

const CUT = 0.7;
/** Sends a second. */
const SLOWEST = 0.5;
const CUT_EVERY_MS = 1000;
/** Fewer 429 since the last cut are chance: a lower rate would not help. */
const SHARE_TO_CUT = 0.1;
const FEWEST_TO_CUT = 5;
/** A rate measured over less than this says nothing. */
const SHORTEST_MEASURE_MS = 100;
/** Added to the rate in a second without a cut. */
const WAY_BACK = 0.02;
/** All rows together may be put off this often without one that is accepted. */
const BUDGET = 500;
const MAX_PAUSES = 8;
/** Unknown outcomes in a row: a server that answers nothing else gets no more. */
const MAX_UNKNOWN = 50;
const LONGEST_PAUSE_MS = 30_000;
/** A `Retry-After` is believed up to here. */
const MAX_RETRY_AFTER_MS = 60_000;

export interface PaceOptions {
  clock: Clock;
  random(): number;
  /** Sends a second, at most; no limit by default. */
  rate?: number;
}

export class Pace {
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #fastest: number;
  #limit: number;
  /** When the next send may begin; milliseconds since 1970. */
  #next = 0;
  #pausedUntil = 0;
  #pauses = 0;
  #budget = BUDGET;
  #unknown = 0;
  #cutAt = -Infinity;
  /** Sends and 429 since the last cut. */
  #since = { sent: 0, limited: 0 };
  #second = { from: 0, sent: 0 };
  /** Sends a second, as of the last whole one. */
  #measured = 0;

  constructor({ clock, random, rate = Infinity }: PaceOptions) {
    this.#clock = clock;
    this.#random = random;
    this.#fastest = rate;
    this.#limit = rate;
  }

  /** Resolves when a send may begin; rejects with the reason of `stop`. */
  async turn(stop: AbortSignal): Promise<void> {
    const at = Math.max(this.#next, this.#clock.now());
    this.#next = at + 1000 / this.#limit;
    for (;;) {
      stop.throwIfAborted();
      const now = this.#clock.now();
      const until = Math.max(at, this.#pausedUntil);
      if (until <= now) break;
      await this.#clock.sleep(Math.ceil(until - now), stop);
    }
    this.#tick();
    this.#second.sent++;
    this.#since.sent++;
  }

  /** A send was accepted. */
  accepted(): void {
    this.#tick();
    this.#pauses = 0;
    this.#unknown = 0;
    this.#budget = Math.min(BUDGET, this.#budget + 1);
  }

  /**
   * The API asked for less.
   *
   * @param afterMs What its `Retry-After` says.
   * @returns When the row may be sent again; milliseconds since 1970.
   */
  limited(afterMs = 0): number {
    this.#tick();
    this.#budget--;
    this.#since.limited++;
    const now = this.#clock.now();
    if (now - this.#cutAt >= CUT_EVERY_MS && this.#isTooFast()) {
      const rate = Math.min(this.#limit, this.#rate(now));
      this.#limit = Math.max(SLOWEST, rate * CUT);
      this.#cutAt = now;
      this.#since = { sent: 0, limited: 0 };
      this.#next = Math.max(this.#next, now + 1000 / this.#limit);
    }
    const floor = Math.min(afterMs, MAX_RETRY_AFTER_MS);
    this.#pausedUntil = Math.max(this.#pausedUntil, now + floor);
    return now + Math.max(floor, Math.round(200 + this.#random() * 800));
  }

  /**
   * There was no connection: nothing is sent for a while.
   *
   * @returns When the row may be sent again; milliseconds since 1970.
   */
  failed(): number {
    const now = this.#clock.now();
    // Sends that were under way together failed together: that is one failure.
    if (now >= this.#pausedUntil) {
      this.#pauses++;
      const ms = Math.min(LONGEST_PAUSE_MS, 500 * 2 ** this.#pauses);
      this.#pausedUntil = now + Math.round(ms / 2 * (1 + this.#random()));
    }
    return this.#pausedUntil;
  }

  /** It is not known whether a send was accepted. */
  lost(): void {
    this.#unknown++;
  }

  /** Whether trying on has become pointless. */
  get isExhausted(): boolean {
    return this.#budget <= 0 || this.#pauses > MAX_PAUSES ||
      this.#unknown >= MAX_UNKNOWN;
  }

  /** Milliseconds until anything is sent again, where it has been stopped. */
  get pausedMs(): number {
    return Math.max(0, this.#pausedUntil - this.#clock.now());
  }

  /** Sends a second that are allowed now; `Infinity` for no limit. */
  get limit(): number {
    return this.#limit;
  }

  #isTooFast(): boolean {
    // The first 429 is believed.
    if (this.#limit >= this.#fastest) return true;
    const { sent, limited } = this.#since;
    return limited >= FEWEST_TO_CUT && limited >= sent * SHARE_TO_CUT;
  }

  /** Sends a second: of the last whole one, or so far. */
  #rate(now: number): number {
    const { from, sent } = this.#second;
    return this.#measured ||
      sent * 1000 / Math.max(SHORTEST_MEASURE_MS, now - from);
  }

  /** Closes the second that is over, and lets the rate come back. */
  #tick(): void {
    const now = this.#clock.now();
    const elapsed = now - this.#second.from;
    if (elapsed < 1000) return;
    const isFresh = this.#second.from > 0 && elapsed < 2000;
    if (isFresh) this.#measured = this.#second.sent * 1000 / elapsed;
    this.#second = { from: now, sent: 0 };
    if (this.#limit < this.#fastest && now - this.#cutAt >= CUT_EVERY_MS) {
      const grown = this.#limit + Math.max(1, this.#limit * WAY_BACK);
      // Where something else is slower, the limit does not run away from it.
      const ceiling = Math.max(2 * this.#measured, SLOWEST + 1, this.#limit);
      this.#limit = Math.min(this.#fastest, ceiling, grown);
    }
  }
}
