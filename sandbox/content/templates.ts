/** Templates in the store. */
import type { JsonObject } from "../contract/checks.ts";
import { notFound } from "../contract/errors.ts";
import type { Store } from "../store/store.ts";

export type Translation = JsonObject & {
  language_code: string;
  version: string;
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
  return row && JSON.parse(row.doc);
}

export function requireTemplate(store: Store, id: string): Template {
  const template = findTemplate(store, id);
  if (!template) throw notFound("Template");
  return template;
}

export function listTemplates(store: Store): Template[] {
  return store.all<{ doc: string }>("SELECT doc FROM templates ORDER BY id")
    .map(({ doc }) => JSON.parse(doc));
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

/** Of each language, the newest translation: the one listed last. */
export function newestOfEachLanguage(
  translations: Translation[],
): Translation[] {
  return [
    ...new Map(translations.map((one) => [one.language_code, one])).values(),
  ];
}
