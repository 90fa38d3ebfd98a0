/** Every change reaches a server once, however the connection ends. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { HttpClient } from "../../api/http/client.ts";
import type { ApiRequest } from "../../api/http/request.ts";
import { TokenSource } from "../../api/http/token.ts";
import { denoRuntime } from "../../runtime/deno.ts";
import { runAgainst } from "./program.ts";
import {
  type Fault,
  FAULTS,
  HostileServer,
  type Reply,
  type Seen,
} from "./server.ts";

const SEND = ["conversation", "send", "+15551234567", "Hello", "-c", "sms"];
const APP = { id: "A", channel_credentials: [{ channel: "SMS" }] };

interface Situation {
  name: string;
  args: string[];
  /** What comes before the fault; nothing for the request that gets it. */
  before(request: Seen, number: number): Reply | undefined;
  /** Which request of its kind is the one that gets the fault. */
  posts: number;
}

/** A connection that was used for something is what `fetch` used to repeat on. */
const SITUATIONS: Situation[] = [
  {
    name: "a token request",
    args: [...SEND, "--app", "A"],
    before: () => undefined,
    posts: 1,
  },
  {
    name: "a read",
    args: SEND,
    before: ({ method }) =>
      method === "GET" ? { status: 200, body: { apps: [APP] } } : undefined,
    posts: 1,
  },
  {
    name: "a 401",
    args: [...SEND, "--app", "A"],
    before: ({ method }, number) =>
      method !== "GET" && number === 1 ? { status: 401 } : undefined,
    posts: 2,
  },
  {
    name: "a 429",
    args: [...SEND, "--app", "A"],
    before: ({ method }, number) =>
      method !== "GET" && number === 1 ? { status: 429 } : undefined,
    posts: 2,
  },
];

for (const tls of [false, true]) {
  for (const situation of SITUATIONS) {
    const name = `a send after ${situation.name} reaches the server once`;
    Deno.test(`${name}, ${tls ? "with" : "without"} TLS`, async () => {
      for (const fault of FAULTS) await once(situation, tls, fault);
    });
  }
}

async function once(
  { args, before, posts }: Situation,
  tls: boolean,
  fault: Fault,
): Promise<void> {
  let number = 0;
  await using server = await HostileServer.start({
    tls,
    reply: (request) => {
      if (request.url === "/oauth2/token") return undefined;
      if (request.method !== "GET") number++;
      const isApp = request.url.includes("/apps/");
      if (isApp) return { status: 200, body: APP };
      return before(request, number) ?? fault;
    },
  });
  const run = await runAgainst(server, args);
  assertEquals(server.changes.length, posts, `${fault}\n${run.stderr}`);
  assertEquals(run.code, 5, fault);
  assertStringIncludes(run.stderr, "not known", fault);
  assertEquals(run.stdout, "", fault);
}

Deno.test("a DELETE, a PATCH and a token request reach the server once", async () => {
  const cases: [args: string[], path: RegExp, what: string][] = [
    [
      ["conversation", "messages", "delete", "M", "--force"],
      /messages/,
      "not known",
    ],
    [
      ["conversation", "contacts", "update", "C", "--name", "Ada"],
      /contacts/,
      "not known",
    ],
    [["auth", "token"], /oauth2/, "No access token"],
  ];
  for (const [args, path, what] of cases) {
    await using server = await HostileServer.start({
      reply: ({ url }) => path.test(url) ? "reset after" : undefined,
    });
    const run = await runAgainst(server, args);
    assertEquals(run.code, what === "not known" ? 5 : 1, run.stderr);
    assertStringIncludes(run.stderr, what);
    const hit = server.seen.filter(({ url }) => path.test(url));
    // A token costs nothing: the program itself asks for one three times.
    assertEquals(hit.length, args[0] === "auth" ? 3 : 1, args.join(" "));
    assert(
      new Set(hit.map(({ connection }) => connection)).size === hit.length,
    );
  }
});

Deno.test("of many sends in one process each reaches the server once", async () => {
  const accepted: Reply = { status: 200, body: { message_id: "M" } };
  let number = 0;
  await using server = await HostileServer.start({
    reply: ({ url }) =>
      url === "/oauth2/token"
        ? undefined
        : ++number % 2 === 1
        ? accepted
        : FAULTS[number / 2 % FAULTS.length],
  });
  const { random, files, fetch, clock, secrets } = denoRuntime();
  const options = { random, files, fetch, clock, secrets, timeoutMs: 5000 };
  const http = new HttpClient({
    ...options,
    target: {
      urls: { conversation: server.url, template: server.url },
      projectId: "P",
    },
    token: new TokenSource({
      ...options,
      authUrl: server.url,
      keyId: "key",
      keySecret: () => Promise.resolve("s3cret"),
    }),
    userAgent: "test",
  });
  const told = { accepted: 0, unknown: 0 };
  for (let sent = 0; sent < 28; sent++) {
    const body = { sent };
    await http.send({ ...MESSAGE, body }).then(
      () => told.accepted++,
      ({ kind }) => kind === "outcome_unknown" && told.unknown++,
    );
  }
  assertEquals(server.changes.length, 28);
  assertEquals(told, { accepted: 14, unknown: 14 });
});

const MESSAGE: ApiRequest = {
  method: "POST",
  host: "conversation",
  path: "messages:send",
  answerHas: "message_id",
};
