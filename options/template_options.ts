/**
 * The options of a template as they are typed, and the request body they make.
 * Flags and wizard fill the same `TemplateOptions`.
 *
 * @see https://developers.sinch.com/docs/conversation/api-reference/template
 */
import { usageError } from "../errors.ts";
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
} from "../api/checks.ts";
import {
  type AppMessage,
  checkMessage,
  CONTENT_FIELDS,
} from "../api/message_body.ts";
import {
  contentField,
  LATEST,
  type Template,
  type TemplateInput,
  type Translation,
  withoutLatest,
} from "../api/templates.ts";

/** Texts as typed, `@file` and `-` already replaced by what they stand for. */
export interface TemplateOptions {
  id?: string;
  description?: string;
  /** Of `text` or `message`; the default translation's if left out. */
  language?: string;
  /** A text message. */
  text?: string;
  /** A message of any kind, as JSON. */
  message?: string;
  /** More languages: `sv-SE=Hej ${name}`, or a message as JSON after the `=`. */
  translation?: string[];
  /** What a `${key}` stands for in a preview: `key=preview`. */
  variable?: string[];
  /** The whole template as JSON, instead of all the others. */
  jsonTemplate?: string;
}

const DEFAULT_LANGUAGE = "en-US";
const FIRST_VERSION = "1";

/**
 * The body of a new template.
 *
 * @throws {Failure} "usage" for values that will not do, and naming what is missing.
 */
export function newTemplate(options: TemplateOptions): TemplateInput {
  if (options.jsonTemplate !== undefined) {
    // The API counts from 1, whatever the version of what was copied.
    const { version: _, ...template } = wholeTemplate(options);
    return template;
  }
  const default_translation = options.language ?? DEFAULT_LANGUAGE;
  const messages = givenMessages(options, default_translation);
  if (!messages.some(({ language }) => language === default_translation)) {
    throw usageError("Missing: --text, --message or --json-template");
  }
  return {
    ...describing(options),
    default_translation,
    translations: withVariables(withMessages([], messages), options.variable),
  };
}

/**
 * Refuses what can be refused before the template is read.
 *
 * @throws {Failure} "usage" for values that will not do, and when there are none.
 */
export function checkTemplateChanges(options: TemplateOptions): void {
  const messages = givenMessages(options, "");
  const { size } = previewsOf(options.variable ?? []);
  if (
    messages.length === 0 && size === 0 &&
    !("description" in describing(options))
  ) {
    throw usageError(
      "Nothing to update: give --description, --text, --message, --translation, --variable or --json-template",
    );
  }
}

/**
 * The body that replaces `current`: the same but for what these options set. A
 * language that it has no translation for is added to it.
 *
 * @throws {Failure} "usage" for values that will not do.
 */
export function changedTemplate(
  current: Template,
  options: TemplateOptions,
): TemplateInput {
  const default_translation = current.default_translation ?? DEFAULT_LANGUAGE;
  const { id, version } = current;
  const { description = current.description } = describing(options);
  const translations = withVariables(
    withMessages(
      ownTranslations(current.translations ?? []),
      givenMessages(options, default_translation),
    ),
    options.variable,
  );
  return { id, description, version, default_translation, translations };
}

/**
 * The template that `jsonTemplate` holds. Answers of the API are good input:
 * what only they have is left out.
 *
 * @throws {Failure} "usage"
 */
export function wholeTemplate(options: TemplateOptions): TemplateInput {
  const at = "--json-template";
  const { jsonTemplate, ...others } = options;
  const other = OTHER_OPTIONS.find((name) => others[name] !== undefined);
  if (other) {
    throw usageError(
      `${at} is the whole template: --${other} would be ignored`,
      `Leave out ${at} or --${other}.`,
    );
  }
  const { create_time: _, update_time: __, ...template } = json(checkTemplate)(
    jsonTemplate!,
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
}

const OTHER_OPTIONS = [
  "id",
  "description",
  "language",
  "text",
  "message",
  "translation",
  "variable",
] as const satisfies (keyof TemplateOptions)[];

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

interface GivenMessage {
  language: string;
  message: AppMessage;
}

function givenMessages(
  options: TemplateOptions,
  defaultLanguage: string,
): GivenMessage[] {
  const more = (options.translation ?? []).map(translationFromText);
  const message = mainMessage(options);
  if (!message && options.language !== undefined) {
    throw usageError(
      "Missing: --text or --message, whose language --language is",
    );
  }
  const main = message && {
    language: options.language === undefined
      ? defaultLanguage
      : language(options.language, "--language"),
    message,
  };
  const given = main ? [main, ...more] : more;
  const languages = given.map(({ language }) => language);
  const twice = languages.find((one, at) => languages.indexOf(one) < at);
  if (twice) throw usageError(`--translation gives ${twice} a second message`);
  return given;
}

function mainMessage(options: TemplateOptions): AppMessage | undefined {
  const { text: words, message: json } = options;
  if (words !== undefined && json !== undefined) {
    throw usageError("--text and --message cannot be used together");
  }
  if (words !== undefined) return textMessage(words, "--text");
  return json === undefined ? undefined : messageFromJson(json, "--message");
}

const textMessage: Check<AppMessage, string> = (value, at) => ({
  text_message: { text: text()(value, at) },
});

/** A placeholder may stand where only a URL will do: checked as if filled in. */
const messageFromJson: Check<AppMessage, string> = (value, at) => {
  json(checkMessage)(value.replace(PLACEHOLDER, "https://example.com"), at);
  return json((message) => message as AppMessage)(value, at);
};

function translationFromText(value: string): GivenMessage {
  const [code, message] = splitPair(value, "--translation", "sv-SE=Hej");
  const at = `--translation ${code}`;
  return {
    language: language(code, "--translation"),
    message: message.trimStart().startsWith("{")
      ? messageFromJson(message, at)
      : textMessage(message, at),
  };
}

/** BCP 47 alone: templates do not know WhatsApp's underscore. */
const language: Check<string, string> = (value, at) => {
  if (value.includes("_")) {
    throw refusal(at, "must be a language code such as en-US", value);
  }
  return languageCode(value, at);
};

/** What is before the first `=`, and what is after it. */
export function splitPair(
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
  messages: GivenMessage[],
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

function previewsOf(pairs: string[]): Map<string, string> {
  return new Map(
    pairs.map((pair) => splitPair(pair, "--variable", "name=Jane")),
  );
}

/** The translations with a variable for each placeholder in them. */
function withVariables(
  translations: Translation[],
  pairs: string[] = [],
): Translation[] {
  const previews = previewsOf(pairs);
  const known = translations.flatMap(placeholdersOf);
  const stranger = [...previews.keys()].find((key) => !known.includes(key));
  if (stranger !== undefined) {
    throw usageError(
      `--variable ${stranger}: there is no \${${stranger}} in the message`,
      "Give the shell the message in single quotes: in double quotes it replaces placeholders itself.",
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

function describing(
  { id, description }: TemplateOptions,
): Pick<TemplateInput, "id" | "description"> {
  return {
    ...id !== undefined && { id: text()(id, "--id") },
    ...description !== undefined && { description },
  };
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
    language_code: (value, at) => language(text()(value, at), at),
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
    default_translation: (value, at) => language(text()(value, at), at),
    translations: list(translation, { min: 1 }),
    create_time: anyText,
    update_time: anyText,
  },
  "default_translation",
  "translations",
);
