/** Rules in the store, in the order in which they were added. */
import { notFound } from "../contract/errors.ts";
import { parseJson } from "../contract/json.ts";
import type { Store } from "../store/store.ts";
import type { KeptRule, Rule } from "./rule.ts";

export function listRules(store: Store): KeptRule[] {
  return store.all<{ id: number; doc: string }>(
    "SELECT * FROM rules ORDER BY id",
  ).map(({ id, doc }) => ({ id: String(id), ...parseJson(doc) }));
}

export function addRule(store: Store, rule: Rule): void {
  store.run("INSERT INTO rules VALUES (NULL, ?)", JSON.stringify(rule));
}

/** Counts a match of a rule for an effect; returns the new count. */
export function countMatch(store: Store, id: string, effect: string): number {
  store.run(
    `INSERT INTO rule_matches VALUES (?, ?, 1)
     ON CONFLICT DO UPDATE SET matched = matched + 1`,
    Number(id),
    effect,
  );
  return store.get<{ matched: number }>(
    "SELECT matched FROM rule_matches WHERE rule_id = ? AND effect = ?",
    Number(id),
    effect,
  )!.matched;
}

/** The matches of each rule, for its busiest effect. */
export function countedMatches(store: Store): Map<string, number> {
  const rows = store.all<{ rule_id: number; matched: number }>(
    "SELECT rule_id, MAX(matched) AS matched FROM rule_matches GROUP BY rule_id",
  );
  return new Map(
    rows.map(({ rule_id, matched }) => [String(rule_id), matched]),
  );
}

export function removeRule(store: Store, id: string): void {
  if (store.run("DELETE FROM rules WHERE id = ?", Number(id)) === 0) {
    throw notFound("Rule");
  }
  store.run("DELETE FROM rule_matches WHERE rule_id = ?", Number(id));
}

export function removeAllRules(store: Store): void {
  store.run("DELETE FROM rules");
  store.run("DELETE FROM rule_matches");
}
