/**
 * Templates, version 2 of their API.
 *
 * @see https://developers.sinch.com/docs/conversation/api-reference/template/templates-v2/
 */
import { LATEST, newestOfEachLanguage } from "../../channels/omni_template.ts";
import * as state from "../content/templates.ts";
import {
  type Template,
  type TemplateRequest,
  templateRequest,
} from "../content/templates.ts";
import { addNote, checked } from "../contract/checks.ts";
import { failedPrecondition, invalidField } from "../contract/errors.ts";
import { rfc3339 } from "../contract/time.ts";
import type { Call } from "../http/call.ts";

export function listAll(call: Call) {
  const templates = state.listTemplates(call.store);
  return { templates: templates.map(withLatest) };
}

export function get(call: Call) {
  return withLatest(state.requireTemplate(call.store, templateId(call)));
}

export function create(call: Call) {
  const request = checked(call.body, templateRequest);
  if (request.id && state.findTemplate(call.store, request.id)) {
    throw invalidField("id", "must not be the ID of another template");
  }
  const now = rfc3339(call.store.now());
  const created = templateOf(request, {
    id: request.id || call.store.newId(),
    version: 1,
    create_time: now,
    update_time: now,
  });
  state.saveTemplate(call.store, created);
  return created;
}

/** `PUT templates/{template_id}`: replaces it; the body has the latest version. */
export function replace(call: Call) {
  const current = state.requireTemplate(call.store, templateId(call));
  const request = checked(call.body, templateRequest);
  if (request.id && request.id !== current.id) {
    throw invalidField("id", "must be the ID in the path");
  }
  // As the examples of Sinch's own SDKs leave it out.
  if (request.version == null) addNote(call.body, "version is missing");
  else if (request.version !== current.version) {
    throw failedPrecondition(
      `version must be the template's latest, ${current.version}.`,
    );
  }
  const replaced = templateOf(request, {
    id: current.id,
    version: current.version + 1,
    create_time: current.create_time,
    update_time: rfc3339(call.store.now()),
  });
  state.saveTemplate(call.store, replaced);
  return replaced;
}

export function remove(call: Call) {
  state.deleteTemplate(call.store, templateId(call));
  return {};
}

/** `GET templates/{template_id}/translations` */
export function listTranslations(call: Call) {
  const { translations } = state.requireTemplate(call.store, templateId(call));
  const { language_code: language, translation_version: version } = call.query;
  const ofVersion = version === LATEST
    ? newestOfEachLanguage(translations)
    : translations.filter((one) => !version || one.version === version);
  return {
    translations: ofVersion.filter((one) =>
      !language || one.language_code === language
    ),
  };
}

function templateId(call: Call): string {
  return call.params.template_id!;
}

function templateOf(
  request: TemplateRequest,
  own: Pick<Template, "id" | "version" | "create_time" | "update_time">,
): Template {
  return {
    id: own.id,
    description: request.description ?? "",
    version: own.version,
    default_translation: request.default_translation,
    translations: request.translations.map((one) => ({
      ...one,
      version: one.version || "1",
      variables: one.variables ?? [],
      channel_template_overrides: one.channel_template_overrides ?? {},
      create_time: own.create_time,
      update_time: own.update_time,
    })),
    create_time: own.create_time,
    update_time: own.update_time,
  };
}

/** Get and list repeat the newest translation of each language as "latest". */
function withLatest(template: Template): Template {
  const latest = newestOfEachLanguage(template.translations)
    .map((one) => ({ ...one, version: LATEST }));
  return { ...template, translations: [...template.translations, ...latest] };
}
