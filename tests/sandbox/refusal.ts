/** A request that is refused: the envelope of each host, and what stands in it. */
import { assertEquals, assertMatch } from "@std/assert";
import { type Client, P, TEMPLATES } from "./client.ts";
import type { Outcome } from "./documented_refusals.ts";

export const BASIC = `Basic ${btoa("sandbox-key:sandbox-secret")}`;

export interface Refused {
  status: number;
  headers: Headers;
  /** What the envelope of the host holds. */
  // deno-lint-ignore no-explicit-any -- the API's JSON
  error: any;
}

/** What makes a JSON body of a value. */
export function asJson(body: unknown) {
  return body === undefined ? {} : {
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  };
}

export interface Host {
  name: string;
  /** Paths of its own: a list or an item, something that takes a body, none. */
  get: string;
  post: string;
  elsewhere: string;
  /** A method that the path of `post` does not offer. */
  method: string;
  fetch(client: Client, request: Request): Promise<Response>;
  unwrapped?: true;
}

export const HOSTS: Host[] = [
  {
    name: "Conversation",
    get: `${P}/apps`,
    post: `${P}/messages:send`,
    elsewhere: `${P}/messages:nothing`,
    method: "GET",
    fetch: ({ sandbox }, request) => sandbox.fetch(request),
  },
  {
    name: "Template",
    get: TEMPLATES,
    post: TEMPLATES,
    elsewhere: `${TEMPLATES}/welcome_template/versions`,
    method: "PATCH",
    fetch: ({ sandbox }, request) => sandbox.fetch(request),
  },
  {
    name: "Batch",
    get: `${P}/messages?metadataKey=a&metadataValue=b`,
    post: `${P}/messages`,
    elsewhere: `${P}/messages:send`,
    method: "PUT",
    fetch: ({ sandbox }, request) => sandbox.batch.fetch(request),
    unwrapped: true,
  },
];
export const [CONVERSATION, TEMPLATE, BATCH] = HOSTS as [Host, Host, Host];

export async function newToken(client: Client): Promise<string> {
  const answer = await client.sandbox.fetch(
    new Request("http://sandbox/oauth2/token", {
      method: "POST",
      headers: { authorization: BASIC },
      body: new URLSearchParams({ grant_type: "client_credentials" }),
    }),
  );
  return `Bearer ${(await answer.json()).access_token}`;
}

/** Sends a request that is refused, and checks the envelope. */
export async function refusal(
  client: Client,
  host: Host,
  method: string,
  path: string,
  { headers = {}, body }: {
    headers?: Record<string, string>;
    body?: string;
  } = {},
): Promise<Refused> {
  const given = new Headers({
    authorization: await newToken(client),
    ...headers,
  });
  const request = new Request(`http://sandbox${path}`, {
    method,
    headers: given,
    // Bytes, so that no content type is added.
    body: body === undefined ? undefined : new TextEncoder().encode(body),
  });
  const answer = await host.fetch(client, request);
  assertEquals(answer.headers.get("content-type"), "application/json");
  const sent = await answer.json();
  const error = host.unwrapped ? sent : sent.error;
  assertEquals(sent, host.unwrapped ? error : { error });
  assertEquals(Object.keys(error).sort(), [
    "code",
    "details",
    "message",
    "status",
  ]);
  assertEquals(error.code, answer.status);
  return { status: answer.status, headers: answer.headers, error };
}

/** Of a 400: the fields that its details name. */
export function fields({ error }: Refused): string[] {
  assertEquals(error.status, "INVALID_ARGUMENT");
  const [{ "@type": type, field_violations }, ...others] = error.details;
  assertEquals([type, others], [
    "type.googleapis.com/google.rpc.BadRequest",
    [],
  ]);
  return field_violations.map((
    { field, description }: { field: string; description: string },
  ) => {
    assertMatch(description, /./);
    return field;
  });
}

export function assertRefused(refused: Refused, outcome: Outcome): void {
  const { status, error } = refused;
  if (typeof outcome === "string") {
    assertEquals([status, fields(refused)], [400, [outcome]]);
  } else if ("unknown" in outcome) {
    assertEquals(
      [status, error.status, error.message, error.details],
      [404, "NOT_FOUND", `${outcome.unknown} not found.`, []],
    );
  } else {
    assertEquals([status, error.status], [400, "FAILED_PRECONDITION"]);
  }
}
