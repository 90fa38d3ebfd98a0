/**
 * Access tokens for webhook targets that require one: OAuth 2.0 client
 * credentials, cached until shortly before they expire.
 *
 * @see https://developers.sinch.com/docs/conversation/api-reference/conversation/webhooks/ (client_credentials)
 */
import { Buffer } from "node:buffer";
import type { ClientCredentials } from "./outbox.ts";

const MIN_LIFE_S = 30;
const MAX_LIFE_S = 3600;
/** A token is renewed this long before it expires. */
const MARGIN_MS = 10_000;

export class CallbackTokens {
  readonly #known = new Map<string, { token: string; endsAt: number }>();

  constructor(
    readonly fetch: typeof globalThis.fetch,
    readonly now: () => number,
  ) {}

  /** @throws Error if the endpoint returns no usable token */
  async get(
    credentials: ClientCredentials,
    signal: AbortSignal,
  ): Promise<string> {
    const key = JSON.stringify(credentials);
    const known = this.#known.get(key);
    if (known && known.endsAt > this.now()) return known.token;
    const response = await this.fetch(credentials.endpoint, {
      ...tokenRequest(credentials),
      redirect: "manual",
      signal,
    });
    const text = await response.text();
    if (!response.ok) {
      throw new Error(`the token endpoint returned ${response.status}`);
    }
    const { access_token, expires_in } = JSON.parse(text);
    const life = Number(expires_in);
    if (
      typeof access_token !== "string" ||
      !(life >= MIN_LIFE_S && life <= MAX_LIFE_S)
    ) {
      throw new Error(
        `the token endpoint must return access_token and expires_in from ${MIN_LIFE_S} to ${MAX_LIFE_S}`,
      );
    }
    this.#known.set(key, {
      token: access_token,
      endsAt: this.now() + life * 1000 - MARGIN_MS,
    });
    return access_token;
  }

  /** The target refused the token: the next call fetches another. */
  forget(credentials: ClientCredentials): void {
    this.#known.delete(JSON.stringify(credentials));
  }
}

function tokenRequest(credentials: ClientCredentials): RequestInit {
  const { client_id, client_secret, scope, response_type } = credentials;
  const form = new URLSearchParams({ grant_type: "client_credentials" });
  if (scope) form.set("scope", scope);
  if (response_type) form.set("response_type", response_type);
  const headers: Record<string, string> = {};
  if (credentials.token_request_type === "FORM") {
    form.set("client_id", client_id);
    form.set("client_secret", client_secret);
  } else {
    const pair = Buffer.from(`${client_id}:${client_secret}`);
    headers.authorization = `Basic ${pair.toString("base64")}`;
  }
  return { method: "POST", headers, body: form };
}
