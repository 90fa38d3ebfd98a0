import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { HttpClient } from "../../../api/http/client.ts";
import type { ApiRequest } from "../../../api/http/request.ts";
import { TokenSource } from "../../../api/http/token.ts";
import { Failure } from "../../../errors.ts";
import { Secrets } from "../../../runtime/secrets.ts";
import { denoRuntime } from "../../../runtime/deno.ts";
import { type Answer, ScriptedServer } from "../../scripted_server.ts";

const SEND: ApiRequest = {
  method: "POST",
  host: "conversation",
  path: "messages:send",
  body: { app_id: "A" },
  answerHas: "message_id",
};
const LIST: ApiRequest = {
  method: "GET",
  host: "conversation",
  path: "messages",
};
const ACCEPTED: Answer = { status: 200, body: { message_id: "M" } };
const UNAVAILABLE: Answer = { status: 503, body: {} };

/** A client of `url` that does not really wait, and tells how long it would. */
function clientOf(
  url: string,
  { timeoutMs = 2000, authUrl = url, signal }: {
    timeoutMs?: number;
    authUrl?: string;
    signal?: AbortSignal;
  } = {},
) {
  const waits: number[] = [];
  const options = {
    fetch,
    timeoutMs,
    signal,
    clock: {
      now: Date.now,
      sleep: (ms: number) => {
        waits.push(ms);
        return Promise.resolve();
      },
    },
    random: () => 0,
    files: denoRuntime().files,
    secrets: new Secrets(),
  };
  const token = new TokenSource({
    ...options,
    authUrl,
    keyId: "key",
    keySecret: () => Promise.resolve("s3cret"),
  });
  const target = { urls: { conversation: url, template: url }, projectId: "P" };
  const client = new HttpClient({
    ...options,
    target,
    token,
    userAgent: "sinch-cli/test",
  });
  return { client, waits };
}

/** The URL of a port that nobody listens on. */
function closedPort(): string {
  using listener = Deno.listen({ port: 0, hostname: "127.0.0.1" });
  return `http://127.0.0.1:${listener.addr.port}`;
}

Deno.test("a send is one token request and one API request, then one", async () => {
  await using server = new ScriptedServer();
  server.answers = [ACCEPTED];
  const { client } = clientOf(server.url);
  assertEquals(await client.send(SEND), { message_id: "M" });
  assertEquals(server.seen.map(({ url }) => url), [
    "/oauth2/token",
    "/v1/projects/P/messages:send",
  ]);
  await client.send(SEND);
  assertEquals(server.seen.length, 3);
  const [, request] = server.seen;
  assertEquals(request!.headers.get("authorization"), "Bearer token-1");
  assertEquals(request!.headers.get("content-type"), "application/json");
  assertEquals(request!.body, '{"app_id":"A"}');
});

Deno.test("a read that fails twice for a while succeeds", async () => {
  await using server = new ScriptedServer();
  server.answers = [UNAVAILABLE, { status: 500 }, {
    status: 200,
    body: { messages: [] },
  }];
  const { client, waits } = clientOf(server.url);
  assertEquals(await client.send(LIST), { messages: [] });
  assertEquals(waits, [500, 1000]);
});

Deno.test("a send is repeated after 429 as Retry-After asks", async () => {
  await using server = new ScriptedServer();
  server.answers = [{ status: 429, headers: { "retry-after": "2" } }, ACCEPTED];
  const { client, waits } = clientOf(server.url);
  await client.send(SEND);
  assertEquals(waits, [2000]);
  assertEquals(server.apiRequests.length, 2);
});

const UNKNOWN: Record<string, Answer> = {
  "a 503": UNAVAILABLE,
  "a 500": { status: 500 },
  "a lost connection": "hang up",
  "no answer in time": "silence",
  "an answer that is not JSON": { status: 200, body: "<html>" },
  "an answer without an id": { status: 200, body: {} },
};

for (const [name, answer] of Object.entries(UNKNOWN)) {
  Deno.test(`after ${name} a send is neither repeated nor called failed`, async () => {
    await using server = new ScriptedServer();
    server.answers = [answer];
    const { client } = clientOf(server.url, { timeoutMs: 300 });
    const failure = await assertRejects(
      () => client.send(SEND),
      Failure,
      "It is not known whether the message was accepted",
    );
    assertEquals(failure.kind, "outcome_unknown");
    assertStringIncludes(
      failure.hint ?? "",
      "sinch conversation messages list",
    );
    assertEquals(server.apiRequests.length, 1);
  });
}

Deno.test("a timeout covers the body, not just the headers", async () => {
  await using server = new ScriptedServer();
  server.answers = ["half"];
  const { client } = clientOf(server.url, { timeoutMs: 100 });
  const failure = await assertRejects(() => client.send(SEND), Failure);
  assertEquals(failure.kind, "outcome_unknown");
  assertStringIncludes(failure.message, "no answer within 0.1 s");
});

Deno.test("a refused connection is tried three times, and nothing was sent", async () => {
  await using server = new ScriptedServer();
  const { client, waits } = clientOf(closedPort(), { authUrl: server.url });
  const failure = await assertRejects(() => client.send(SEND), Failure);
  assertEquals(failure.kind, "network");
  assertStringIncludes(failure.message, "Not sent: ");
  assertEquals(waits, [500, 1000]);
});

Deno.test("Ctrl-C while a send is under way says that its outcome is unknown", async () => {
  await using server = new ScriptedServer();
  server.answers = ["silence"];
  const interrupt = new AbortController();
  const { client } = clientOf(server.url, { signal: interrupt.signal });
  const sending = client.send(SEND);
  await server.sees("/v1/projects/P/messages:send");
  interrupt.abort(new Failure("interrupted", "Interrupted"));
  const failure = await assertRejects(() => sending, Failure);
  assertEquals(failure.exitCode, 130);
  assertStringIncludes(failure.message, "It is not known whether");
});

Deno.test("a 401 is answered with one new token, and once only", async () => {
  await using server = new ScriptedServer();
  server.answers = [{ status: 401 }, ACCEPTED, { status: 401 }];
  const { client } = clientOf(server.url);
  await client.send(SEND);
  assertEquals(
    server.apiRequests.map(({ headers }) => headers.get("authorization")),
    ["Bearer token-1", "Bearer token-2"],
  );
  const failure = await assertRejects(() => client.send(SEND), Failure);
  assertEquals([failure.kind, failure.status], ["auth", 401]);
  assertEquals(server.apiRequests.length, 4);
  assertEquals(server.tokenRequests.length, 3);
});

Deno.test("a redirect is not followed: the token stays with its host", async () => {
  await using elsewhere = new ScriptedServer();
  await using server = new ScriptedServer();
  server.answers = [{ status: 307, headers: { location: elsewhere.url } }];
  const { client } = clientOf(server.url);
  const failure = await assertRejects(() => client.send(SEND), Failure);
  assertEquals(failure.status, 307);
  assertEquals(elsewhere.seen, []);
});

Deno.test("a token that an error page repeats is not shown", async () => {
  await using server = new ScriptedServer();
  server.answers = [{ status: 400, body: "no: Bearer token-1" }];
  const { client } = clientOf(server.url);
  const failure = await assertRejects(() => client.send(SEND), Failure);
  assertEquals(failure.message, "no: Bearer ••••");
});
