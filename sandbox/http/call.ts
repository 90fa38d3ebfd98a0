/** What a handler receives: one authorised request, parsed. */
import type { JsonObject } from "../contract/checks.ts";
import type { Store } from "../store/store.ts";

export interface Call {
  readonly store: Store;
  /** The parts of the path in braces, decoded; the API's paths have `project_id`. */
  readonly params: Readonly<Record<string, string>>;
  /** Query values; repeated keys are joined with commas, empty values are absent. */
  readonly query: Readonly<Record<string, string>>;
  /** The JSON body; `{}` if there is none. */
  readonly body: JsonObject;
}

/**
 * Returns the body of a 200 answer. A thrown `Refusal` becomes the API's error
 * envelope.
 */
export type Handler = (call: Call) => unknown;
