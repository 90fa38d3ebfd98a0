/** Carries requests out: token, retries, timeouts, errors, once for every command. */
import { Failure, isStop } from "../../errors.ts";
import { parseJson } from "../../json.ts";
import type { Clock } from "../../runtime/runtime.ts";
import { secretsIn, withoutSecrets } from "../secrets.ts";
import type { DebugLog } from "./debug_log.ts";
import { failureOf } from "./error_body.ts";
import { exchange, type ExchangeOptions, type Outcome } from "./exchange.ts";
import { type ApiRequest, type Target, urlOf } from "./request.ts";
import { retryDelay } from "./retry.ts";
import type { TokenSource } from "./token.ts";
import { suggest } from "../../runtime/suggest.ts";

export interface HttpOptions extends ExchangeOptions {
  target: Target;
  token: TokenSource;
  clock: Clock;
  random(): number;
  userAgent: string;
  log?: DebugLog;
  /** Called before a request is sent again, with the reason. */
  onRetry?(reason: string, waitMs: number): void;
}

export class HttpClient {
  readonly #options: HttpOptions;

  constructor(options: HttpOptions) {
    this.#options = options;
  }

  /**
   * Sends the request and returns the answer's JSON (`{}` where it is empty).
   *
   * Reads are tried up to three times. Anything else is sent again only where
   * the server cannot have acted on it: 429, a refused connection, and once
   * after a 401 with a new token.
   *
   * @throws {Failure} `api`, `auth`, `not_found`; `network` when nothing was
   * sent; `outcome_unknown` when a change may have been made or not.
   */
  async send<T>(request: ApiRequest<T>): Promise<T> {
    const { token, clock, random } = this.#options;
    const safe = request.method === "GET";
    let bearer = await token.get();
    let refreshed = false;
    for (let number = 1;;) {
      const outcome = await interruptedAs(request, this.#try(request, bearer));
      if (outcome.kind === "answer" && outcome.status === 401 && !refreshed) {
        refreshed = true;
        bearer = await token.replace(bearer);
        continue;
      }
      const now = clock.now();
      const wait = isSuccess(outcome)
        ? undefined
        : retryDelay({ number, safe, outcome, random: random(), now });
      if (wait === undefined) {
        if (outcome.kind === "answer") request.answered?.(outcome);
        return answerIn(request, outcome);
      }
      this.#options.onRetry?.(retryReason(outcome), wait);
      await clock.sleep(wait, this.#options.signal);
      number++;
    }
  }

  /**
   * Sends the request and says what is known of it. Nothing is tried again, but
   * once after a 401 with a new token.
   *
   * @throws {Failure} There is no token: it was not sent.
   */
  async exchange(request: ApiRequest): Promise<Outcome> {
    const { token } = this.#options;
    const bearer = await token.get();
    const outcome = await this.#try(request, bearer);
    return outcome.kind === "answer" && outcome.status === 401
      ? await this.#try(request, await token.replace(bearer))
      : outcome;
  }

  async #try(
    request: ApiRequest,
    bearer: string,
  ): Promise<Outcome> {
    const { target, userAgent, clock, log } = this.#options;
    const url = urlOf(request, target);
    const body = request.body === undefined
      ? undefined
      : JSON.stringify(request.body);
    const startedAt = clock.now();
    const outcome = await exchange(url, {
      method: request.method,
      headers: {
        authorization: `Bearer ${bearer}`,
        accept: "application/json",
        "user-agent": userAgent,
        ...body === undefined ? {} : { "content-type": "application/json" },
      },
      body,
    }, this.#options);
    log?.({ request, url, outcome, ms: clock.now() - startedAt });
    return outcome;
  }
}

/** What an answer depends on. */
type Asked<T = unknown> = Omit<ApiRequest<T>, "host">;

/**
 * The JSON of a successful answer (`{}` where that is empty).
 *
 * @throws {Failure} As {@linkcode HttpClient.send} does.
 */
export function answerIn<T>(request: Asked<T>, outcome: Outcome): T {
  if (isSuccess(outcome)) return answerOf(request, outcome.text);
  throw failure(request, outcome);
}

function retryReason(outcome: Outcome): string {
  return outcome.kind === "answer"
    ? `The server answered ${outcome.status}`
    : `No answer: ${outcome.reason}`;
}

function isSuccess(outcome: Outcome): outcome is Answer {
  return outcome.kind === "answer" && outcome.status >= 200 &&
    outcome.status < 300;
}

type Answer = Extract<Outcome, { kind: "answer" }>;

function answerOf<T>(request: Asked<T>, text: string): T {
  if (request.answerIsAny) return anyAnswerOf(request, text);
  const answer = objectIn(text);
  const { answerHas, method } = request;
  // An empty answer says that a change was made; to a read it says nothing.
  const isEmptyChange = text.trim() === "" && method !== "GET";
  const what = !answer && !isEmptyChange
    ? "a response that is not a JSON object"
    : answerHas && !answer?.[answerHas]
    ? `a response without ${answerHas}`
    : undefined;
  if (what === undefined) {
    const { answerAs } = request;
    return answerAs ? answerAs(answer ?? {}) : (answer ?? {}) as T;
  }
  throw unusable(request, what);
}

function anyAnswerOf<T>(request: Asked<T>, text: string): T {
  if (text.trim() === "") return {} as T;
  try {
    return parseJson(text) as T;
  } catch {
    throw unusable(request, "a response that is not JSON");
  }
}

function unusable(request: Asked, what: string): Failure {
  return request.method === "GET"
    ? new Failure("api", `The server returned ${what}`)
    : outcomeUnknown(request, `the server returned ${what}`);
}

function objectIn(text: string): Record<string, unknown> | undefined {
  try {
    const value = parseJson(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? value as Record<string, unknown>
      : undefined;
  } catch {
    return undefined;
  }
}

/** Secrets of the body are taken out: an error message may repeat what was sent. */
function failure(request: Asked, outcome: Outcome): Failure {
  if (outcome.kind === "not_sent") {
    return new Failure("network", `Not sent: ${outcome.reason}`, {
      hint: outcome.hint,
    });
  }
  const safe = request.method === "GET";
  if (outcome.kind === "too_large") {
    return safe
      ? new Failure("api", `Unusable answer: ${outcome.reason}`, {
        hint: "Ask for less, such as a smaller --limit.",
      })
      : outcomeUnknown(request, outcome.reason);
  }
  if (outcome.kind === "lost") {
    return safe
      ? new Failure("network", `No answer: ${outcome.reason}`, {
        hint: "Try again, or set SINCH_TIMEOUT to more seconds.",
      })
      : outcomeUnknown(request, outcome.reason);
  }
  const refusal = failureOf(
    outcome.status,
    withoutSecrets(outcome.text, secretsIn(request.body)),
    outcome.headers,
  );
  return safe || isRefusal(outcome.status)
    ? refusal
    : outcomeUnknown(request, refusal.message, outcome.status);
}

/** Whether a status says that nothing was done; a redirect may come after it was. */
function isRefusal(status: number): boolean {
  return status >= 400 && status < 500 || status === 501;
}

/**
 * Ctrl-C does not take a change back that is on its way.
 *
 * @throws {Failure} Of the signal's kind, saying what is not known.
 */
export async function interruptedAs(
  request: Asked,
  exchanged: Promise<Outcome>,
): Promise<Outcome> {
  try {
    return await exchanged;
  } catch (reason) {
    const isRead = request.method === "GET";
    if (isRead || !(reason instanceof Failure) || !isStop(reason)) throw reason;
    const { message, hint } = outcomeUnknown(request, "interrupted");
    throw new Failure(reason.kind, message, { hint });
  }
}

function outcomeUnknown(
  request: Asked,
  reason: string,
  status?: number,
): Failure {
  const isSend = request.path.endsWith(":send");
  return new Failure(
    "outcome_unknown",
    isSend
      ? `It is not known whether the message was accepted: ${reason}`
      : `It is not known whether the change was made: ${reason}`,
    {
      status,
      hint: isSend
        ? `Look for it with \`${suggest`conversation messages list`}\` before you send it again.`
        : "Look at the current state before you try again.",
    },
  );
}
