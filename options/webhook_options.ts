/**
 * The options of a webhook as they are typed, and the request body they make.
 * Flags and wizard fill the same `WebhookOptions`.
 *
 * No refusal quotes a secret.
 *
 * @see https://developers.sinch.com/docs/conversation/api-reference/conversation/webhooks
 */
import { usageError } from "../errors.ts";
import { isLoopback } from "../runtime/loopback.ts";
import {
  allOf,
  type Check,
  httpUrl,
  text,
  wordFromText,
} from "../api/checks.ts";
import { nearest } from "../api/nearest.ts";
import { MASK } from "../runtime/secrets.ts";
import {
  type ClientCredentials,
  TRIGGERS,
  type Webhook,
  type WebhookInput,
} from "../api/webhooks.ts";

/** Texts as typed, `@file` and `-` already replaced by what they stand for. */
export interface WebhookOptions {
  target?: string;
  /** Each one a name, or several with commas between them; `all` is every one. */
  triggers?: string[];
  targetType?: string;
  secret?: string;
  oauthEndpoint?: string;
  oauthClientId?: string;
  oauthClientSecret?: string;
  oauthScope?: string;
  /** Of an update: no signature any more. */
  clearSecret?: boolean;
  /** Of an update: no token any more. */
  clearOauth?: boolean;
}

const MAX_TARGET = 742;
const MAX_SCOPE = 1024;
const checkTargetType = wordFromText(["HTTP", "DISMISS"]);

const ALL_TRIGGERS: readonly string[] = Object.values(TRIGGERS).flat();
/** Documented, but not in the API's schema: taken when it is named, not in `all`. */
const BATCH_STATUS = "BATCH_STATUS_UPDATE";
const KNOWN_TRIGGERS = `The triggers are ${ALL_TRIGGERS.join(", ")}; or all.`;

/** Messages of people and secrets go encrypted, or stay on this machine. */
const secureUrl: Check<string> = (value, at) => {
  const url = httpUrl(value, at).trim();
  const { protocol, hostname } = new URL(url);
  if (protocol === "https:" || isLoopback(hostname)) return url;
  throw usageError(
    `${at} must be an https URL, got "${url}"`,
    "Plain http is for this machine alone, such as http://localhost:3000.",
  );
};

export const webhookTarget: Check<string> = (value, at) => {
  const target = text(MAX_TARGET)(secureUrl(value, at), at);
  if (!/^conversation-api\.(.+\.)?sinch\.com$/.test(new URL(target).hostname)) {
    return target;
  }
  throw usageError(
    `${at} must not be a host of the API itself, got "${target}"`,
  );
};

/**
 * The triggers that texts name, each once, in any case.
 * @throws {Failure} "usage" for an unknown one, with the nearest.
 */
export function parseTriggers(
  texts: readonly string[],
  at = "--triggers",
): string[] {
  const words = texts.flatMap((text) => text.split(","))
    .map((word) => word.trim()).filter(Boolean);
  if (words.length === 0) {
    throw usageError(`${at} must name at least one trigger`, KNOWN_TRIGGERS);
  }
  return [...new Set(words.flatMap((word) => triggersOf(word, at)))];
}

function triggersOf(typed: string, at: string): readonly string[] {
  const word = typed.toUpperCase().replaceAll("-", "_");
  if (word === "ALL") return ALL_TRIGGERS;
  // As the Node SDK spells it.
  const name = word === "SMART_CONVERSATIONS" ? "SMART_CONVERSATION" : word;
  if (ALL_TRIGGERS.includes(name) || name === BATCH_STATUS) return [name];
  const similar = nearest(name, ALL_TRIGGERS);
  throw usageError(
    `${at} has an unknown trigger "${typed}"`,
    similar ? `Did you mean ${similar}?` : KNOWN_TRIGGERS,
  );
}

export const webhookSecret: Check<string> = (value, at) => {
  if (typeof value !== "string" || value.trim() === "") {
    throw usageError(`${at} must be a text that is not empty`);
  }
  if (value === MASK) {
    throw usageError(`${at} is ${MASK}, which only stands for a secret`);
  }
  return value;
};

/** The fields that options set; OAuth settings may be only some of them. */
type WebhookChanges = Omit<WebhookInput, "client_credentials"> & {
  client_credentials?: Partial<ClientCredentials> | null;
};

/**
 * The body of a new webhook, but for its app.
 *
 * @throws {Failure} "usage" for values that will not do, and naming what is missing.
 */
export function newWebhook(options: WebhookOptions): WebhookInput {
  const missing = [
    ...options.target === undefined ? ["--target"] : [],
    ...options.triggers === undefined ? ["--triggers"] : [],
  ];
  if (missing.length > 0) throw usageError(`Missing: ${allOf(missing)}`);
  return { target_type: "HTTP", ...completeChanges(webhookChanges(options)) };
}

/**
 * The fields that these options set.
 *
 * @throws {Failure} "usage" for values that will not do or contradict each other.
 */
export function webhookChanges(options: WebhookOptions): WebhookChanges {
  const { target, triggers, targetType, secret, clearSecret, clearOauth } =
    options;
  const oauth = givenOauth(options);
  if (clearSecret && secret !== undefined) {
    throw usageError("--secret and --clear-secret cannot be used together");
  }
  if (clearOauth && oauth) {
    const [field] = Object.keys(oauth) as OauthField[];
    throw usageError(
      `${OAUTH_FLAGS[field!]} and --clear-oauth cannot be used together`,
    );
  }
  const changes: WebhookChanges = {};
  if (target !== undefined) changes.target = webhookTarget(target, "--target");
  if (targetType !== undefined) {
    changes.target_type = checkTargetType(targetType, "--target-type");
  }
  if (triggers !== undefined) changes.triggers = parseTriggers(triggers);
  if (secret !== undefined) changes.secret = webhookSecret(secret, "--secret");
  if (clearSecret) changes.secret = "";
  if (oauth) changes.client_credentials = oauth;
  if (clearOauth) changes.client_credentials = null;
  return changes;
}

/**
 * The API replaces OAuth settings whole: those that are given go over the
 * `current` ones.
 *
 * @throws {Failure} "usage" naming what is missing of them.
 */
export function completeChanges(
  { client_credentials: given, ...changes }: WebhookChanges,
  current?: Webhook,
): WebhookInput {
  if (!given) {
    return given === null ? { ...changes, client_credentials: null } : changes;
  }
  const oauth = { ...current?.client_credentials, ...given };
  const { endpoint, client_id, client_secret } = oauth;
  if (endpoint && client_id && client_secret) {
    return {
      ...changes,
      client_credentials: { ...oauth, endpoint, client_id, client_secret },
    };
  }
  const missing = Object.entries({ endpoint, client_id, client_secret })
    .filter(([, value]) => !value)
    .map(([field]) => OAUTH_FLAGS[field as OauthField]);
  throw usageError(`Missing: ${allOf(missing)}`);
}

const OAUTH_FLAGS = {
  endpoint: "--oauth-endpoint",
  client_id: "--oauth-client-id",
  client_secret: "--oauth-client-secret",
  scope: "--oauth-scope",
} as const;
type OauthField = keyof typeof OAUTH_FLAGS;

function givenOauth(
  options: WebhookOptions,
): Partial<ClientCredentials> | undefined {
  const checks: [OauthField, string | undefined, Check<string>][] = [
    ["endpoint", options.oauthEndpoint, secureUrl],
    ["client_id", options.oauthClientId, text()],
    ["client_secret", options.oauthClientSecret, webhookSecret],
    ["scope", options.oauthScope, text(MAX_SCOPE)],
  ];
  const given = checks.filter(([, value]) => value !== undefined)
    .map(([field, value, check]) => [field, check(value, OAUTH_FLAGS[field])]);
  return given.length > 0 ? Object.fromEntries(given) : undefined;
}
