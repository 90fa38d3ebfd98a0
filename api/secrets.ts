/** Secrets that the API itself sends back: which fields they are, and masking. */
import { isRecord } from "../json.ts";

import { MASK } from "../runtime/secrets.ts";

/**
 * Names of the fields that hold a secret in apps, webhooks and their
 * credentials.
 *
 * @see https://developers.sinch.com/docs/conversation/api-reference/conversation/app
 */
const SECRET_FIELDS = new Set([
  "access_token",
  "aes_key",
  "api_key",
  "app_secret",
  "apple_pay_certificate_password",
  "callback_secret",
  "client_secret",
  "kakaotalk_sender_key",
  "password",
  "secret",
  "secret_for_overridden_callback_urls",
  "token",
]);

/** Objects whose keys people choose: a template's parameter may be called `token`. */
const FREE_FORM = new Set([
  "conversation_metadata",
  "metadata_json",
  "parameters",
]);

/** A copy in which every secret that is set reads `••••`; empty ones stay empty. */
export function maskSecrets<T>(value: T): T {
  if (Array.isArray(value)) return value.map(maskSecrets) as T;
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      SECRET_FIELDS.has(name) && typeof inner === "string"
        ? inner && MASK
        : FREE_FORM.has(name)
        ? inner
        : maskSecrets(inner),
    ]),
  ) as T;
}

/** Whether any text in `value` is a mask: sent back, it would become the secret. */
export function hasMask(value: unknown): boolean {
  return typeof value === "object" && value !== null
    ? Object.values(value).some(hasMask)
    : value === MASK;
}

/** The secrets in a request's body: an answer may repeat them in any field. */
export function secretsIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    SECRET_FIELDS.has(name) && typeof inner === "string"
      ? [inner]
      : FREE_FORM.has(name)
      ? []
      : secretsIn(inner)
  );
}

/** Shorter ones would mask ordinary words, and are no secrets. */
const MIN_SECRET_LENGTH = 4;

/** JSON text with these secrets masked wherever they stand in it. */
export function withoutSecrets(text: string, secrets: string[]): string {
  return secrets.filter(({ length }) => length >= MIN_SECRET_LENGTH)
    .reduce(
      (rest, secret) =>
        rest.replaceAll(JSON.stringify(secret).slice(1, -1), MASK),
      text,
    );
}
