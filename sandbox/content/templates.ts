/** Templates: their check, and templates in the store. */
import { CONTENT_NAMES } from "../../channels/message.ts";
import { LATEST } from "../../channels/omni_template.ts";
import {
  anything,
  type Check,
  type Checked,
  exactlyOne,
  integer,
  list,
  mapOf,
  object,
  oneOf,
  required,
  text,
  textLike,
  textMap,
} from "../contract/checks.ts";
import { notFound } from "../contract/errors.ts";
import { parseJson } from "../contract/json.ts";
import type { Store } from "../store/store.ts";
import { channelTemplate, CONTENTS } from "./contents.ts";

const languageCode = textLike(
  /^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*$/,
  "a BCP-47 language code, such as en-US",
);

const templateOverride = object({
  template_reference: required(channelTemplate),
  /** Maps parameters of the channel's template to parameters of this one. */
  parameter_mappings: textMap(),
});
export type TemplateOverride = Checked<typeof templateOverride>;

/** In answers; a body that was one may have them. */
const TIMES = { create_time: anything, update_time: anything };

const translation = object({
  ...CONTENTS,
  language_code: required(languageCode),
  version: text(),
  variables: list(object({ key: required(text()), preview_value: text() })),
  ...TIMES,
  channel_template_overrides: mapOf(
    templateOverride,
    oneOf(["WHATSAPP", "KAKAOTALK"]),
  ),
}, exactlyOne(CONTENT_NAMES));

const defaultIsTranslated: Check = (value, _field, found) => {
  const { default_translation: code, translations } = value as Partial<
    TemplateRequest
  >;
  // A missing list is reported by its own check.
  if (!Array.isArray(translations) || translations.length === 0) return;
  if (!code || translations.some((one) => one?.language_code === code)) return;
  found.push({
    field: "default_translation",
    description: "must be the language_code of one of the translations",
  });
};

const translationsDiffer: Check = (value, _field, found) => {
  const { translations } = value as Partial<TemplateRequest>;
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
        description: `must not be "${LATEST}", which is reserved for sending`,
      });
    }
    seen.add(key);
  });
};

export const templateRequest = object(
  {
    id: text(),
    description: text(),
    version: integer(0, 2 ** 31 - 1),
    default_translation: required(languageCode),
    translations: required(list(translation, 1)),
    ...TIMES,
  },
  defaultIsTranslated,
  translationsDiffer,
);

export type TemplateRequest = Checked<typeof templateRequest>;

export type Translation =
  & TemplateRequest["translations"][number]
  & {
    version: string;
    channel_template_overrides: Record<string, TemplateOverride>;
    create_time: string;
    update_time: string;
  };

export interface Template {
  id: string;
  description: string;
  version: number;
  default_translation: string;
  translations: Translation[];
  create_time: string;
  update_time: string;
}

export function findTemplate(store: Store, id: string): Template | undefined {
  const row = store.get<{ doc: string }>(
    "SELECT doc FROM templates WHERE id = ?",
    id,
  );
  return row && parseJson(row.doc);
}

export function requireTemplate(store: Store, id: string): Template {
  const template = findTemplate(store, id);
  if (!template) throw notFound("Template");
  return template;
}

export function listTemplates(store: Store): Template[] {
  return store.all<{ doc: string }>("SELECT doc FROM templates ORDER BY id")
    .map(({ doc }) => parseJson(doc));
}

/** Inserts a template, or replaces the one with its id. */
export function saveTemplate(store: Store, template: Template): void {
  store.run(
    "INSERT OR REPLACE INTO templates VALUES (?, ?)",
    template.id,
    JSON.stringify(template),
  );
}

export function deleteTemplate(store: Store, id: string): void {
  if (store.run("DELETE FROM templates WHERE id = ?", id) === 0) {
    throw notFound("Template");
  }
}
