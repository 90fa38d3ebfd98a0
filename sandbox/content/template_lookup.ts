/** Finds the template that a message names, and fills it in. */
import type { OmniTemplate } from "../../channels/message.ts";
import {
  type FilledTemplate,
  filledTemplate,
  type UnfilledTemplate,
} from "../../channels/omni_template.ts";
import type { Store } from "../store/store.ts";
import { findTemplate } from "./templates.ts";

export function lookUpTemplate(
  store: Store,
  reference: OmniTemplate,
): FilledTemplate | UnfilledTemplate {
  const template = findTemplate(store, reference.template_id);
  return template
    ? filledTemplate(template, reference)
    : { failure: "TEMPLATE_NOT_FOUND" };
}
