/** Control endpoints for fault rules. */
import { checked } from "../contract/checks.ts";
import type { Call } from "../http/call.ts";
import * as state from "../rules/kept_rules.ts";
import { rulesWithHits } from "../rules/matching.ts";
import { rules } from "../rules/rule.ts";

/** `GET /_sandbox/rules` */
export function listAll({ store }: Call) {
  return { rules: rulesWithHits(store) };
}

/** `POST /_sandbox/rules`: adds rules after the others; returns all. */
export function add(call: Call) {
  const added = checked(call.body, rules);
  for (const rule of added.rules) state.addRule(call.store, rule);
  return listAll(call);
}

/** `DELETE /_sandbox/rules/{rule_id}` */
export function remove({ store, params }: Call) {
  state.removeRule(store, params.rule_id!);
  return {};
}

/** `DELETE /_sandbox/rules` */
export function removeAll({ store }: Call) {
  state.removeAllRules(store);
  return {};
}
