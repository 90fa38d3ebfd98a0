/** Rules from a file, and the sandbox's own checks of them before they are sent. */
import { usageError } from "../../../errors.ts";
import type { Runtime } from "../../../runtime/runtime.ts";
import { checked } from "../../../sandbox/contract/checks.ts";
import { Refusal } from "../../../sandbox/contract/errors.ts";
import { type Rule, rules } from "../../../sandbox/rules/rule.ts";
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
    return checked({ rules: given }, rules).rules;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const [fault] = (error.details[0] as {
      field_violations: { field: string; description: string }[];
    }).field_violations;
    const { field, description } = fault!;
    if (inFile !== undefined) {
      throw usageError(`${inFile}${field} ${description}`);
    }
    // `rules[0].retry_after`, or `rules[0]` for the rule as a whole.
    const name = /\.(\w+)/.exec(field)?.[1];
    if (name) throw usageError(`${flagOf(name)} ${inFlags(description)}`);
    throw usageError(
      `The rule says nothing of what happens: ${inFlags(description)}`,
    );
  }
}

function flagOf(field: string): string {
  return `--${field === "app_id" ? "app" : field.replaceAll("_", "-")}`;
}

/** A description that names fields of a rule, naming flags. */
function inFlags(description: string): string {
  const [, words, names] = /^(requires|must have at least one of) (.*)$/
    .exec(description) ?? [];
  return names === undefined
    ? description
    : `${words} ${names.split(", ").map(flagOf).join(", ")}`;
}
