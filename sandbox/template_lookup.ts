/**
 * Finds the translation that a template message means and fills it in. What is
 * wrong is told as the reason code that the message's delivery report carries.
 *
 * @see https://developers.sinch.com/docs/conversation/templates/
 */
import type { JsonObject } from "./checks.ts";
import { CONTENT_NAMES } from "./message_content.ts";
import { findTemplate, newestOfEachLanguage } from "./state/templates.ts";
import type { Store } from "./store.ts";

export interface OmniTemplate {
  template_id: string;
  /** A translation's version, or "latest". */
  version: string;
  language_code?: string;
  parameters?: Record<string, string>;
}

export type TemplateFailure =
  | "TEMPLATE_NOT_FOUND"
  | "TEMPLATE_NON_EXISTING_LANGUAGE_OR_VERSION"
  | "TEMPLATE_INSUFFICIENT_PARAMETERS";

export const LATEST = "latest";

/** The content to send, or why there is none. */
export function filledTemplate(
  store: Store,
  { template_id, version, language_code, parameters }: OmniTemplate,
): { content: JsonObject } | { failure: TemplateFailure } {
  const template = findTemplate(store, template_id);
  if (!template) return { failure: "TEMPLATE_NOT_FOUND" };
  const language = sameForm(language_code || template.default_translation);
  const candidates = version === LATEST
    ? newestOfEachLanguage(template.translations)
    : template.translations.filter((one) => one.version === version);
  const translation = candidates.find((one) =>
    sameForm(one.language_code) === language
  );
  if (!translation) {
    return { failure: "TEMPLATE_NON_EXISTING_LANGUAGE_OR_VERSION" };
  }
  const name = CONTENT_NAMES.find((one) => translation[one])!;
  const content = substitute(translation[name], parameters ?? {});
  return content === undefined
    ? { failure: "TEMPLATE_INSUFFICIENT_PARAMETERS" }
    : { content: { [name]: content } };
}

/** Languages are written with a hyphen or an underscore. */
function sameForm(languageCode: string): string {
  return languageCode.replace("_", "-").toLowerCase();
}

/**
 * A copy of a JSON value with every `${key}` in its texts replaced; undefined
 * if a key has no value.
 */
export function substitute<T>(
  value: T,
  parameters: Record<string, string>,
): T | undefined {
  let isComplete = true;
  const filled = JSON.stringify(
    value,
    (_name, one) =>
      typeof one !== "string"
        ? one
        : one.replace(/\$\{([^}]+)\}/g, (_, key) => {
          isComplete &&= Object.hasOwn(parameters, key);
          return parameters[key] ?? "";
        }),
  );
  return isComplete ? JSON.parse(filled) : undefined;
}
