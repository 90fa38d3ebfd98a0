/**
 * The sandbox's own endpoints: those of the sandbox that is being served, else
 * of the store that `--sandbox` uses.
 */
import { Failure } from "../../errors.ts";
import type { Runtime } from "../../runtime/runtime.ts";
import type { Sandbox } from "../../sandbox/sandbox.ts";
import type { Context } from "../context.ts";
import { defaultStore, openSandbox } from "./open.ts";
import { findRunning } from "./running.ts";

const TIMEOUT_MS = 10_000;

/**
 * @param path what follows `/_sandbox/`
 * @returns the answer's JSON
 * @throws {Failure} `not_found`, `api` with the fields at fault, `network`, `config`
 */
// deno-lint-ignore no-explicit-any -- each caller knows what it asked for
export async function askSandbox<T = any>(
  context: Context,
  method: "GET" | "POST" | "DELETE",
  path: string,
  body?: unknown,
): Promise<T> {
  await using sandbox = await connect(context.runtime);
  const answer = await ask(sandbox, context.signal, method, path, body);
  if (!sandbox.isServed && method !== "GET" && !context.flags.json) {
    context.note(
      "No sandbox is served: this is kept for --sandbox, and callbacks for the next `sinch sandbox start`.",
    );
  }
  return answer;
}

interface Asked {
  origin: string;
  /** Key id and secret, joined by a colon. */
  key: string;
  fetch(request: Request): Promise<Response>;
}

interface Connection extends Asked, AsyncDisposable {
  isServed: boolean;
}

/** Asks this sandbox, as {@linkcode askSandbox} does. */
export async function ask(
  { origin, key, fetch }: Asked,
  signal: AbortSignal,
  method: string,
  path: string,
  body?: unknown,
) {
  const response = await fetch(
    new Request(`${origin}/_sandbox/${path}`, {
      method,
      headers: {
        authorization: `Basic ${btoa(key)}`,
        "content-type": "application/json",
      },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    }),
  );
  const answer = await response.json();
  if (!response.ok) throw refusal(response.status, answer.error);
  return answer;
}

async function connect(runtime: Runtime): Promise<Connection> {
  const running = await findRunning(runtime);
  if (running) {
    return {
      isServed: true,
      origin: running.url,
      key: `${running.key_id}:${running.key_secret}`,
      fetch: (request) => runtime.fetch(request),
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

/** A sandbox of this process. */
export function askedIn(sandbox: Sandbox): Asked {
  const { keyId, keySecret } = sandbox.account;
  return {
    origin: "http://sandbox.localhost",
    key: `${keyId}:${keySecret}`,
    fetch: (request) => sandbox.fetch(request),
  };
}

function refusal(
  status: number,
  error: {
    message: string;
    status: string;
    details: { field_violations?: { field: string; description: string }[] }[];
  },
): Failure {
  const fields = error.details.flatMap((one) => one.field_violations ?? []);
  return new Failure(status === 404 ? "not_found" : "api", error.message, {
    code: error.status,
    status,
    fields,
  });
}
