/**
 * The values of a webhook as they are typed. No refusal quotes a secret.
 *
 * @see https://developers.sinch.com/docs/conversation/api-reference/conversation/webhooks
 */
import { type Check, httpUrl, text } from "./checks.ts";
import { nearest } from "./nearest.ts";
import { TRIGGERS } from "../api/webhooks.ts";
import { usageError } from "../errors.ts";
import { isLoopback } from "../runtime/loopback.ts";
import { MASK } from "../runtime/secrets.ts";
import { SourceType, ValueType, Word } from "./value_type.ts";

const MAX_TARGET = 742;
const MAX_SCOPE = 1024;

const ALL_TRIGGERS: readonly string[] = Object.values(TRIGGERS).flat();
/** Documented, but not in the API's schema: accepted by name, not part of `all`. */
const BATCH_STATUS = "BATCH_STATUS_UPDATE";
const KNOWN_TRIGGERS = `The triggers are ${ALL_TRIGGERS.join(", ")}; or all.`;

/** Messages of people and secrets are encrypted, or stay on this machine. */
const secureUrl: Check<string> = (value, at) => {
  const url = httpUrl(value, at).trim();
  const { protocol, hostname } = new URL(url);
  if (protocol === "https:" || isLoopback(hostname)) return url;
  throw usageError(
    `${at} must be an https URL, got "${url}"`,
    "http is accepted only for this machine, such as http://localhost:3000.",
  );
};

export const webhookTarget: Check<string> = (value, at) => {
  const target = text(MAX_TARGET)(secureUrl(value, at), at);
  if (!/^conversation-api\.(.+\.)?sinch\.com$/.test(new URL(target).hostname)) {
    return target;
  }
  throw usageError(`${at} must not be a host of the API, got "${target}"`);
};

export const webhookSecret: Check<string> = (value, at) => {
  if (typeof value !== "string" || value.trim() === "") {
    throw usageError(`${at} must not be empty`);
  }
  if (value === MASK) {
    throw usageError(`${at} must be the secret itself, got its mask ${MASK}`);
  }
  return value;
};

/** A trigger in any case, or `ALL`. */
const trigger: Check<string, string> = (typed, at) => {
  const word = typed.trim().toUpperCase().replaceAll("-", "_");
  if (word === "ALL") return word;
  // As the Node SDK spells it.
  const name = word === "SMART_CONVERSATIONS" ? "SMART_CONVERSATION" : word;
  if (ALL_TRIGGERS.includes(name) || name === BATCH_STATUS) return name;
  const similar = nearest(name, ALL_TRIGGERS) ??
    ALL_TRIGGERS.find((known) => known.split("_").includes(name)) ??
    ALL_TRIGGERS.find((known) => known.includes(name));
  throw usageError(
    `${at} has an unknown trigger "${typed}"`,
    similar ? `Did you mean ${similar}?` : KNOWN_TRIGGERS,
  );
};

/** The triggers that lists name, each once. */
export function triggersIn(lists: readonly (readonly string[])[]): string[] {
  const names = lists.flat();
  return [
    ...new Set(
      names.flatMap((name) => name === "ALL" ? ALL_TRIGGERS : name),
    ),
  ];
}

export const TARGET = new ValueType(webhookTarget);
export const SECURE_URL = new ValueType(secureUrl);
export const TRIGGER = new ValueType(
  trigger,
  ["all", ...ALL_TRIGGERS].map((value) => ({ value, text: "" })),
);
export const TARGET_TYPE = new Word(["HTTP", "DISMISS"]);
export const SECRET = new SourceType(webhookSecret);
export const SCOPE = new ValueType(text(MAX_SCOPE));
