/**
 * The work of a served sandbox: delivers messages and posts callbacks on time. Its
 * state is in the store, so another process continues where a killed one stopped.
 */
import { clearTimeout, setTimeout } from "node:timers";
import { CallbackPoster, type PosterOptions } from "./callbacks/poster.ts";
import { retryIfBusy } from "./contract/errors.ts";
import { advance } from "./delivery/delivery.ts";
import { DEFAULT_LATENCY_MS } from "./delivery/life.ts";
import { dueEntries, nextDue } from "./messages/timeline.ts";
import type { Store } from "./store/store.ts";

export interface LiveOptions extends PosterOptions {
  /** Between the steps of a message: queued, delivered, read. */
  latencyMs: number;
}

const DEFAULTS: LiveOptions = {
  fetch: (input, init) => globalThis.fetch(input, init),
  // The first retries of the schedule that Sinch documents for its SMS API.
  retryDelaysMs: [5, 10, 20, 40, 80, 160, 320].map((s) => s * 1000),
  timeoutMs: 10_000,
  anyTarget: false,
  latencyMs: DEFAULT_LATENCY_MS,
};

/** How many entries of the timeline one commit holds. */
const BATCH = 500;
/** How long to wait for further changes before a pass. */
const GATHER_MS = 5;
/** The longest time between two passes: other processes write, too. */
const LOOK_EVERY_MS = 1000;
/** After this time without a pass, another process takes over. */
const LEASE_MS = 3000;
/** How long a close waits for answers to callbacks. */
const GRACE_MS = 1000;

export class Live {
  readonly #options: LiveOptions;
  readonly #poster: CallbackPoster;
  readonly #holder = crypto.randomUUID();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #timerAt = Infinity;
  #pass: Promise<boolean> | undefined;
  #isClosed = false;

  constructor(readonly store: Store, options: Partial<LiveOptions>) {
    this.#options = { ...DEFAULTS, ...options };
    this.#poster = new CallbackPoster(store, this.#options);
    this.look(0);
  }

  /** Schedules a pass: something changed. */
  look(inMs: number = GATHER_MS): void {
    const at = performance.now() + inMs;
    if (this.#isClosed || at >= this.#timerAt) return;
    clearTimeout(this.#timer);
    this.#timerAt = at;
    // Does not keep the process alive.
    this.#timer = setTimeout(() => {
      this.#timerAt = Infinity;
      this.#run().catch(retryIfBusy).finally(() => this.#lookWhenDue());
    }, inMs).unref();
  }

  /** Does everything that is due, including the answers to callbacks. */
  async runDue(): Promise<void> {
    while (this.#isDue() && await this.#run()) await this.#poster.settled();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    await this.#pass?.catch(() => {});
    await this.#poster.close(GRACE_MS);
    await this.store.write(() =>
      this.store.run("DELETE FROM lease WHERE holder = ?", this.#holder)
    ).catch(() => {});
  }

  #isDue(): boolean {
    return !this.#isClosed &&
      (nextDue(this.store) ?? Infinity) <= this.store.now();
  }

  #lookWhenDue(): void {
    if (this.#isClosed) return;
    const now = this.store.now();
    // What is already due is in progress, here or in another process.
    const wait = (nextDue(this.store, now) ?? Infinity) - now;
    this.look(Math.min(wait, LOOK_EVERY_MS));
  }

  /** One pass at a time: a second one would repeat its entries. */
  #run(): Promise<boolean> {
    return this.#pass ??= this.#doDue().finally(() => this.#pass = undefined);
  }

  /** Returns false if another process does the work. */
  async #doDue(): Promise<boolean> {
    if (!this.#isDue() && !this.#poster.isBusy) return true;
    if (!await this.#holdLease()) return false;
    while (!this.#isClosed && dueEntries(this.store, 1).length > 0) {
      await this.store.write(() => {
        for (const entry of dueEntries(this.store, BATCH)) {
          advance(this.store, entry, this.#options.latencyMs);
        }
      });
    }
    this.#poster.start(() => this.look());
    return true;
  }

  #holdLease(): Promise<boolean> {
    const now = this.store.now();
    return this.store.write(() =>
      this.store.run(
        `INSERT INTO lease VALUES (1, ?, ?) ON CONFLICT (id) DO UPDATE SET
           holder = excluded.holder, until = excluded.until
         WHERE holder = excluded.holder OR until <= ?`,
        this.#holder,
        now + LEASE_MS,
        now,
      ) === 1
    );
  }
}
