/**
 * Filling in a template of the project: its `${key}` placeholders, and the
 * channel's own template that takes its place.
 *
 * @see https://developers.sinch.com/docs/conversation/templates/
 */
import {
  type ChannelTemplate,
  type ContentHolder,
  contentOf,
  type OmniTemplate,
} from "./message.ts";

/** The version that a send names for the newest translation. */
export const LATEST = "latest";

export type TemplateFailure =
  | "TEMPLATE_NOT_FOUND"
  | "TEMPLATE_NON_EXISTING_LANGUAGE_OR_VERSION"
  | "TEMPLATE_INSUFFICIENT_PARAMETERS";

export interface TemplateOverride {
  template_reference: ChannelTemplate;
  /** From parameters of the channel's template to those of this one. */
  parameter_mappings?: Record<string, string> | null;
}

export type Translation = ContentHolder & {
  language_code: string;
  version?: string | null;
  channel_template_overrides?: Record<string, TemplateOverride> | null;
};

export interface Template {
  default_translation: string;
  translations: Translation[];
}

/** A template's content, and its overrides by channel. */
export interface FilledTemplate {
  content: ContentHolder;
  overrides: Record<string, ChannelTemplate>;
  /** Parameters that are given, but not used. */
  unused: string[];
}

export interface UnfilledTemplate {
  failure: TemplateFailure;
  /** Parameters that are not given. */
  missing?: string[];
}

/** The filled content, or why there is none. */
export function filledTemplate(
  template: Template,
  { version, language_code, parameters }: OmniTemplate,
): FilledTemplate | UnfilledTemplate {
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
  const content = contentOf(translation);
  if (!content) return { failure: "TEMPLATE_NOT_FOUND" };
  const values = parameters ?? {};
  const keys = keysOf(content.body);
  const missing = missingKeys(keys, values);
  if (missing.length > 0) {
    return { failure: "TEMPLATE_INSUFFICIENT_PARAMETERS", missing };
  }
  const overrides = translation.channel_template_overrides ?? {};
  const used = new Set([
    ...keys,
    ...Object.values(overrides).flatMap(({ parameter_mappings }) =>
      Object.values(parameter_mappings ?? {})
    ),
  ]);
  return {
    content: { [content.name]: replaced(content.body, values) },
    overrides: Object.fromEntries(
      Object.entries(overrides).map(([channel, override]) => [
        channel,
        filledOverride(override, values),
      ]),
    ),
    unused: Object.keys(values).filter((key) => !used.has(key)),
  };
}

/** Of each language, the newest translation: the one listed last. */
export function newestOfEachLanguage<T extends { language_code: string }>(
  translations: T[],
): T[] {
  return [
    ...new Map(translations.map((one) => [one.language_code, one])).values(),
  ];
}

function filledOverride(
  { template_reference, parameter_mappings }: TemplateOverride,
  values: Record<string, string>,
): ChannelTemplate {
  return {
    ...template_reference,
    parameters: {
      ...template_reference.parameters,
      ...Object.fromEntries(
        Object.entries(parameter_mappings ?? {}).flatMap((
          [parameter, key],
        ) => Object.hasOwn(values, key) ? [[parameter, values[key]!]] : []),
      ),
    },
  };
}

/** Language codes are written with a hyphen or an underscore. */
function sameForm(languageCode: string): string {
  return languageCode.replaceAll("_", "-").toLowerCase();
}

const PLACEHOLDER = /\$\{([^{}]+)\}/g;

/** The keys of the placeholders in all texts of a JSON value, each once. */
function keysOf(value: unknown): string[] {
  const keys = new Set<string>();
  JSON.stringify(value, (_name, one) => {
    if (typeof one === "string") {
      for (const [, key] of one.matchAll(PLACEHOLDER)) keys.add(key!);
    }
    return one;
  });
  return [...keys];
}

function missingKeys(keys: string[], values: Record<string, string>) {
  return keys.filter((key) => !Object.hasOwn(values, key));
}

/**
 * A copy of a JSON value with every `${key}` replaced; undefined if a key has no
 * value.
 */
export function substitute<T>(
  value: T,
  values: Record<string, string>,
): T | undefined {
  return missingKeys(keysOf(value), values).length > 0
    ? undefined
    : replaced(value, values);
}

function replaced<T>(value: T, values: Record<string, string>): T {
  return JSON.parse(JSON.stringify(
    value,
    (_name, one) =>
      typeof one === "string"
        ? one.replace(
          PLACEHOLDER,
          (_, key) => Object.hasOwn(values, key) ? values[key]! : "",
        )
        : one,
  ));
}
