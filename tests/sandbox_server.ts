/** A sandbox in memory behind real HTTP on a port of its own. */
import { assertEquals } from "@std/assert";
import { createSandbox, type Sandbox } from "../sandbox/sandbox.ts";

export class SandboxServer implements AsyncDisposable {
  readonly sandbox: Sandbox = createSandbox({ store: ":memory:" });
  /** `POST /v1/projects/…`, in order; tokens are not counted. */
  readonly calls: string[] = [];
  readonly #server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen: () => {} },
    (request) => {
      const { pathname, search } = new URL(request.url);
      if (pathname !== "/oauth2/token") {
        this.calls.push(`${request.method} ${pathname}${search}`);
      }
      return this.sandbox.fetch(request);
    },
  );

  /** The environment of a signed-in program that talks to this server. */
  get env(): Record<string, string> {
    const { projectId, keyId, keySecret, appId } = this.sandbox.account;
    return {
      SINCH_API_URL: `http://127.0.0.1:${this.#server.addr.port}`,
      SINCH_PROJECT_ID: projectId,
      SINCH_KEY_ID: keyId,
      SINCH_KEY_SECRET: keySecret,
      SINCH_APP_ID: appId,
    };
  }

  /** Asks the sandbox directly, past the network and the calls above. */
  // deno-lint-ignore no-explicit-any -- the API's JSON
  async ask(method: string, path: string, body?: unknown): Promise<any> {
    const { projectId, keyId, keySecret } = this.sandbox.account;
    const response = await this.sandbox.fetch(
      new Request(`http://sandbox/v1/projects/${projectId}/${path}`, {
        method,
        headers: {
          authorization: `Basic ${btoa(`${keyId}:${keySecret}`)}`,
          "content-type": "application/json",
        },
        body: body === undefined ? undefined : JSON.stringify(body),
      }),
    );
    return await response.json();
  }

  /** Lets time pass, after which the credentials of new apps are ACTIVE. */
  async advance(by_ms = 2000): Promise<void> {
    const { keyId, keySecret } = this.sandbox.account;
    const response = await this.sandbox.fetch(
      new Request("http://sandbox/_sandbox/clock:advance", {
        method: "POST",
        headers: {
          authorization: `Basic ${btoa(`${keyId}:${keySecret}`)}`,
          "content-type": "application/json",
        },
        body: JSON.stringify({ by_ms }),
      }),
    );
    assertEquals(response.status, 200);
    await response.body?.cancel();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.shutdown();
    await this.sandbox.close();
  }
}

/** Without the fields that a stored message has beside what was sent. */
export function sentPart(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sentPart);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, field]) =>
        field !== null && field !== "" && JSON.stringify(field) !== "{}"
      )
      .map(([name, field]) => [name, sentPart(field)]),
  );
}
