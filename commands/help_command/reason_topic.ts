/** `sinch help reasons`: why messages fail. */
import { explained, REASONS, SUB_CODES } from "../../channels/reasons.ts";
import { usageError } from "../../errors.ts";
import { nearest } from "../../options/nearest.ts";
import type { Row } from "../help.ts";
import type { Topic } from "./topic.ts";

const ALL = { ...REASONS, ...SUB_CODES };

export const REASONS_TOPIC: Topic = {
  text:
    "Why a message or event was not delivered: the reason code of a FAILED or SWITCHING_CHANNEL delivery report, and what to do about it. `sinch help reasons MEDIA_TOO_LARGE` shows one code.",
  sections: [
    ["Reason codes", Object.keys(REASONS).map(rowOf)],
    ["Sub-codes", Object.keys(SUB_CODES).map(rowOf)],
  ],
};

function rowOf(code: string): Row {
  return [code, explained(code)!];
}

/** @throws {Failure} "usage" for an unknown code, with the nearest. */
export function reasonTopic(word: string): Topic {
  const code = word.trim().toUpperCase().replaceAll("-", "_");
  if (!Object.hasOwn(ALL, code)) {
    const known = Object.keys(ALL);
    const similar = nearest(code, known) ??
      known.find((name) => code.length > 2 && name.includes(code));
    throw usageError(
      `Unknown reason code "${word}"`,
      similar
        ? `Did you mean ${similar}?`
        : "See `sinch help reasons` for all codes.",
    );
  }
  return { text: `${code}: ${explained(code)}`, sections: [] };
}
