/** Which rule applies to a request, a message or a callback. */
import type { ChannelIdentity } from "../contract/channels.ts";
import { durationRange } from "../contract/duration.ts";
import type { Store } from "../store/store.ts";
import { countedMatches, countMatch, listRules } from "./kept_rules.ts";
import type { EFFECTS, KeptRule, Rule } from "./rule.ts";

/** What a rule may match: a request, a message or a callback. */
export interface Subject {
  appId?: string;
  /** Its recipients; a request may name several. */
  identities?: Pick<ChannelIdentity, "channel" | "identity">[];
  /** Only of a request. */
  path?: string;
}

/**
 * The first rule with this effect that matches the subject. A rule counts its
 * matches, separately for each effect: call this once for each subject, as part
 * of a change.
 *
 * @param counts which rules to consider
 */
export function ruleFor(
  store: Store,
  effect: typeof EFFECTS[number],
  subject: Subject,
  counts: (rule: Rule) => boolean = () => true,
): KeptRule | undefined {
  return listRules(store).find((rule) =>
    rule[effect] && counts(rule) && isAbout(rule, subject) &&
    isDue(store, rule, effect)
  );
}

/** Whether a rule could make a message fail. */
export function mayFail(store: Store): boolean {
  return listRules(store).some(({ fail }) => fail);
}

export function isAbout(
  { channel, only, app_id, path }: Rule,
  { appId, identities, path: ownPath }: Subject,
): boolean {
  if (app_id && app_id !== appId) return false;
  if (path && !ownPath?.includes(path)) return false;
  if (!channel && !only) return true;
  return identities?.some((one) =>
    (!channel || channel === one.channel) &&
    (!only || only.some((start) => one.identity.startsWith(bare(start))))
  ) ?? false;
}

/** Numbers are stored without `+`; trailing dots or a star are optional. */
function bare(start: string): string {
  return start.replace(/^\+/, "").replace(/(\*|…|\.\.\.)$/, "");
}

function isDue(store: Store, rule: KeptRule, effect: string): boolean {
  const matched = countMatch(store, rule.id, effect);
  return hitsOf(rule, matched) > hitsOf(rule, matched - 1);
}

/** How many of its matches a rule has an effect on. */
function hitsOf(
  { rate = "100%", times = Infinity }: Rule,
  matched: number,
): number {
  // Divided last: 0.29 * 100 is less than 29.
  return Math.min(Math.floor(matched * parseFloat(rate) / 100), times);
}

/**
 * All rules, each with the number of requests, messages or callbacks that it has
 * changed: that of its busiest effect, for a request may meet several.
 */
export function rulesWithHits(store: Store): (KeptRule & { hits: number })[] {
  const matches = countedMatches(store);
  return listRules(store).map((rule) => ({
    ...rule,
    hits: hitsOf(rule, matches.get(rule.id) ?? 0),
  }));
}

/** The delay that a rule causes, in milliseconds. */
export function latencyMs({ latency }: Rule): number {
  const [from, to] = durationRange(latency!)!;
  return from + Math.random() * (to - from);
}
