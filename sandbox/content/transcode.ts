/** How a message in the store looks on a channel. */
import {
  type Arrival,
  arrivalOf,
  type Sending,
} from "../../channels/arrival.ts";
import type { Store } from "../store/store.ts";
import { lookUpTemplate } from "./template_lookup.ts";

/** What arrives of a message, with the templates of the store. */
export function arrivalOn(
  store: Store,
  sending: Omit<Sending, "lookUp">,
): Arrival {
  return arrivalOf({
    ...sending,
    lookUp: (reference) => lookUpTemplate(store, reference),
  });
}
