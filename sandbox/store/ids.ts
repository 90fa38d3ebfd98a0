/**
 * ULIDs, the IDs of nearly everything in the API.
 *
 * Own code because the sandbox relies on their structure: a message's ID contains
 * its accept time, so ID order is time order. That requires IDs for a given moment
 * (injected messages) and an injected clock, which the npm package's monotonic
 * factory does not offer.
 *
 * @see https://github.com/ulid/spec
 */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const TIME_LENGTH = 10;
const RANDOM_LENGTH = 16;

/** Creates IDs; they rise strictly as long as the time does not fall. */
export class IdSource {
  #lastMs = -1;
  #digits = new Uint8Array(RANDOM_LENGTH);

  /** An ID for `ms` (epoch milliseconds): random, or the last ID plus one. */
  next(ms: number): string {
    if (ms === this.#lastMs) increment(this.#digits);
    else {
      randomDigits(this.#digits);
      this.#lastMs = ms;
    }
    return firstIdAt(ms, this.#digits);
  }
}

/** The latest time that an ID can hold. */
const MAX_MS = 2 ** 48 - 1;

/** The lowest ID of a millisecond, or the one with these digits. */
export function firstIdAt(
  ms: number,
  digits: Uint8Array = new Uint8Array(RANDOM_LENGTH),
): string {
  let id = "";
  const held = Math.min(Math.max(ms, 0), MAX_MS);
  for (let rest = held, place = 0; place < TIME_LENGTH; place++) {
    id = ALPHABET[rest % 32] + id;
    rest = Math.floor(rest / 32);
  }
  for (const digit of digits) id += ALPHABET[digit];
  return id;
}

/** The epoch milliseconds of an ID. */
export function timeOfId(id: string): number {
  let ms = 0;
  for (let place = 0; place < TIME_LENGTH; place++) {
    ms = ms * 32 + ALPHABET.indexOf(id[place]!);
  }
  return ms;
}

function randomDigits(digits: Uint8Array): void {
  crypto.getRandomValues(digits);
  for (let place = 0; place < RANDOM_LENGTH; place++) digits[place]! &= 31;
}

/** Adds one; 80 bits do not overflow within a millisecond. */
function increment(digits: Uint8Array): void {
  for (let place = RANDOM_LENGTH - 1; place >= 0; place--) {
    if (digits[place]! < 31) {
      digits[place]! += 1;
      return;
    }
    digits[place] = 0;
  }
}
