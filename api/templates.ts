/**
 * Message templates, version 2 of their API, on a host of their own.
 *
 * @see https://developers.sinch.com/docs/conversation/api-reference/template
 */
import {
  allFields,
  count,
  fields,
  list,
  type Read,
  rows,
  text,
  word,
} from "./answer.ts";
import { type ApiRequest, path } from "./http/request.ts";
import { CONTENT_FIELDS } from "./message_body.ts";

/** The version of the API's second copy of each language's newest translation. */
export const LATEST = "latest";

/** One language of a template; holds exactly one `…_message` field. */
export interface Translation {
  /** BCP-47. */
  language_code: string;
  /** Chosen by the client, or `LATEST`. */
  version?: string;
  /** The `${key}` placeholders of the text. */
  variables?: { key: string; preview_value?: string }[];
  [message: string]: unknown;
}

const readTranslation = allFields({
  language_code: word,
  version: text,
  variables: list(fields({ key: word, preview_value: text })),
});

const readTemplate = fields({
  id: word,
  description: text,
  /** Counts the changes, from 1; an update must name the current one. */
  version: count,
  default_translation: text,
  translations: list(readTranslation),
  create_time: text,
  update_time: text,
});
export type Template = Read<typeof readTemplate>;

const readTemplates = fields({ templates: rows(readTemplate) });

export interface TemplateInput {
  /** Generated where it is left out; unique in the project. */
  id?: string;
  description?: string;
  version?: number;
  default_translation: string;
  translations: Translation[];
}

/** Every template of the project in this region: this list has no pages. */
export function listTemplates(): ApiRequest<Read<typeof readTemplates>> {
  return {
    method: "GET",
    host: "template",
    path: "templates",
    answerAs: readTemplates,
  };
}

export function getTemplate(id: string): ApiRequest<Template> {
  return {
    method: "GET",
    host: "template",
    path: path`templates/${id}`,
    answerHas: "id",
    answerAs: readTemplate,
  };
}

export function createTemplate(body: TemplateInput): ApiRequest<Template> {
  return {
    method: "POST",
    done: "Template created",
    host: "template",
    path: "templates",
    body,
    answerHas: "id",
    answerAs: readTemplate,
  };
}

/** Replaces the whole template; `body.version` is the current one. */
export function replaceTemplate(
  id: string,
  body: TemplateInput,
): ApiRequest<Template> {
  return {
    method: "PUT",
    done: "Template updated",
    host: "template",
    path: path`templates/${id}`,
    body,
    answerHas: "id",
    answerAs: readTemplate,
  };
}

export function deleteTemplate(id: string): ApiRequest {
  return {
    method: "DELETE",
    done: `Template ${id} deleted`,
    host: "template",
    path: path`templates/${id}`,
  };
}

/** The translations without the second copies called `latest`. */
export function withoutLatest(translations: Translation[]): Translation[] {
  const versioned = translations.filter(({ version }) => version !== LATEST);
  const known = new Set(versioned.map(({ language_code }) => language_code));
  return translations.filter(({ language_code, version }) =>
    version !== LATEST || !known.has(language_code)
  );
}

/** The name of the field with a translation's message, such as `text_message`. */
export function contentField(translation: Translation): string | undefined {
  return CONTENT_FIELDS.find((field) => field in translation);
}

/** The languages a template is translated to, each once. */
export function languagesOf({ translations = [] }: Template): string[] {
  return [...new Set(translations.map(({ language_code }) => language_code))];
}
