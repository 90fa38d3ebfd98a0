/** A sandbox in memory with a clock set by hand, and a plain caller of it. */
import {
  createSandbox,
  type Sandbox,
  type SandboxOptions,
} from "../../sandbox/sandbox.ts";

export const P = "/v1/projects/sandbox-project";
export const TEMPLATES = "/v2/projects/sandbox-project/templates";
export const APP = "01SANDB0XAPP00000000000001";
export const ADA = "01HSANDB0XC0NTACT000000001";
export const BO = "01HSANDB0XC0NTACT000000002";
export const CARLA = "01HSANDB0XC0NTACT000000003";
/** An id that nothing has. */
export const NOBODY = "01ARZ3NDEKTSV4RRFFQ69G5FAV";

/** Thursday 15 January 2026, half past nine. */
export const START = Date.parse("2026-01-15T09:30:00.123Z");

export interface Answer {
  status: number;
  headers: Headers;
  // deno-lint-ignore no-explicit-any
  body: any;
}

export interface Client extends Disposable {
  sandbox: Sandbox;
  clock: { ms: number; now(): number };
  call(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer>;
}

export function openClient(
  store = ":memory:",
  live?: SandboxOptions["live"],
  rateLimit?: number,
): Client {
  const clock = {
    ms: START,
    now() {
      return this.ms;
    },
  };
  const sandbox = createSandbox({ store, clock, live, rateLimit });
  return {
    sandbox,
    clock,
    async call(method, path, body, headers) {
      const response = await sandbox.fetch(
        new Request(`http://sandbox${path}`, {
          method,
          headers: headers ?? {
            authorization: `Basic ${btoa("sandbox-key:sandbox-secret")}`,
            "content-type": "application/json",
          },
          body: body === undefined ? undefined : JSON.stringify(body),
        }),
      );
      const text = await response.text();
      return {
        status: response.status,
        headers: response.headers,
        body: text === "" ? undefined : JSON.parse(text),
      };
    },
    [Symbol.dispose]() {
      sandbox.close();
    },
  };
}

/** A send to a phone number over SMS; `more` overrides and adds fields. */
export function smsTo(identity: string, more: Record<string, unknown> = {}) {
  return {
    app_id: APP,
    recipient: {
      identified_by: { channel_identities: [{ channel: "SMS", identity }] },
    },
    message: { text_message: { text: "Hello" } },
    ...more,
  };
}

/** The fields that an answer says are at fault. */
export function faults({ body }: Answer): string[] {
  const [details] = body.error.details;
  return details.field_violations.map(({ field }: { field: string }) => field);
}

/** A request for a token with the sandbox's own keys. */
export function askForToken(sandbox: Sandbox): Promise<Response> {
  return sandbox.fetch(
    new Request("http://sandbox/oauth2/token", {
      method: "POST",
      headers: { authorization: `Basic ${btoa("sandbox-key:sandbox-secret")}` },
      body: new URLSearchParams({ grant_type: "client_credentials" }),
    }),
  );
}
