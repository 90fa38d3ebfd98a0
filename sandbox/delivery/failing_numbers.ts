/** Recipients that fail on purpose: the phone numbers +1 555 000 xxxx. */
import { SILENCE } from "../rules/rule.ts";

const PREFIX = "1555000";

const OUTCOMES = new Map(Object.entries({
  "0001": "RECIPIENT_INVALID_CHANNEL_IDENTITY",
  "0002": "RECIPIENT_NOT_REACHABLE",
  "0003": "RECIPIENT_NOT_OPTED_IN",
  "0004": "OUTSIDE_ALLOWED_SENDING_WINDOW",
  "0005": "CHANNEL_FAILURE",
  "0006": "CHANNEL_REJECT",
  "0007": "MEDIA_NOT_REACHABLE",
  "0008": "RATE_LIMITED",
  "0009": "UNKNOWN",
  "0000": SILENCE,
}));

/**
 * What messages to this identity end with, on every channel: a reason code or
 * {@linkcode SILENCE}. Other numbers receive theirs.
 */
export function outcomeOf(identity: string): string | undefined {
  return identity.startsWith(PREFIX)
    ? OUTCOMES.get(identity.slice(PREFIX.length))
    : undefined;
}
