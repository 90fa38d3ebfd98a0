/** What a handler is given: one authorised request, taken apart. */
import type { JsonObject } from "./checks.ts";
import type { Store } from "./store.ts";

export interface Call {
  readonly store: Store;
  /** The parts of the path in braces, decoded; `project_id` in all of the API's. */
  readonly params: Readonly<Record<string, string>>;
  /** Query values; a repeated key is comma-joined, an empty value is absent. */
  readonly query: Readonly<Record<string, string>>;
  /** The JSON body; `{}` when there was none. */
  readonly body: JsonObject;
}

/**
 * Answers with 200 and this value as JSON; a string is JSON text already. What
 * it throws as a `Refusal` becomes the API's error envelope.
 */
export type Handler = (call: Call) => unknown;

let last = { ms: 0, text: "1970-01-01T00:00:00.000Z" };

/** Epoch milliseconds as the API writes time. */
export function rfc3339(ms: number): string {
  // Of many answers in a row the time is the same.
  if (ms !== last.ms) last = { ms, text: new Date(ms).toISOString() };
  return last.text;
}
