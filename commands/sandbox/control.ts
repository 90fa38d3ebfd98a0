/**
 * The sandbox's own endpoints: of the one that SINCH_API_URL names, else of the
 * one that was started last, else of the store of `--sandbox`, which may also be
 * asked for.
 */
import { environment } from "../../config/environment.ts";
import { Failure } from "../../errors.ts";
import type { Runtime } from "../../runtime/runtime.ts";
import type { Sandbox } from "../../sandbox/sandbox.ts";
import type { Context } from "../context.ts";
import { defaultStore, openSandbox } from "./open.ts";
import { findRunning, isSandbox } from "./running.ts";

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
  await using sandbox = await connect(context);
  const answer = await ask(sandbox, context.signal, method, path, body);
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

async function connect({ runtime, inSandbox }: Context): Promise<Connection> {
  const served = inSandbox ? undefined : await findServed(runtime);
  if (served) {
    return {
      ...served,
      isServed: true,
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

async function findServed(
  runtime: Runtime,
): Promise<Pick<Asked, "origin" | "key"> | undefined> {
  const variable = environment(runtime);
  const url = variable("SINCH_API_URL")?.value.replace(/\/$/, "");
  if (url && await isSandbox(runtime, url)) {
    const id = variable("SINCH_KEY_ID")?.value;
    const secret = variable("SINCH_KEY_SECRET")?.value;
    return { origin: url, key: `${id}:${secret}` };
  }
  const running = await findRunning(runtime);
  return running && {
    origin: running.url,
    key: `${running.key_id}:${running.key_secret}`,
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
