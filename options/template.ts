/**
 * The values of a template as they are typed, and the request body they make.
 *
 * @see https://developers.sinch.com/docs/conversation/api-reference/template
 */
import { type ArgumentValue, Type } from "@cliffy/command";
import { usageError } from "../errors.ts";
import { Source } from "./value_type.ts";
import {
  anyOf,
  type Check,
  exactlyOne,
  json,
  jsonObject,
  languageCode,
  list,
  number,
  object,
  refusal,
  text,
} from "./checks.ts";
import { type AppMessage, CONTENT_FIELDS } from "../api/message_body.ts";
import { checkMessage } from "./message.ts";
import {
  contentField,
  LATEST,
  type Template,
  type TemplateInput,
  type Translation,
  withoutLatest,
} from "../api/templates.ts";

/** A message in one language. */
export interface Translated {
  language: string;
  message: AppMessage;
}

/** The fields of a template that options and the wizard set. */
export interface TemplateFields {
  id: string | undefined;
  description: string | undefined;
  /** Of `message` (default: the template's default translation). */
  language: string | undefined;
  message: AppMessage | undefined;
  /** More languages. */
  translations: Translated[] | undefined;
  /** Preview values of placeholders. */
  previews: Preview[] | undefined;
}

export type Preview = [key: string, value: string];

const DEFAULT_LANGUAGE = "en-US";
const FIRST_VERSION = "1";

/**
 * The body of a new template.
 *
 * @throws {Failure} "usage" for fields that contradict each other, and naming
 * what is missing.
 */
export function newTemplate(fields: TemplateFields): TemplateInput {
  const { id, description, previews } = fields;
  const default_translation = fields.language ?? DEFAULT_LANGUAGE;
  const messages = messagesOf(fields, default_translation);
  if (!messages.some(({ language }) => language === default_translation)) {
    throw usageError("Missing --text, --message or --json-template");
  }
  return {
    ...id !== undefined && { id },
    ...description !== undefined && { description },
    default_translation,
    translations: withVariables(withMessages([], messages), previews),
  };
}

/**
 * Refuses what can be refused before the template is read.
 *
 * @throws {Failure} "usage" for fields that contradict each other, and for none.
 */
export function checkTemplateChanges(fields: TemplateFields): void {
  const { description, previews = [] } = fields;
  if (
    messagesOf(fields, "").length === 0 && previews.length === 0 &&
    description === undefined
  ) {
    throw usageError(
      "Nothing to update",
      "Add --description, --text, --message, --translation, --variable or --json-template.",
    );
  }
}

/**
 * The body that replaces `current`: the same but for these fields. A language
 * that it has no translation for is added.
 *
 * @throws {Failure} "usage" for a preview without its placeholder.
 */
export function changedTemplate(
  current: Template,
  fields: TemplateFields,
): TemplateInput {
  const { id, version, default_translation = DEFAULT_LANGUAGE } = current;
  const translations = withVariables(
    withMessages(
      ownTranslations(current.translations ?? []),
      messagesOf(fields, default_translation),
    ),
    fields.previews,
  );
  const description = fields.description ?? current.description;
  return { id, description, version, default_translation, translations };
}

/**
 * The template that a JSON text holds. Answers of the API are good input: what
 * only they have is left out.
 */
export const templateFromJson: Check<TemplateInput, string> = (text, at) => {
  const { create_time: _, update_time: __, ...template } = json(checkTemplate)(
    text,
    at,
  );
  const translations = ownTranslations(template.translations);
  const languages = translations.map(({ language_code }) => language_code);
  if (!languages.includes(template.default_translation)) {
    throw usageError(
      `${at}: default_translation must be ${
        anyOf(languages)
      }, got "${template.default_translation}"`,
    );
  }
  return { ...template, translations };
};

/** Without the copies called `latest`, and without the API's own times. */
export function ownTranslations(all: Translation[]): Translation[] {
  return withoutLatest(all).map((translation) => {
    const { create_time: _, update_time: __, ...own } = translation;
    const { version = FIRST_VERSION } = own;
    return { ...own, version: version === LATEST ? FIRST_VERSION : version };
  });
}

/** The keys of the `${key}` placeholders in a message, each once. */
export function placeholders(message: unknown): string[] {
  const found = JSON.stringify(message).matchAll(PLACEHOLDER);
  return [...new Set([...found].map(([, key]) => key!))];
}

const PLACEHOLDER = /\$\{([^{}"\\]+)\}/g;

function messagesOf(
  { language, message, translations = [] }: TemplateFields,
  defaultLanguage: string,
): Translated[] {
  if (!message && language !== undefined) {
    throw usageError("--language requires --text or --message");
  }
  const given = message
    ? [{ language: language ?? defaultLanguage, message }, ...translations]
    : translations;
  const languages = given.map(({ language }) => language);
  const twice = languages.find((one, at) => languages.indexOf(one) < at);
  if (twice) throw usageError(`--translation gives ${twice} a second message`);
  return given;
}

export const textMessage: Check<AppMessage, string> = (value, at) => ({
  text_message: { text: text()(value, at) },
});

/** A placeholder may stand for a URL: checked as if filled in. */
export const messageFromJson: Check<AppMessage, string> = (value, at) => {
  json(checkMessage)(value.replace(PLACEHOLDER, "https://example.com"), at);
  return json((message) => message as AppMessage)(value, at);
};

/** BCP 47 only: templates do not accept WhatsApp's underscore. */
export const templateLanguage: Check<string, string> = (value, at) => {
  if (value.includes("_")) {
    throw refusal(at, "must be a language code such as en-US", value);
  }
  return languageCode(value, at);
};

/** `sv-SE=Hej ${name}`, a message as JSON after the `=`, or `sv-SE=@file`. */
export class TranslationType extends Type<Source<Translated>> {
  parse(given: ArgumentValue): Source<Translated> {
    const at = "--translation";
    const [code, value] = splitPair(given.value, at, "sv-SE=Hej");
    const language = templateLanguage(code, at);
    return new Source(value, `${at} ${code}`, (text, at) => ({
      language,
      message: text.trimStart().startsWith("{")
        ? messageFromJson(text, at)
        : textMessage(text, at),
    }));
  }
}

/** `name=Jane` */
export const previewFromText: Check<Preview, string> = (value, at) =>
  splitPair(value, at, "name=Jane");

/** What is before the first `=`, and what is after it. */
function splitPair(
  pair: string,
  at: string,
  example: string,
): [string, string] {
  const split = pair.indexOf("=");
  if (split < 1) throw refusal(at, `must be written as ${example}`, pair);
  return [pair.slice(0, split), pair.slice(split + 1)];
}

/** The translations with these messages set in them. */
function withMessages(
  translations: Translation[],
  messages: Translated[],
): Translation[] {
  const changed = [...translations];
  for (const { language, message } of messages) {
    // The newest of a language comes last.
    const at = changed.findLastIndex(({ language_code }) =>
      language_code === language
    );
    const translation: Translation = {
      ...at < 0
        ? { language_code: language, version: FIRST_VERSION }
        : withoutContent(changed[at]!),
      ...message,
    };
    changed.splice(at < 0 ? changed.length : at, 1, translation);
  }
  return changed;
}

/** The translations with a variable for each placeholder in them. */
function withVariables(
  translations: Translation[],
  given: readonly Preview[] = [],
): Translation[] {
  const previews = new Map(given);
  const known = translations.flatMap(placeholdersOf);
  const stranger = [...previews.keys()].find((key) => !known.includes(key));
  if (stranger !== undefined) {
    throw usageError(
      `--variable ${stranger}: the message has no \${${stranger}}`,
      "Put the message in single quotes; in double quotes the shell replaces placeholders itself.",
    );
  }
  return translations.map((translation) => {
    const { variables = [], ...rest } = translation;
    const own = new Map(variables.map((one) => [one.key, one.preview_value]));
    const keys = placeholdersOf(translation);
    return keys.length === 0 ? rest as Translation : {
      ...rest as Translation,
      variables: keys.map((key) => ({
        key,
        preview_value: previews.get(key) ?? own.get(key) ?? "",
      })),
    };
  });
}

function placeholdersOf(translation: Translation): string[] {
  return placeholders(translation[contentField(translation) ?? ""] ?? {});
}

function withoutContent(translation: Translation): Translation {
  const { [contentField(translation) ?? ""]: _, ...rest } = translation;
  return rest as Translation;
}

const anyText: Check<string> = (value, at) => {
  if (typeof value !== "string") throw refusal(at, "must be a text", value);
  return value;
};

const translation: Check<Translation> = (value, at) => {
  const checked = translationFields(value, at);
  if (checked.language_code) return checked;
  throw usageError(`${at}: language_code is missing`);
};

const translationFields = exactlyOne<Translation>(
  Object.fromEntries(CONTENT_FIELDS.map((field) => [field, jsonObject])),
  {
    language_code: (value, at) => templateLanguage(text()(value, at), at),
    version: text(),
    variables: list(
      object<{ key: string; preview_value?: string }>({
        key: text(),
        preview_value: anyText,
      }, "key"),
    ),
    channel_template_overrides: jsonObject,
    create_time: anyText,
    update_time: anyText,
  },
);

const checkTemplate = object<
  TemplateInput & Pick<Template, "create_time" | "update_time">
>(
  {
    id: text(),
    description: anyText,
    version: number(1, Number.MAX_SAFE_INTEGER),
    default_translation: (value, at) => templateLanguage(text()(value, at), at),
    translations: list(translation, { min: 1 }),
    create_time: anyText,
    update_time: anyText,
  },
  "default_translation",
  "translations",
);
