/** What a handler is given: one authorised request, taken apart. */
import type { JsonObject } from "../contract/checks.ts";
import type { Store } from "../store/store.ts";

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
 * Answers with 200 and this value as JSON. What it throws as a `Refusal` becomes
 * the API's error envelope.
 */
export type Handler = (call: Call) => unknown;
