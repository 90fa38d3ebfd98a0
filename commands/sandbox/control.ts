/**
 * The sandbox's own endpoints: of the one that SINCH_API_URL names, else of the
 * one that was started last, else of the store of `--sandbox`, which may also be
 * asked for.
 */
import { answerIn, interruptedAs } from "../../api/http/client.ts";
import { exchange } from "../../api/http/exchange.ts";
import { environmentWithFile } from "../../config/environment.ts";
import { checkUrl } from "../../config/resolve.ts";
import { Failure } from "../../errors.ts";
import { EMBEDDED_ORIGIN } from "../../sandbox/http/own_host.ts";
import type { Sandbox } from "../../sandbox/sandbox.ts";
import type { Context } from "../context.ts";
import { originsIn, withId } from "../not_found.ts";
import { readerOf } from "./answers.ts";
import { openSandbox, storeOf } from "./open.ts";
import { findRunning, isSandbox } from "./running.ts";

const TIMEOUT_MS = 10_000;

export interface ControlRequest {
  method: "GET" | "POST" | "DELETE";
  /** What follows `/_sandbox/`, already encoded. */
  path: string;
  body?: unknown;
}

/**
 * Sends a request to the sandbox in use and returns the answer's JSON.
 *
 * @throws {Failure} as the API's client does, and `config`
 */
export async function askSandbox<Answer>(
  context: Context,
  request: ControlRequest,
): Promise<Answer> {
  await using sandbox = await connect(context);
  const answer = await ask<Answer>(sandbox, context, request);
  if (!sandbox.isServed && !context.inSandbox) {
    context.hint(
      request.method === "GET"
        ? "No sandbox is running: this is the stored data of --sandbox."
        : "No sandbox is running: the change is stored for --sandbox. Run `sinch sandbox start` to deliver callbacks.",
    );
  }
  return answer;
}

interface Address {
  origin: string;
  /** Key ID and secret, joined by a colon. */
  key: string;
}

interface Endpoint extends Address {
  fetch: typeof fetch;
}

interface Connection extends Endpoint, AsyncDisposable {
  isServed: boolean;
}

/** Asks this sandbox, as {@linkcode askSandbox} does. */
export async function ask<Answer>(
  { origin, key, fetch }: Endpoint,
  { runtime: { secrets, clock }, flags, signal, debugLog }: Context,
  request: ControlRequest,
): Promise<Answer> {
  const { method, path, body } = request;
  const url = `${origin}/_sandbox/${path}`;
  const startedAt = clock.now();
  const exchanged = exchange(url, {
    method,
    headers: {
      authorization: `Basic ${new TextEncoder().encode(key).toBase64()}`,
      "content-type": "application/json",
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  }, { fetch, timeoutMs: TIMEOUT_MS, signal, secrets });
  const outcome = await interruptedAs(request, exchanged);
  debugLog?.({ request, url, outcome, ms: clock.now() - startedAt });
  const answerAs = readerOf(path) as (json: unknown) => Answer;
  try {
    return answerIn({ ...request, answerAs }, outcome);
  } catch (error) {
    throw error instanceof Failure
      ? withId(error, request, originsIn(flags))
      : error;
  }
}

async function connect(context: Context): Promise<Connection> {
  const { runtime, inSandbox, flags } = context;
  const served = inSandbox ? undefined : await findServed(context);
  if (served) {
    return {
      ...served,
      isServed: true,
      fetch: runtime.fetch,
      [Symbol.asyncDispose]: () => Promise.resolve(),
    };
  }
  const store = await storeOf(runtime, flags.envFile);
  const sandbox = await openSandbox(runtime, store);
  return {
    ...endpointOf(sandbox),
    isServed: false,
    [Symbol.asyncDispose]: () => sandbox.close(),
  };
}

async function findServed(
  { runtime, flags }: Context,
): Promise<Address | undefined> {
  const { secrets } = runtime;
  const variable = await environmentWithFile(runtime, flags.envFile);
  const given = variable("SINCH_API_URL");
  const url = given && checkUrl(given);
  if (url && await isSandbox(runtime, url)) {
    const id = variable("SINCH_KEY_ID")?.value;
    const secret = variable("SINCH_KEY_SECRET")?.value;
    if (id && secret) {
      const key = `${id}:${secret}`;
      secrets.remember(key);
      return { origin: url, key };
    }
    throw new Failure("auth", `No credentials for the sandbox at ${url}`, {
      hint: "Set SINCH_KEY_ID and SINCH_KEY_SECRET, or unset SINCH_API_URL.",
    });
  }
  const running = await findRunning(runtime);
  if (!running) return undefined;
  const key = `${running.key_id}:${running.key_secret}`;
  secrets.remember(running.key_secret);
  secrets.remember(key);
  return { origin: running.url, key };
}

/** The endpoint of a sandbox in this process. */
export function endpointOf(sandbox: Sandbox): Endpoint {
  const { keyId, keySecret } = sandbox.account;
  return {
    origin: EMBEDDED_ORIGIN,
    key: `${keyId}:${keySecret}`,
    fetch: (input, init) => sandbox.fetch(new Request(input, init)),
  };
}
