/**
 * OAuth 2.0 client credentials: one access token for all commands of an hour.
 *
 * The token service is a small bucket (30, refilled 10 a second), which a shell
 * loop of sends would drain: the token is therefore kept on disk, readable by
 * its owner only, and processes that need one together fetch it once.
 *
 * @see https://developers.sinch.com/docs/conversation/api-reference/#authentication
 */
import { Failure } from "../../errors.ts";
import type { Clock, Files } from "../../runtime/runtime.ts";
import { failureOf, ruleOf } from "./error_body.ts";
import { exchange, type ExchangeOptions } from "./exchange.ts";
import { retryDelay } from "./retry.ts";
import { suggest } from "../../runtime/suggest.ts";

/** A token is replaced this long before it expires. */
const EARLY_MS = 5 * 60 * 1000;
/** No token lives longer, whatever the service says. */
const MAX_LIFE_MS = 24 * 60 * 60 * 1000;
/** How long a process waits for another one that is fetching a token. */
const LOCK_WAIT_MS = 10_000;

export interface TokenOptions extends ExchangeOptions {
  clock: Clock;
  random(): number;
  files: Files;
  /** Where tokens are kept; `undefined` keeps them in memory only. */
  folder?: string;
  /** Origin of the token service. */
  authUrl: string;
  keyId: string;
  /** Asked for once, also for a cached token: it must belong to this secret. */
  keySecret(): Promise<string>;
}

export interface AccessToken {
  value: string;
  /** Milliseconds since 1970. */
  expiresAt: number;
}

export class TokenSource {
  readonly #options: TokenOptions;
  #token?: AccessToken;
  #secret?: Promise<string>;

  constructor(options: TokenOptions) {
    this.#options = options;
  }

  /** A token that is valid for some minutes more. */
  async get(): Promise<string> {
    const token = this.#usable(this.#token) ??
      this.#usable(await this.cached());
    this.#token = token ?? await this.#fetchOnce();
    return this.#token.value;
  }

  /** A token other than `rejected`, which the API has just refused. */
  async replace(rejected: string): Promise<string> {
    this.#token = await this.#fetchOnce(rejected);
    return this.#token.value;
  }

  /** A new token from the service, whatever is kept: proves the credentials. */
  async fetch(): Promise<AccessToken> {
    const token = await this.#request();
    await this.#store(token);
    return this.#token = token;
  }

  /** The token kept on disk, valid or not. */
  async cached(): Promise<AccessToken | undefined> {
    const file = await this.#file();
    if (!file) return undefined;
    try {
      const text = await this.#options.files.read(file);
      const { value, expiresAt, credentials } = JSON.parse(text ?? "{}");
      if (
        !isToken(value) || typeof expiresAt !== "number" ||
        credentials !== await this.#fingerprint()
      ) return undefined;
      this.#options.secrets.remember(value);
      return { value, expiresAt };
    } catch (error) {
      if (error instanceof Failure) throw error;
      // Unreadable or half a file from a full disk: as good as none.
      return undefined;
    }
  }

  /** Removes the token from disk. */
  async forget(): Promise<void> {
    this.#token = undefined;
    const file = await this.#file();
    if (file) await this.#options.files.remove(file);
  }

  #usable(token: AccessToken | undefined): AccessToken | undefined {
    return token && token.expiresAt - EARLY_MS > this.#options.clock.now()
      ? token
      : undefined;
  }

  async #fetchOnce(rejected?: string): Promise<AccessToken> {
    const file = await this.#file();
    if (!file) return await this.#request();
    const fetchUnlessFetched = async () => {
      const token = this.#usable(await this.cached());
      return token && token.value !== rejected ? token : await this.fetch();
    };
    let locked = false;
    const locking = this.#options.files.withLock(
      `${file}.lock`,
      LOCK_WAIT_MS,
      () => {
        locked = true;
        return fetchUnlessFetched();
      },
    );
    return await locking.catch((error) => {
      // A read-only home: go on without a lock and without a cache.
      if (locked) throw error;
      return fetchUnlessFetched();
    });
  }

  async #request(): Promise<AccessToken> {
    const { authUrl, keyId, clock, random } = this.#options;
    const pair = `${keyId}:${await this.#keySecret()}`;
    this.#options.secrets.remember(pair);
    const basic = new TextEncoder().encode(pair).toBase64();
    for (let number = 1;; number++) {
      const outcome = await exchange(`${authUrl}/oauth2/token`, {
        method: "POST",
        headers: {
          authorization: `Basic ${basic}`,
          "content-type": "application/x-www-form-urlencoded",
        },
        body: "grant_type=client_credentials",
      }, this.#options);
      if (outcome.kind === "answer" && outcome.status === 200) {
        return this.#read(outcome.text);
      }
      const wait = retryDelay({
        number,
        // A token fetched twice costs nothing.
        safe: true,
        outcome,
        random: random(),
        now: clock.now(),
      });
      if (wait !== undefined) {
        await clock.sleep(wait, this.#options.signal);
        continue;
      }
      if (outcome.kind !== "answer") {
        throw new Failure(
          "network",
          `No access token: ${outcome.reason} (${authUrl})`,
          {
            hint: outcome.kind === "not_sent"
              ? outcome.hint
              : "Check the network, HTTPS_PROXY, and try again.",
          },
        );
      }
      if (
        [400, 401].includes(outcome.status) && !ruleOf(outcome.headers)
      ) {
        throw new Failure("auth", "The key ID and key secret were refused", {
          status: outcome.status,
          code: "UNAUTHENTICATED",
          hint:
            `Check them in the Sinch dashboard under Access keys, then run \`${suggest`auth login`}\`.`,
        });
      }
      throw failureOf(outcome.status, outcome.text, outcome.headers);
    }
  }

  #read(text: string): AccessToken {
    let answer: { access_token?: unknown; expires_in?: unknown };
    try {
      answer = JSON.parse(text) ?? {};
    } catch {
      answer = {};
    }
    const { access_token: value, expires_in: seconds } = answer;
    if (!isToken(value)) {
      const what = typeof value === "string" && value
        ? "returned a token with characters that HTTP does not allow"
        : "answered without a token";
      throw new Failure("api", `The token service ${what}`, {
        hint: "Is a proxy or login page in the way?",
      });
    }
    const lifeMs = (typeof seconds === "number" ? seconds : 3600) * 1000;
    this.#options.secrets.remember(value);
    const boundedMs = Math.max(0, Math.min(lifeMs, MAX_LIFE_MS));
    return { value, expiresAt: this.#options.clock.now() + boundedMs };
  }

  async #store(token: AccessToken): Promise<void> {
    const file = await this.#file();
    if (!file) return;
    const credentials = await this.#fingerprint();
    const text = JSON.stringify({ ...token, credentials });
    await this.#options.files.writePrivate(file, text)
      // A read-only home costs one token request a command, no more.
      .catch(() => {});
  }

  async #file(): Promise<string | undefined> {
    const { folder, authUrl, keyId } = this.#options;
    if (!folder) return undefined;
    return `${folder}/${await hash(`${authUrl}\n${keyId}`)}.json`;
  }

  /** Kept with a token: it serves nobody with another secret. */
  async #fingerprint(): Promise<string> {
    const { authUrl, keyId } = this.#options;
    return await hash(`${authUrl}\n${keyId}\n${await this.#keySecret()}`);
  }

  #keySecret(): Promise<string> {
    const { keySecret, secrets } = this.#options;
    return this.#secret ??= keySecret().then((secret) => {
      secrets.remember(secret);
      return secret;
    });
  }
}

async function hash(text: string): Promise<string> {
  const bytes = new TextEncoder().encode(text);
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  return new Uint8Array(digest).toHex().slice(0, 32);
}

/** Whether a header takes it: visible ASCII, as RFC 6750 has it. */
function isToken(value: unknown): value is string {
  return typeof value === "string" && /^[\x21-\x7e]+$/.test(value);
}
