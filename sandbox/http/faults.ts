/**
 * Faults of requests: the API's rate limits, if enabled, and rules that delay or
 * replace answers.
 */
import { setTimeout } from "node:timers/promises";
import { ConnectionLost } from "../../runtime/runtime.ts";
import type { ChannelIdentity } from "../contract/channels.ts";
import { isObject, type JsonObject } from "../contract/checks.ts";
import {
  internalError,
  invalidArgument,
  methodNotOffered,
  notFound,
  permissionDenied,
  Refusal,
  tooManyRequests,
  unauthenticated,
  unavailable,
} from "../contract/errors.ts";
import { findContact } from "../people/contacts.ts";
import { listRules } from "../rules/kept_rules.ts";
import { latencyMs, ruleFor, type Subject } from "../rules/matching.ts";
import type { KeptRule, Rule } from "../rules/rule.ts";
import type { Store } from "../store/store.ts";
import { TokenBucket } from "./token_bucket.ts";

/** Limits of the real token endpoint, from the source of the official Node SDK. */
const TOKENS = { perSecond: 10, burst: 30 };

const HTTP_EFFECTS = ["latency", "http", "lose_answer", "drop"] as const;

/** What happens to the answer of an accepted request. */
export type AnswerFault = "lost" | "dropped" | undefined;

export class Faults {
  readonly #calls?: TokenBucket;
  readonly #tokens?: TokenBucket;
  /** Saves a transaction for each request while there are no rules. */
  #hasRules = false;

  /** @param rateLimit requests a second; unlimited by default */
  constructor(readonly store: Store, rateLimit?: number) {
    if (rateLimit !== undefined) {
      this.#calls = new TokenBucket(rateLimit);
      this.#tokens = new TokenBucket(TOKENS.perSecond, TOKENS.burst);
    }
    this.look();
  }

  /** Looks for rules that were added or removed, also by other processes. */
  look(): void {
    this.#hasRules = listRules(this.store)
      .some((rule) => HTTP_EFFECTS.some((effect) => rule[effect]));
  }

  /** @throws {Refusal | ConnectionLost} */
  async beforeToken(path: string): Promise<AnswerFault> {
    if (this.#tokens?.take(this.store.now()) === false) throw tooManyRequests();
    if (!this.#hasRules) return undefined;
    // Rules without a path do not apply to the token endpoint.
    return await this.#apply({ path }, (rule) => !!rule.path);
  }

  /**
   * @param path of the request's URL
   * @throws {Refusal | ConnectionLost}
   */
  async beforeCall(path: string, body: JsonObject): Promise<AnswerFault> {
    if (this.#calls?.take(this.store.now()) === false) throw tooManyRequests();
    if (!this.#hasRules) return undefined;
    return await this.#apply(this.#subjectOf(path, body));
  }

  async #apply(
    subject: Subject,
    counts: (rule: Rule) => boolean = () => true,
  ): Promise<AnswerFault> {
    const { store } = this;
    const [slow, refuse, lose, drop] = await store.write(() =>
      HTTP_EFFECTS.map((effect) => ruleFor(store, effect, subject, counts))
    );
    if (slow) await setTimeout(latencyMs(slow));
    if (refuse) throw refusalOf(refuse);
    if (drop?.drop === "before") throw new ConnectionLost();
    return drop ? "dropped" : lose && "lost";
  }

  /** The app and the recipients that a request names. */
  #subjectOf(path: string, { app_id, ...body }: JsonObject): Subject {
    const { recipient, channel_priority_order: order } = body as {
      recipient?: unknown;
      channel_priority_order?: unknown;
    };
    const identities = isObject(recipient) ? this.#identities(recipient) : [];
    const first = Array.isArray(order) ? order[0] : undefined;
    return {
      path,
      appId: typeof app_id === "string" ? app_id : undefined,
      identities: identities.filter(({ channel }) =>
        first === undefined || channel === first
      ),
    };
  }

  // The request is not checked yet: its fields may be anything.
  #identities({ contact_id, identified_by }: JsonObject): Identity[] {
    const given = typeof contact_id === "string"
      ? findContact(this.store, contact_id)?.channel_identities
      : isObject(identified_by) && identified_by.channel_identities;
    if (!Array.isArray(given)) return [];
    return given.filter(isObject).map(({ channel, identity }) => ({
      channel: String(channel),
      identity: String(identity).replace(/^\+/, ""),
    }));
  }
}

type Identity = Pick<ChannelIdentity, "channel" | "identity">;

/** Names the rule that made an answer. */
export const RULE_HEADER = "x-sandbox-rule";

function refusalOf({ id, http, retry_after: seconds }: KeptRule): Refusal {
  const refusal = FAULTS[http!]?.(seconds) ??
    new Refusal(http!, "UNKNOWN", `A rule of the sandbox returns ${http}.`);
  if (seconds !== undefined) refusal.headers["retry-after"] = String(seconds);
  refusal.headers[RULE_HEADER] = String(id);
  return refusal;
}

const FAULTS: Record<number, (retryAfterS?: number) => Refusal> = {
  400: () => invalidArgument([]),
  401: () =>
    unauthenticated(
      'Bearer error="invalid_token", error_description="expired"',
    ),
  403: () => permissionDenied("BILLING_CREDIT_LIMIT_BREACHED"),
  404: () => notFound("Resource"),
  429: tooManyRequests,
  500: () => internalError("A rule of the sandbox."),
  501: methodNotOffered,
  503: () => unavailable(),
};
