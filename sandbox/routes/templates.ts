/**
 * Templates, version 2 of their API.
 *
 * @see https://developers.sinch.com/docs/conversation/api-reference/template/templates-v2/
 */
import { CONTENT_NAMES, CONTENTS } from "../content/message_content.ts";
import { LATEST } from "../content/template_lookup.ts";
import * as state from "../content/templates.ts";
import { newestOfEachLanguage, type Template } from "../content/templates.ts";
import {
  type Check,
  checked,
  exactlyOne,
  integer,
  type JsonObject,
  list,
  mapOf,
  object,
  oneOf,
  required,
  text,
  textLike,
  textMap,
} from "../contract/checks.ts";
import { failedPrecondition, invalidField } from "../contract/errors.ts";
import { rfc3339 } from "../contract/time.ts";
import type { Call } from "../http/call.ts";

const languageCode = textLike(
  /^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*$/,
  "a BCP-47 language code, such as en-US",
);

const translation = object({
  ...CONTENTS,
  language_code: required(languageCode),
  version: text(),
  variables: list(object({ key: required(text()), preview_value: text() })),
  channel_template_overrides: mapOf(
    object({
      template_reference: required(object({
        template_id: required(text()),
        version: text(),
        language_code: text(),
        parameters: textMap(),
      })),
      parameter_mappings: textMap(),
    }),
    oneOf(["WHATSAPP", "KAKAOTALK"]),
  ),
}, exactlyOne(CONTENT_NAMES));

const defaultIsTranslated: Check = (value, _field, found) => {
  const { default_translation: code, translations } = value as TemplateRequest;
  // Where there is none at all, that is the fault.
  if (!Array.isArray(translations) || translations.length === 0) return;
  if (!code || translations.some((one) => one?.language_code === code)) return;
  found.push({
    field: "default_translation",
    description: "must be the language_code of one of the translations",
  });
};

const translationsDiffer: Check = (value, _field, found) => {
  const { translations } = value as TemplateRequest;
  if (!Array.isArray(translations)) return;
  const seen = new Set<string>();
  translations.forEach((one, at) => {
    const key = `${one?.language_code} ${one?.version || "1"}`;
    if (seen.has(key)) {
      found.push({
        field: `translations[${at}]`,
        description: "must differ from the others in language_code or version",
      });
    }
    if (one?.version === LATEST) {
      found.push({
        field: `translations[${at}].version`,
        description: `must not be "${LATEST}", which is for look-ups`,
      });
    }
    seen.add(key);
  });
};

interface TemplateRequest {
  id?: string;
  description?: string;
  version?: number;
  default_translation: string;
  translations: (JsonObject & { language_code: string; version?: string })[];
}

const template = object(
  {
    id: text(),
    description: text(),
    version: integer(0, 2 ** 31 - 1),
    default_translation: required(languageCode),
    translations: required(list(translation, 1)),
  },
  defaultIsTranslated,
  translationsDiffer,
);

export function listAll(call: Call) {
  const templates = state.listTemplates(call.store);
  return { templates: templates.map(withLatest) };
}

export function get(call: Call) {
  return withLatest(state.requireTemplate(call.store, templateId(call)));
}

export function create(call: Call) {
  const request = checked<TemplateRequest>(call.body, template);
  if (request.id && state.findTemplate(call.store, request.id)) {
    throw invalidField("id", "must not be the id of another template");
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

/** `PUT templates/{template_id}`: replaces all; the body carries the latest version. */
export function replace(call: Call) {
  const current = state.requireTemplate(call.store, templateId(call));
  const request = checked<TemplateRequest>(call.body, template);
  if (request.id && request.id !== current.id) {
    throw invalidField("id", "must be the id in the path");
  }
  if (request.version !== current.version) {
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

/** Get and list show the newest of each language once more, as "latest". */
function withLatest(template: Template): Template {
  const latest = newestOfEachLanguage(template.translations)
    .map((one) => ({ ...one, version: LATEST }));
  return { ...template, translations: [...template.translations, ...latest] };
}
