/** Rules in a file: what `rule list --json` prints, or the list alone. */
import { isRecord } from "../../../json.ts";
import { json } from "../../../options/checks.ts";
import { usageError } from "../../../errors.ts";
import { Source, ValueType } from "../../../options/value_type.ts";
import type { FieldViolation } from "../../../sandbox/contract/errors.ts";
import { type Rule, rules } from "../../../sandbox/rules/rule.ts";

const rulesIn = json((value, at): Rule[] => {
  const list = isRecord(value) ? value.rules : value;
  if (!Array.isArray(list)) {
    throw usageError(
      `${at} must be a JSON list of rules`,
      'Use {"rules": [{"channel": "RCS", "fail": "CHANNEL_FAILURE"}]}.',
    );
  }
  return checkedRules(list.map(asGiven), at);
});

/** The path of a file with rules, or `-` for standard input. */
export const RULES_FILE = new ValueType(
  (path, at) => new Source(path === "-" ? path : `@${path}`, at, rulesIn),
  "files",
);

/** `rule list --json` prints each rule with its ID and hits. */
function asGiven(rule: unknown): unknown {
  if (!isRecord(rule)) return rule;
  const { id: _, hits: __, ...given } = rule;
  return given;
}

/** @throws {Failure} usage: names the field at fault, and what it must be */
function checkedRules(given: unknown[], at: string): Rule[] {
  const found: FieldViolation[] = [];
  rules({ rules: given }, "", found);
  const [fault] = found;
  if (fault) throw usageError(`${at}: ${fault.field} ${fault.description}`);
  return given as Rule[];
}
