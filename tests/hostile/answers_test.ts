/** Answers that no list, token or change can be read from. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { runAgainst } from "./program.ts";
import { HostileServer, type Reply, type Seen } from "./server.ts";

const LIST = ["conversation", "messages", "list", "--json"];
const APPS = ["conversation", "apps", "list", "--json"];
const SEND = [
  ...["conversation", "send", "+15551234567", "Hello"],
  ...["-c", "sms", "--app", "A"],
];
const APP = { id: "A", channel_credentials: [{ channel: "SMS" }] };

/** The API of `reply`; tokens and the app are as usual. */
function start(
  reply: (request: Seen) => Reply | undefined,
): Promise<HostileServer> {
  return HostileServer.start({
    reply: (request) =>
      request.url === "/oauth2/token"
        ? undefined
        : request.url.includes("/apps/")
        ? { status: 200, body: APP }
        : reply(request),
  });
}

const NONSENSE: Record<string, Reply> = {
  "an array": { status: 200, body: [1, 2] },
  "a number": { status: 200, body: "7" },
  "null": { status: 200, body: "null" },
  "nothing": { status: 200, body: "" },
  "204": { status: 204 },
  "half a document": { status: 200, body: '{"messages":[' },
  "a text for the list": {
    status: 200,
    body: { messages: "none", apps: "none" },
  },
};

for (const [name, reply] of Object.entries(NONSENSE)) {
  Deno.test(`a list that is ${name} is an error`, async () => {
    await using server = await start(() => reply);
    for (const args of [LIST, APPS]) {
      const run = await runAgainst(server, args);
      assertEquals(run.code, 1, run.stderr);
      assertEquals(JSON.parse(run.stderr).error.code, "API");
    }
  });
}

Deno.test("an answer over 64 MiB is said to be too large", async () => {
  const zeros = new Blob([new Uint8Array(65 * 1024 * 1024)]).stream();
  const bytes = await new Response(
    zeros.pipeThrough(new CompressionStream("gzip")),
  ).bytes();
  const head = "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\n" +
    `content-length: ${bytes.length}\r\n\r\n`;
  const raw = new Uint8Array([...new TextEncoder().encode(head), ...bytes]);
  await using server = await start(() => ({ raw }));
  const list = await runAgainst(server, LIST);
  assertEquals(list.code, 1);
  assertStringIncludes(list.stderr, "larger than 64 MiB");
  const sent = await runAgainst(server, SEND);
  assertStringIncludes(sent.stderr, "not known");
  assertStringIncludes(sent.stderr, "larger than 64 MiB");
  assertEquals(server.changes.length, 1);
});

Deno.test("pages that never end are an error", async () => {
  let page = 0;
  const endless: Record<string, () => unknown> = {
    "the same token": () => ({ messages: [], next_page_token: "again" }),
    "a token of before": () => ({
      messages: [{ id: "M" }],
      next_page_token: `${page++ % 3}`,
    }),
    "empty pages": () => ({ messages: [], next_page_token: `${page++}` }),
  };
  for (const [name, body] of Object.entries(endless)) {
    await using server = await start(() => ({ status: 200, body: body() }));
    const run = await runAgainst(server, [...LIST, "--all"]);
    assertEquals(run.code, 1, name);
    assertStringIncludes(run.stderr, "never end", name);
    assert(server.seen.length < 110, name);
  }
});

Deno.test("a token that no header takes is refused, and not kept", async () => {
  await using server = await HostileServer.start({
    reply: ({ url }) =>
      url === "/oauth2/token"
        ? {
          status: 200,
          body: { access_token: "a\nb\u00e9", expires_in: 3599 },
        }
        : { status: 200, body: APP },
  });
  const home = await Deno.makeTempDir();
  for (const count of [1, 2]) {
    const run = await runAgainst(server, SEND, { home });
    assertEquals(run.code, 1);
    assertStringIncludes(run.stderr, "characters that HTTP does not allow");
    assertEquals(server.tokenRequests.length, count);
  }
  assertEquals(server.changes.length, 0);
  await Deno.remove(home, { recursive: true });
});

Deno.test("a blocked port is not sent to", async () => {
  await using server = await start(() => undefined);
  const env = { SINCH_CONVERSATION_URL: "http://127.0.0.1:6667" };
  const run = await runAgainst(
    server,
    ["conversation", "messages", "delete", "M", "--force"],
    { env },
  );
  assertEquals(run.code, 1);
  assertStringIncludes(
    run.stderr,
    "Not sent: no HTTP client connects to port 6667",
  );
});

Deno.test("a Retry-After that is not ahead is not taken for at once", async () => {
  const values = [
    "-5",
    "0",
    "soon",
    "",
    "Wed, 21 Oct 2015 07:28:00 GMT",
  ];
  for (const value of values) {
    const headers = { "retry-after": value };
    await using server = await start(() => ({ status: 429, headers }));
    const waits: number[] = [];
    const sleep = (ms: number) => {
      waits.push(ms);
      return Promise.resolve();
    };
    await runAgainst(server, SEND, {
      runtime: { clock: { now: Date.now, sleep }, random: () => 0 },
    });
    assertEquals(waits, [500, 1000], value);
  }
});

Deno.test("no lifetime of a token crashes", async () => {
  for (const seconds of ["1e300", "1e999", "-1e999", "-1", '"x"', "null"]) {
    await using server = await HostileServer.start({
      reply: () => ({
        status: 200,
        body: `{"access_token":"T","expires_in":${seconds}}`,
      }),
    });
    const run = await runAgainst(server, ["auth", "token", "--json"]);
    assertEquals(run.code, 0, `${seconds} ${run.stderr}`);
  }
});

Deno.test("a cached token does not serve another secret", async () => {
  await using server = await start(() => ({
    status: 200,
    body: { messages: [] },
  }));
  const home = await Deno.makeTempDir();
  const run = (SINCH_KEY_SECRET: string) =>
    runAgainst(server, LIST, { home, env: { SINCH_KEY_SECRET } });
  for (
    const [secret, requests] of [["one", 1], ["one", 1], ["two", 2]] as const
  ) {
    assertEquals((await run(secret)).code, 0);
    assertEquals(server.tokenRequests.length, requests, secret);
  }
  await Deno.remove(home, { recursive: true });
});

Deno.test("only a refusal says that nothing was done", async () => {
  const half = (status: number) => ({
    raw: `HTTP/1.1 ${status} X\r\ncontent-length: 99\r\n\r\n{"error":`,
  });
  const cases: [Reply, string][] = [
    [half(400), "API"],
    [half(404), "NOT_FOUND"],
    [half(429), "API"],
    [half(500), "OUTCOME_UNKNOWN"],
    [half(200), "OUTCOME_UNKNOWN"],
    [{ status: 501 }, "API"],
    [{ status: 505 }, "OUTCOME_UNKNOWN"],
    [{ status: 999 }, "OUTCOME_UNKNOWN"],
    [{ status: 101 }, "OUTCOME_UNKNOWN"],
    // A page behind it may say that it was done.
    [
      { status: 303, headers: { location: "file:///etc/hosts" } },
      "OUTCOME_UNKNOWN",
    ],
    [{ status: 307, headers: { location: "/again" } }, "OUTCOME_UNKNOWN"],
    [{ status: 304 }, "OUTCOME_UNKNOWN"],
  ];
  const exitCodes: Record<string, number> = {
    API: 1,
    NOT_FOUND: 4,
    OUTCOME_UNKNOWN: 5,
  };
  for (const [reply, code] of cases) {
    await using server = await start(() => reply);
    const run = await runAgainst(server, [...SEND, "--json"]);
    const at = JSON.stringify(reply);
    assertEquals(run.code, exitCodes[code], at);
    assertEquals(JSON.parse(run.stderr).error.code, code, at);
    assertEquals(run.stdout, "", at);
    const posts = at.includes(" 429 ") ? 3 : 1;
    assertEquals(server.changes.length, posts, at);
  }
});
