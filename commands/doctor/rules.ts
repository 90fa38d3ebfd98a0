/** Rules of a sandbox, which may have lost an answer that nothing else explains. */
import type { Settings } from "../../config/resolve.ts";
import { isLoopback } from "../../runtime/loopback.ts";
import { suggest } from "../../runtime/suggest.ts";
import type { Context } from "../context.ts";
import { ask, askSandbox } from "../sandbox/control.ts";
import type { RuleList } from "../sandbox/rule/rule_view.ts";
import { isSandbox } from "../sandbox/running.ts";
import type { Finding } from "./finding.ts";

/** Nothing for the real API, and for a sandbox without rules. */
export async function findRules(
  context: Context,
  settings: Settings,
): Promise<Finding[]> {
  const { rules } = await rulesOf(context, settings);
  const hit = rules.filter(({ hits }) => hits > 0)
    .map(({ id, hits }) => `rule ${id} had an effect ${times(hits)}`);
  return rules.length === 0 ? [] : [{
    check: "Rules",
    state: "note",
    found: `the sandbox has ${rules.length} fault rule${
      rules.length === 1 ? "" : "s"
    }${hit.length > 0 ? `: ${hit.join(", ")}` : ", without effect so far"}`,
    fix: suggest`sandbox rule list`,
  }];
}

/** Of the sandbox that the settings are for, with their credentials. */
async function rulesOf(
  context: Context,
  { urls: { conversation: origin }, credentials }: Settings,
): Promise<RuleList> {
  const { inSandbox, runtime: { fetch, secrets } } = context;
  const request = { method: "GET", path: "rules" } as const;
  if (inSandbox) return await askSandbox(context, request);
  const isServed = credentials && isLoopback(new URL(origin).hostname) &&
    await isSandbox(context.runtime, origin);
  if (!isServed) return { rules: [] };
  const key = `${credentials.keyId.value}:${await credentials.keySecret()}`;
  secrets.remember(key);
  return await ask({ origin, key, fetch }, context, request);
}

function times(count: number): string {
  return count === 1 ? "once" : `${count} times`;
}
