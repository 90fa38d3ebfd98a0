/**
 * The sandbox's own endpoints: of the one that SINCH_API_URL names, else of the
 * one that was started last, else of the store of `--sandbox`, which may also be
 * asked for.
 */
import { answerIn, interruptedAs } from "../../api/http/client.ts";
import { exchange } from "../../api/http/exchange.ts";
import { environment } from "../../config/environment.ts";
import { checkUrl } from "../../config/resolve.ts";
import { Failure } from "../../errors.ts";
import type { Runtime } from "../../runtime/runtime.ts";
import { EMBEDDED_ORIGIN } from "../../sandbox/http/own_host.ts";
import type { Sandbox } from "../../sandbox/sandbox.ts";
import type { Context } from "../context.ts";
import { defaultStore, openSandbox } from "./open.ts";
import { findRunning, isSandbox } from "./running.ts";

const TIMEOUT_MS = 10_000;

/**
 * @param path what follows `/_sandbox/`
 * @returns the answer's JSON
 * @throws {Failure} as the API's client does, and `config`
 */
// deno-lint-ignore no-explicit-any -- each caller knows what it asked for
export async function askSandbox<T = any>(
  context: Context,
  method: "GET" | "POST" | "DELETE",
  path: string,
  body?: unknown,
): Promise<T> {
  await using sandbox = await connect(context);
  const answer = await ask(sandbox, context, method, path, body);
  if (!sandbox.isServed && !context.inSandbox && !context.flags.json) {
    context.note(
      method === "GET"
        ? "No sandbox is served: this is the one of --sandbox."
        : "No sandbox is served: this is kept for --sandbox, and callbacks for the next `sinch sandbox start`.",
    );
  }
  return answer;
}

interface Asked {
  origin: string;
  /** Key id and secret, joined by a colon. */
  key: string;
  fetch: typeof fetch;
}

interface Connection extends Asked, AsyncDisposable {
  isServed: boolean;
}

/** Asks this sandbox, as {@linkcode askSandbox} does. */
export async function ask(
  { origin, key, fetch }: Asked,
  { runtime: { secrets }, signal }: Pick<Context, "runtime" | "signal">,
  method: "GET" | "POST" | "DELETE",
  path: string,
  body?: unknown,
  // deno-lint-ignore no-explicit-any -- each caller knows what it asked for
): Promise<any> {
  const request = { method, path, body };
  const exchanged = exchange(`${origin}/_sandbox/${path}`, {
    method,
    headers: {
      authorization: `Basic ${new TextEncoder().encode(key).toBase64()}`,
      "content-type": "application/json",
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  }, { fetch, timeoutMs: TIMEOUT_MS, signal, secrets });
  return answerIn(request, await interruptedAs(request, exchanged));
}

async function connect({ runtime, inSandbox }: Context): Promise<Connection> {
  const served = inSandbox ? undefined : await findServed(runtime);
  if (served) {
    return {
      ...served,
      isServed: true,
      fetch: runtime.fetch,
      [Symbol.asyncDispose]: () => Promise.resolve(),
    };
  }
  const sandbox = await openSandbox(runtime, defaultStore(runtime));
  return {
    ...askedIn(sandbox),
    isServed: false,
    [Symbol.asyncDispose]: () => sandbox.close(),
  };
}

async function findServed(
  runtime: Runtime,
): Promise<Pick<Asked, "origin" | "key"> | undefined> {
  const { secrets } = runtime;
  const variable = environment(runtime);
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

/** A sandbox of this process. */
export function askedIn(sandbox: Sandbox): Asked {
  const { keyId, keySecret } = sandbox.account;
  return {
    origin: EMBEDDED_ORIGIN,
    key: `${keyId}:${keySecret}`,
    fetch: (input, init) => sandbox.fetch(new Request(input, init)),
  };
}
