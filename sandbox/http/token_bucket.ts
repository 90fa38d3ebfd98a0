/**
 * How many requests may pass: a bucket that fills with time. Own code, because
 * the time is the sandbox's, which can be put forward.
 */
export class TokenBucket {
  #level: number;
  #filledAt: number | undefined;

  constructor(readonly perSecond: number, readonly size = perSecond) {
    this.#level = size;
  }

  /** @param now epoch milliseconds */
  take(now: number): boolean {
    const passedMs = now - (this.#filledAt ?? now);
    this.#filledAt = now;
    this.#level = Math.min(
      this.size,
      this.#level + passedMs * this.perSecond / 1000,
    );
    if (this.#level < 1) return false;
    this.#level--;
    return true;
  }
}
