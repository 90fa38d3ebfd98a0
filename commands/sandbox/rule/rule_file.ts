/** Rules from a file, and the sandbox's own checks of them before they are sent. */
import { usageError } from "../../../errors.ts";
import type { Runtime } from "../../../runtime/runtime.ts";
import { checked } from "../../../sandbox/checks.ts";
import { Refusal } from "../../../sandbox/errors.ts";
import { type Rule, rules } from "../../../sandbox/rules.ts";
import { textReader } from "../../text_reader.ts";

/**
 * @param path a file with `{"rules": […]}` or the list alone; `-` is stdin
 * @param at the flag that names it
 * @throws {Failure} "usage"
 */
export async function readRules(
  runtime: Runtime,
  path: string,
  at: string,
): Promise<Rule[]> {
  const text = await textReader(runtime)(path === "-" ? path : `@${path}`, at);
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw usageError(`${at}: ${path} is not JSON: ${(error as Error).message}`);
  }
  const given = Array.isArray(parsed)
    ? parsed
    : (parsed as { rules?: unknown } | null)?.rules;
  if (!Array.isArray(given)) {
    throw usageError(
      `${at}: ${path} has no list of rules`,
      'Such as {"rules": [{"channel": "RCS", "fail": "CHANNEL_FAILURE"}]}.',
    );
  }
  return checkedRules(given.map(withoutKept), `${at}: ${path}: `);
}

/** What `rule list --json` prints beside the rule itself. */
function withoutKept(rule: unknown): unknown {
  if (typeof rule !== "object" || rule === null) return rule;
  const { id: _, ...given } = rule as Record<string, unknown>;
  return given;
}

/**
 * @param inFile says where the rules stand; flags are meant without it
 * @throws {Failure} "usage": names the flag or field at fault, and what it must be
 */
export function checkedRules(given: unknown[], inFile?: string): Rule[] {
  try {
    return checked<{ rules: Rule[] }>({ rules: given }, rules).rules;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const [fault] = (error.details[0] as {
      field_violations: { field: string; description: string }[];
    }).field_violations;
    const { field, description } = fault!;
    const name = inFile === undefined ? flagOf(field) : inFile + field;
    throw usageError(`${name} ${description}`);
  }
}

/** `rules[0].retry_after` is `--retry-after`; `rules[0]` is the rule itself. */
function flagOf(field: string): string {
  const name = /\.(\w+)/.exec(field)?.[1];
  if (!name) return "The rule";
  return `--${name === "app_id" ? "app" : name.replaceAll("_", "-")}`;
}
