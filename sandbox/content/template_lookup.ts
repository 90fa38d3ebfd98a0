/**
 * Finds the translation for a template message and fills it in. A failure is the
 * reason code of the message's delivery report.
 *
 * @see https://developers.sinch.com/docs/conversation/templates/
 */
import type { Store } from "../store/store.ts";
import {
  type ChannelTemplate,
  type ContentHolder,
  contentOf,
  type OmniTemplate,
} from "./contents.ts";
import {
  findTemplate,
  LATEST,
  newestOfEachLanguage,
  type Translation,
} from "./templates.ts";

export type TemplateFailure =
  | "TEMPLATE_NOT_FOUND"
  | "TEMPLATE_NON_EXISTING_LANGUAGE_OR_VERSION"
  | "TEMPLATE_INSUFFICIENT_PARAMETERS";

/** A template's content, and its overrides by channel. */
export interface FilledTemplate {
  content: ContentHolder;
  overrides: Record<string, ChannelTemplate>;
}

/** The filled content, or why there is none. */
export function filledTemplate(
  store: Store,
  { template_id, version, language_code, parameters }: OmniTemplate,
): FilledTemplate | { failure: TemplateFailure } {
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
  // The check of templates requires a content.
  const { name, body } = contentOf(translation)!;
  const content = substitute(body, parameters ?? {});
  return content === undefined
    ? { failure: "TEMPLATE_INSUFFICIENT_PARAMETERS" }
    : {
      content: { [name]: content },
      overrides: filledOverrides(translation, parameters ?? {}),
    };
}

function filledOverrides(
  { channel_template_overrides }: Translation,
  values: Record<string, string>,
): Record<string, ChannelTemplate> {
  return Object.fromEntries(
    Object.entries(channel_template_overrides).map((
      [channel, { template_reference, parameter_mappings }],
    ) => [channel, {
      ...template_reference,
      parameters: {
        ...template_reference.parameters,
        ...Object.fromEntries(
          Object.entries(parameter_mappings ?? {}).flatMap((
            [parameter, key],
          ) => Object.hasOwn(values, key) ? [[parameter, values[key]!]] : []),
        ),
      },
    }]),
  );
}

/** Language codes are written with a hyphen or an underscore. */
function sameForm(languageCode: string): string {
  return languageCode.replaceAll("_", "-").toLowerCase();
}

/**
 * A copy of a JSON value with every `${key}` replaced; undefined if a key has no
 * value.
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
        : one.replace(/\$\{([^{}]+)\}/g, (_, key) => {
          isComplete &&= Object.hasOwn(parameters, key);
          return parameters[key] ?? "";
        }),
  );
  return isComplete ? JSON.parse(filled) : undefined;
}
