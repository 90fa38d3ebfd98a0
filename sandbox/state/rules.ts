/** Rules in the store, in the order in which they were added. */
import { notFound } from "../errors.ts";
import type { KeptRule, Rule } from "../rules.ts";
import type { Store } from "../store.ts";

export function listRules(store: Store): KeptRule[] {
  return store.all<{ id: number; doc: string; matched: number }>(
    "SELECT * FROM rules ORDER BY id",
  ).map(({ id, doc, matched }) => ({
    id: String(id),
    ...JSON.parse(doc),
    matched,
  }));
}

/** Gives the rule's id. */
export function addRule(store: Store, rule: Rule): string {
  store.run("INSERT INTO rules VALUES (NULL, ?, 0)", JSON.stringify(rule));
  const { id } = store.get<{ id: number }>("SELECT max(id) AS id FROM rules")!;
  return String(id);
}

/** Takes note that the rule was about something once more; gives how often. */
export function countMatch(store: Store, id: string): number {
  store.run("UPDATE rules SET matched = matched + 1 WHERE id = ?", Number(id));
  return store.get<{ matched: number }>(
    "SELECT matched FROM rules WHERE id = ?",
    Number(id),
  )!.matched;
}

export function removeRule(store: Store, id: string): void {
  if (store.run("DELETE FROM rules WHERE id = ?", Number(id)) === 0) {
    throw notFound("Rule");
  }
}

export function removeAllRules(store: Store): void {
  store.run("DELETE FROM rules");
}
