/** Rules of a sandbox, which may have lost an answer that nothing else explains. */
import type { Settings } from "../../config/resolve.ts";
import { isLoopback } from "../../runtime/loopback.ts";
import { suggest } from "../../runtime/suggest.ts";
import type { Context } from "../context.ts";
import { askSandbox } from "../sandbox/control.ts";
import type { RuleList } from "../sandbox/rule/rule_view.ts";
import { isSandbox } from "../sandbox/running.ts";
import type { Finding } from "./finding.ts";

/** Nothing for the real API, and for a sandbox without rules. */
export async function findRules(
  context: Context,
  { urls: { conversation } }: Settings,
): Promise<Finding[]> {
  const { inSandbox, runtime } = context;
  const asks = inSandbox ||
    isLoopback(new URL(conversation).hostname) &&
      await isSandbox(runtime, conversation);
  if (!asks) return [];
  const { rules } = await askSandbox<RuleList>(context, {
    method: "GET",
    path: "rules",
  });
  const hit = rules.filter(({ hits }) => hits > 0)
    .map(({ id, hits }) => `rule ${id} had an effect ${times(hits)}`);
  return rules.length === 0 ? [] : [{
    check: "Rules",
    state: "note",
    found: `the sandbox has ${rules.length} fault rule${
      rules.length === 1 ? "" : "s"
    }${hit.length > 0 ? `: ${hit.join(", ")}` : ", without effect so far"}`,
    fix: `\`${suggest`sandbox rule list`}\``,
  }];
}

function times(count: number): string {
  return count === 1 ? "once" : `${count} times`;
}
