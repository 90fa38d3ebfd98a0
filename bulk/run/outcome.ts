/** What the answer to a send says of its row: was it sent, or is that unknown? */
import type { SendMessageResponse } from "../../api/messages.ts";
import { answerIn } from "../../api/http/client.ts";
import type { Outcome } from "../../api/http/exchange.ts";
import type { ApiRequest } from "../../api/http/request.ts";
import { retryAfterMs } from "../../api/http/retry.ts";
import { Failure } from "../../errors.ts";

export type Verdict =
  | { kind: "accepted"; messageId: string }
  /** The API says no to this row; others may be fine. */
  | { kind: "refused"; reason: string }
  /** It may have been accepted: it is not sent again by itself. */
  | { kind: "unknown"; reason: string }
  /** It was not sent, and can be later. */
  | { kind: "later"; reason: string; isLimit: boolean; afterMs?: number }
  /** It was not sent, and no other row would be: a refused key, a missing app. */
  | { kind: "end"; failure: Failure };

/**
 * @param outcome Of one exchange; nothing was tried a second time.
 * @param now Milliseconds since 1970, for a `Retry-After` that names a date.
 */
export function verdictOf(
  request: ApiRequest<SendMessageResponse>,
  outcome: Outcome,
  now: number,
): Verdict {
  if (outcome.kind === "not_sent") {
    return { kind: "later", reason: outcome.reason, isLimit: false };
  }
  if (outcome.kind === "answer" && outcome.status === 429) {
    return {
      kind: "later",
      reason: "429 Too Many Requests",
      isLimit: true,
      afterMs: retryAfterMs(outcome.headers, now),
    };
  }
  try {
    const { message_id } = answerIn(request, outcome);
    return { kind: "accepted", messageId: message_id };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    if (error.kind === "auth") return { kind: "end", failure: error };
    const { message: reason } = error;
    return error.kind === "outcome_unknown"
      ? { kind: "unknown", reason: unknownReason(outcome) }
      : { kind: "refused", reason };
  }
}

function unknownReason(outcome: Outcome): string {
  return outcome.kind === "answer"
    ? `the server answered ${outcome.status}`
    : outcome.reason;
}
