/**
 * A token bucket for rate limits. Own code, because it follows the sandbox's
 * clock, which can be advanced.
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
