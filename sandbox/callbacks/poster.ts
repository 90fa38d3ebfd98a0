/**
 * Posts the callbacks in the outbox: signed, only to the registered URL, in order
 * for each endpoint and subject, with retries.
 *
 * @see https://developers.sinch.com/docs/conversation/callbacks/
 */
import { clearTimeout, setTimeout } from "node:timers";
import { retryIfBusy } from "../contract/errors.ts";
import { parseJson } from "../contract/json.ts";
import type { Store } from "../store/store.ts";
import { CallbackTokens } from "./access_token.ts";
import type { ClientCredentials, Webhook } from "./outbox.ts";
import { signatureHeaders } from "./signature.ts";
import { ForbiddenTarget, withoutLinkLocal } from "./targets.ts";

export interface CallbackRow {
  id: number;
  app_id: string;
  webhook_id: string;
  target: string;
  lane: string;
  trigger: string;
  /** ID of the message or event that it reports, or `""`. */
  about: string;
  body: string;
  /** Epoch milliseconds at which it was written. */
  created: number;
  status: "WAITING" | "DELIVERED" | "FAILED";
  tries: number;
  last_status: number;
  last_error: string;
  due: number;
}

export interface PosterOptions {
  fetch: typeof globalThis.fetch;
  /** Delays before the second try, the third and so on; then it fails. */
  retryDelaysMs: readonly number[];
  /** For one try, including the answer's body. */
  timeoutMs: number;
  /** Also link-local and metadata addresses. */
  anyTarget: boolean;
}

/** How many lanes are posted at once. */
const MAX_LANES = 32;

/** Where a callback is posted. */
interface Endpoint {
  target: string;
  secret: string;
  credentials: ClientCredentials | null;
}

/** The result of one try: an HTTP status, or 0 and an error. */
interface Outcome {
  status: number;
  error: string;
  /** Retrying cannot change it. */
  isFinal?: boolean;
}

export class CallbackPoster {
  readonly #lanes = new Map<string, Promise<void>>();
  readonly #fetch: typeof globalThis.fetch;
  readonly #tokens: CallbackTokens;
  /** Aborts requests in progress. */
  readonly #cut = new AbortController();
  #isClosing = false;

  constructor(readonly store: Store, readonly options: PosterOptions) {
    const { fetch, anyTarget } = options;
    this.#fetch = anyTarget ? fetch : withoutLinkLocal(fetch);
    this.#tokens = new CallbackTokens(this.#fetch, () => store.now());
  }

  get isBusy(): boolean {
    return this.#lanes.size > 0;
  }

  /**
   * Starts the lanes whose next callback is due.
   *
   * @param onEnd called after each lane, when another can start
   */
  start(onEnd: () => void): void {
    if (this.#isClosing) return;
    for (const lane of this.#dueLanes()) {
      if (this.#lanes.size >= MAX_LANES) return;
      if (this.#lanes.has(lane)) continue;
      const posting = this.#postLane(lane)
        .catch(retryIfBusy)
        .finally(() => {
          this.#lanes.delete(lane);
          onEnd();
        });
      this.#lanes.set(lane, posting);
    }
  }

  /** Resolves when all started lanes have ended. */
  async settled(): Promise<void> {
    await Promise.all(this.#lanes.values());
  }

  /** Waits briefly for requests in progress; the rest is posted at the next start. */
  async close(graceMs: number): Promise<void> {
    this.#isClosing = true;
    const timer = setTimeout(() => this.#cut.abort(), graceMs);
    await Promise.allSettled(this.#lanes.values());
    clearTimeout(timer);
  }

  #dueLanes(): string[] {
    return this.store.all<{ lane: string }>(
      `SELECT lane FROM callbacks WHERE id IN
         (SELECT min(id) FROM callbacks WHERE status = 'WAITING' GROUP BY lane)
       AND due <= ? ORDER BY id LIMIT ?`,
      this.store.now(),
      MAX_LANES + this.#lanes.size,
    ).map(({ lane }) => lane);
  }

  async #postLane(lane: string): Promise<void> {
    while (!this.#isClosing) {
      const callback = this.store.get<CallbackRow>(
        `SELECT * FROM callbacks WHERE status = 'WAITING' AND lane = ?
         ORDER BY id LIMIT 1`,
        lane,
      );
      if (!callback || callback.due > this.store.now()) return;
      const outcome = await this.#post(callback);
      if (this.#cut.signal.aborted) return;
      await this.store.write(() => this.#record(callback, outcome));
    }
  }

  async #post(callback: CallbackRow): Promise<Outcome> {
    const endpoint = endpointOf(this.store, callback);
    if (!endpoint) {
      return { status: 0, error: "the webhook was deleted", isFinal: true };
    }
    const { credentials } = endpoint;
    try {
      const status = await this.#request(callback, endpoint);
      if (status !== 401 || !credentials) return { status, error: "" };
      this.#tokens.forget(credentials);
      return { status: await this.#request(callback, endpoint), error: "" };
    } catch (error) {
      return {
        status: 0,
        error: reasonOf(error),
        isFinal: error instanceof ForbiddenTarget,
      };
    }
  }

  async #request(
    { body }: CallbackRow,
    { target, secret, credentials }: Endpoint,
  ): Promise<number> {
    const signal = AbortSignal.any([
      this.#cut.signal,
      AbortSignal.timeout(this.options.timeoutMs),
    ]);
    const headers: Record<string, string> = {
      "content-type": "application/json",
      ...signatureHeaders(
        secret,
        body,
        this.store.newId(),
        Math.floor(this.store.now() / 1000),
      ),
    };
    if (credentials) {
      const token = await this.#tokens.get(credentials, signal);
      headers.authorization = `Bearer ${token}`;
    }
    const response = await this.#fetch(target, {
      method: "POST",
      headers,
      body,
      // A redirect would leave the registered URL.
      redirect: "manual",
      signal,
    });
    await response.body?.cancel();
    return response.status;
  }

  #record(callback: CallbackRow, outcome: Outcome): void {
    const { status, error } = outcome;
    const delay = this.options.retryDelaysMs[callback.tries];
    const again = delay !== undefined && mayRetry(callback, outcome);
    const delivered = status >= 200 && status < 300;
    this.store.run(
      `UPDATE callbacks SET status = ?, tries = tries + 1, last_status = ?,
         last_error = ?, due = ? WHERE id = ?`,
      delivered ? "DELIVERED" : again ? "WAITING" : "FAILED",
      status,
      error,
      this.store.now() + (again ? delay : 0),
      callback.id,
    );
  }
}

/** Whether a retry may succeed: no answer, 429 or 5xx. */
function mayRetry(
  { target }: CallbackRow,
  { status, isFinal }: Outcome,
): boolean {
  if (isFinal) return false;
  if (new URL(target).hostname === "webhook.site") return false;
  return status === 0 || status === 429 || status >= 500;
}

/** The current endpoint; undefined if it was deleted. */
function endpointOf(
  store: Store,
  { app_id, webhook_id, target }: CallbackRow,
): Endpoint | undefined {
  const row = webhook_id
    ? store.get<{ doc: string }>(
      "SELECT doc FROM webhooks WHERE id = ?",
      webhook_id,
    )
    : store.get<{ doc: string }>("SELECT doc FROM apps WHERE id = ?", app_id);
  if (!row) return undefined;
  const doc = parseJson(row.doc);
  if (!webhook_id) {
    const secret = doc.callback_settings.secret_for_overridden_callback_urls;
    return { target, secret, credentials: null };
  }
  const webhook: Webhook = doc;
  return {
    target: webhook.target,
    secret: webhook.secret,
    credentials: webhook.client_credentials,
  };
}

/** What went wrong; the cause of "fetch failed" says more than the error. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
