/**
 * Message templates, version 2 of their API, on a host of their own.
 *
 * @see https://developers.sinch.com/docs/conversation/api-reference/template
 */
import { type ApiRequest, path } from "./http/request.ts";

/** One language of a template; holds exactly one `…_message` field. */
export interface Translation {
  /** BCP-47. */
  language_code: string;
  /** Chosen by the client; `latest` marks the API's second copy of the newest. */
  version?: string;
  /** The `${key}` placeholders of the text. */
  variables?: { key: string; preview_value?: string }[];
  channel_template_overrides?: Record<string, unknown>;
  create_time?: string;
  update_time?: string;
  [message: string]: unknown;
}

export interface Template {
  id: string;
  description?: string;
  /** Counts the changes, from 1; an update must name the current one. */
  version?: number;
  default_translation?: string;
  translations?: Translation[];
  create_time?: string;
  update_time?: string;
}

export interface TemplateInput {
  /** Generated where it is left out; unique in the project. */
  id?: string;
  description?: string;
  version?: number;
  default_translation: string;
  translations: Translation[];
}

/** Every template of the project in this region: this list has no pages. */
export function listTemplates(): ApiRequest<{ templates?: Template[] }> {
  return { method: "GET", host: "template", path: "templates" };
}

export function getTemplate(id: string): ApiRequest<Template> {
  return {
    method: "GET",
    host: "template",
    path: path`templates/${id}`,
    answerHas: "id",
  };
}

export function createTemplate(body: TemplateInput): ApiRequest<Template> {
  return {
    method: "POST",
    host: "template",
    path: "templates",
    body,
    answerHas: "id",
  };
}

/** Replaces the whole template; `body.version` is the current one. */
export function replaceTemplate(
  id: string,
  body: TemplateInput,
): ApiRequest<Template> {
  return {
    method: "PUT",
    host: "template",
    path: path`templates/${id}`,
    body,
    answerHas: "id",
  };
}

export function deleteTemplate(id: string): ApiRequest {
  return { method: "DELETE", host: "template", path: path`templates/${id}` };
}
