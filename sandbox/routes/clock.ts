/** Control endpoints for the clock. */
import { checked, integer, object, required } from "../contract/checks.ts";
import { isoTime } from "../contract/time.ts";
import type { Call } from "../http/call.ts";

/** Ten years. */
const MAX_ADVANCE_MS = 10 * 366 * 24 * 60 * 60 * 1000;

/** `GET /_sandbox/clock` */
export function get({ store }: Call) {
  return { now: isoTime(store.now()), ahead_ms: store.aheadMs };
}

const advanceRequest = object({
  by_ms: required(integer(1, MAX_ADVANCE_MS)),
});

/** `POST /_sandbox/clock:advance`: everything due until then happens now. */
export function advance(call: Call) {
  const { by_ms } = checked(call.body, advanceRequest);
  call.store.advanceClock(by_ms);
  return get(call);
}
