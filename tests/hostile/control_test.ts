/** The sandbox's own endpoints use the same transport as the API. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { runAgainst } from "./program.ts";
import { FAULTS, HostileServer, type Reply, type Seen } from "./server.ts";

const HEALTH = "/_sandbox/health";
const READS = [["rule", "list"], ["callbacks", "list"], ["clock"], [
  "show",
  "M",
]];
const CHANGES = [
  ["clock", "advance", "1h"],
  ["rule", "remove", "r1"],
  ["reply", "+15551234567", "Hello"],
  ["tap", "M", "1"],
  ["callbacks", "redeliver", "cb1"],
  ["trigger", "MESSAGE_INBOUND"],
];

/** A sandbox that is healthy, and answers everything else with `reply`. */
function start(reply: (request: Seen) => Reply): Promise<HostileServer> {
  return HostileServer.start({
    reply: (request) =>
      request.url === HEALTH
        ? { status: 200, body: { status: "ok" } }
        : reply(request),
  });
}

Deno.test("no control call leaves this machine over http", async () => {
  await using server = await start(() => ({ status: 200, body: {} }));
  for (const args of [...READS, ...CHANGES]) {
    const run = await runAgainst(server, ["sandbox", ...args], {
      env: { SINCH_API_URL: "http://192.0.2.1" },
    });
    assertEquals(run.code, 2, `${args}: ${run.stderr}`);
    assertStringIncludes(run.stderr, "http://", args.join(" "));
  }
  assertEquals(server.seen.length, 0);
});

Deno.test("a redirect does not carry a control call elsewhere", async () => {
  await using elsewhere = await start(() => ({ status: 200, body: {} }));
  await using server = await start(() => ({
    status: 307,
    headers: { location: `${elsewhere.url}/_sandbox/rules` },
  }));
  for (const args of [...READS, ...CHANGES]) {
    const run = await runAgainst(server, ["sandbox", ...args]);
    const isRead = READS.includes(args);
    assertEquals(run.code, isRead ? 1 : 5, `${args}: ${run.stderr}`);
  }
  assertEquals(elsewhere.seen.length, 0);
});

Deno.test("a control call that is lost was made once, and says so", async () => {
  for (const fault of FAULTS) {
    await using server = await start(() => fault);
    const advance = await runAgainst(server, ["sandbox", ...CHANGES[0]!]);
    assertEquals(advance.code, 5);
    assertStringIncludes(advance.stderr, "not known", fault);
    assertEquals(server.changes.length, 1, fault);
    const clock = await runAgainst(server, ["sandbox", "clock"]);
    assertEquals(clock.code, 1);
    assertStringIncludes(clock.stderr, "No answer", fault);
  }
});

Deno.test("nonsense from a sandbox is an error", async () => {
  const key = btoa("key:s3cret");
  const replies: Record<string, Reply> = {
    array: { status: 200, body: [1] },
    nothing: { status: 200, body: "" },
    html: { status: 200, body: "<html>" },
    "an error that is no object": { status: 400, body: '{"error":7}' },
    "an error without details": { status: 400, body: { error: {} } },
    "the credentials": { status: 400, body: { message: `no ${key} s3cret` } },
  };
  for (const [name, reply] of Object.entries(replies)) {
    await using server = await start(() => reply);
    for (const args of READS) {
      const run = await runAgainst(server, ["sandbox", ...args]);
      assertEquals(run.code, 1, `${name} ${args}: ${run.stderr}`);
      assert(!/bug/i.test(run.stderr), run.stderr);
    }
  }
});

Deno.test("a sandbox that is named needs credentials", async () => {
  await using server = await start(() => ({ status: 200, body: {} }));
  const run = await runAgainst(server, ["sandbox", "clock"], {
    env: { SINCH_KEY_SECRET: "" },
  });
  assertEquals(run.code, 3);
  assertStringIncludes(run.stderr, "SINCH_KEY_SECRET");
});

const FIELDS = [
  ...["rules", "callbacks", "now", "ahead_ms", "message", "shown", "reports"],
  ...["next", "is_heard", "id", "trigger", "target", "status", "tries"],
  ...["message_id", "event_id", "app_id", "next_page_token", "body", "choices"],
];

Deno.test("whatever a sandbox answers, no control command crashes", async () => {
  const texts = Object.fromEntries(FIELDS.map((name) => [name, "x"]));
  const values = [
    null,
    7,
    true,
    {},
    [],
    "x",
    [null],
    [7, "x", [], {}],
    [texts],
    {
      ...texts,
      toString: 1,
    },
  ];
  let value: unknown;
  await using server = await start(() => ({
    status: 200,
    body: Object.fromEntries(FIELDS.map((name) => [name, value])),
  }));
  const added = ["rule", "add", "--drop", "before"];
  for (value of values) {
    for (const args of [...READS, ...CHANGES, added]) {
      for (const form of [[], ["--json"]]) {
        const command = ["sandbox", ...args, ...form];
        const { code, stdout, stderr } = await runAgainst(server, command);
        const at = `${command.join(" ")} ${JSON.stringify(value)}: ${stderr}`;
        assert(!/bug|Unexpected/i.test(stderr), at);
        // As it came, not as it was read.
        if (form.length > 0 && code === 0 && args[0] === "clock") {
          assertEquals(JSON.parse(stdout).now, value, at);
        }
      }
    }
  }
});

Deno.test("callbacks whose pages never end are an error", async () => {
  let answered = 0;
  await using server = await start(() => ({
    status: 200,
    body: { callbacks: [], next_page_token: `page-${++answered}` },
  }));
  const run = await runAgainst(server, ["sandbox", "callbacks"]);
  assertEquals(run.code, 1);
  assertStringIncludes(run.stderr, "never end");
});
