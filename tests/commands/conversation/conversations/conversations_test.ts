/** `conversations`, `conversations list`, `get` and `stop`. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { calls, SandboxedCli } from "../../../sandboxed_cli.ts";

const CONVERSATIONS = ["conversation", "conversations"];
const NOW = Date.parse("2026-11-03T12:00:00Z");
const clock = { now: () => NOW, sleep: () => Promise.resolve() };
const ACTIVE = {
  id: "01HW9CNV0000000000000000CC",
  app_id: "01HW7APP0000000000000000AA",
  contact_id: "01HW9CON0000000000000000BB",
  active: true,
  active_channel: "WHATSAPP",
  last_received: "2026-11-03T09:00:00Z",
  metadata: "",
  metadata_json: {},
  correlation_id: "",
};
const STOPPED = {
  ...ACTIVE,
  id: "01HW9CNV0000000000000000DD",
  active: false,
  active_channel: "CHANNEL_UNSPECIFIED",
  last_received: "1970-01-01T00:00:00Z",
};

Deno.test("conversations lists by itself as conversations list does", async (t) => {
  await using cli = new SandboxedCli();
  const answer = {
    conversations: [ACTIVE, STOPPED],
    next_page_token: "",
    total_size: 2,
  };
  for (const words of [CONVERSATIONS, [...CONVERSATIONS, "list"]]) {
    await t.step(words.join(" "), async () => {
      cli.answers = [1, 2, 3].map(() => Response.json(answer));
      const terminal = await cli.run(words, {
        terminal: true,
        columns: 100,
        env: { NO_COLOR: "1" },
        runtime: { clock },
      });
      assertEquals(terminal.stdout.split("\n"), [
        "STATE     CHANNEL   LAST MESSAGE  CONTACT                     ID",
        "ACTIVE    WHATSAPP  3h ago        01HW9CON0000000000000000BB  01HW9CNV0000000000000000CC",
        "INACTIVE  -         -             01HW9CON0000000000000000BB  01HW9CNV0000000000000000DD",
        "",
      ]);
      const pipe = await cli.run(words);
      assertEquals(
        pipe.stdout,
        "01HW9CNV0000000000000000CC\tACTIVE\tWHATSAPP\t01HW9CON0000000000000000BB\t2026-11-03T09:00:00Z\n" +
          "01HW9CNV0000000000000000DD\tINACTIVE\t\t01HW9CON0000000000000000BB\t\n",
      );
      const json = await cli.run([...words, "--json"]);
      const { conversations } = answer;
      assertEquals(
        json.stdout,
        `${JSON.stringify({ conversations }, null, 2)}\n`,
      );
    });
  }
});

Deno.test("the app is the given one, the default, or the only one", async (t) => {
  await using cli = new SandboxedCli();
  const { appId } = cli.sandbox.account;
  const page = "page_size=20";
  for (
    const [args, env, wanted] of [
      [[], {}, [`GET conversations?app_id=${appId}&${page}`]],
      [["-a", "01OTHER"], {}, [`GET conversations?app_id=01OTHER&${page}`]],
      [
        ["--contact", "01C"],
        {},
        [`GET conversations?contact_id=01C&${page}`],
      ],
      [[], { SINCH_APP_ID: "" }, [
        "GET apps",
        `GET conversations?app_id=${appId}&${page}`,
      ]],
    ] as const
  ) {
    await t.step(args.join(" ") || JSON.stringify(env), async () => {
      const run = await cli.run([...CONVERSATIONS, ...args], { env });
      // Without a row, the app is read as well.
      assertEquals(calls(run).slice(0, wanted.length), [...wanted]);
    });
  }
});

Deno.test("a state is asked of the API, and looked at again", async (t) => {
  await using cli = new SandboxedCli();
  const { appId } = cli.sandbox.account;
  for (
    const [state, only_active, shown] of [
      ["ACTIVE", true, ACTIVE],
      ["active", true, ACTIVE],
      ["INACTIVE", false, STOPPED],
      ["CLOSED", false, STOPPED],
    ] as const
  ) {
    await t.step(state, async () => {
      // A server that takes no notice of the filter.
      cli.answers = [
        Response.json({
          conversations: [ACTIVE, STOPPED],
          next_page_token: "t",
        }),
        Response.json({ conversations: [] }),
      ];
      const run = await cli.run([...CONVERSATIONS, "-s", state, "--jsonl"]);
      assertEquals(run.stdout, `${JSON.stringify(shown)}\n`);
      assertEquals(calls(run), [
        `GET conversations?app_id=${appId}&only_active=${only_active}&page_size=20`,
        `GET conversations?app_id=${appId}&only_active=${only_active}&page_size=19&page_token=t`,
      ]);
      assertEquals(run.stderr.includes("no CLOSED"), state === "CLOSED");
    });
  }
});

Deno.test("three pages are read for 45 conversations", async () => {
  await using cli = new SandboxedCli();
  for (let index = 0; index < 45; index++) {
    await cli.sendText("Hi", `+1555987${1000 + index}`);
  }
  const run = await cli.run([...CONVERSATIONS, "--all", "--columns", "id"]);
  assertEquals(new Set(run.stdout.trimEnd().split("\n")).size, 45);
  assertEquals(calls(run).length, 3);
});

Deno.test("no conversations is explained by the mode of the app", async () => {
  await using cli = new SandboxedCli();
  const run = await cli.run(CONVERSATIONS);
  assertEquals([run.code, run.stdout], [0, ""]);
  assertStringIncludes(
    run.stderr,
    "No conversations found.\nApps in DISPATCH mode",
  );
  const json = await cli.run([...CONVERSATIONS, "--json"]);
  assertEquals(json.stdout, '{\n  "conversations": []\n}\n');
});

Deno.test("get shows a conversation, and stop ends it", async (t) => {
  await using cli = new SandboxedCli();
  await cli.sendText("Hi");
  const { appId } = cli.sandbox.account;
  const first = async () =>
    (await cli.ask("GET", `conversations?app_id=${appId}`)).conversations[0];
  const { id, contact_id, last_received } = await first();
  await t.step("get in a pipe", async () => {
    const run = await cli.run([...CONVERSATIONS, "get", id]);
    assertEquals(run.stdout.split("\n"), [
      `  ID            ${id}`,
      "  State         ACTIVE",
      "  Channel       SMS",
      `  App           ${appId}`,
      `  Contact       ${contact_id}`,
      `  Last message  ${last_received}`,
      "",
    ]);
  });
  await t.step("get in a terminal", async () => {
    const run = await cli.run([...CONVERSATIONS, "get", id], {
      terminal: true,
      env: { NO_COLOR: "1" },
    });
    assertStringIncludes(run.stdout, "UTC (just now)\n");
  });
  await t.step("get --json", async () => {
    const run = await cli.run([...CONVERSATIONS, "get", id, "--json"]);
    assertEquals(JSON.parse(run.stdout), await first());
  });
  await t.step("stop --dry-run", async () => {
    const run = await cli.run([...CONVERSATIONS, "stop", id, "--dry-run"]);
    assertStringIncludes(
      JSON.parse(run.stdout).url,
      `conversations/${id}:stop`,
    );
    assertEquals([calls(run), (await first()).active], [[], true]);
  });
  await t.step("stop", async () => {
    const run = await cli.run([...CONVERSATIONS, "stop", id]);
    assertEquals([run.code, run.stdout], [0, `✔ Conversation ${id} stopped\n`]);
    assertEquals((await first()).active, false);
  });
  await t.step("stop --json", async () => {
    const run = await cli.run([...CONVERSATIONS, "stop", id, "--json"]);
    assertEquals(JSON.parse(run.stdout), { id, active: false });
  });
  for (const word of ["get", "stop"]) {
    await t.step(`${word} of what is not there`, async () => {
      const run = await cli.run([...CONVERSATIONS, word, "01UNKNOWN"]);
      assertEquals([run.code, run.stdout], [4, ""]);
    });
  }
});

Deno.test("what cannot be meant is refused before anything is requested", async (t) => {
  await using cli = new SandboxedCli();
  for (
    const [args, says] of [
      [["stp"], "Did you mean stop"],
      [["foo"], 'Unknown command "foo"'],
      [["--state", "OPEN"], "--state must be ACTIVE, INACTIVE or CLOSED"],
      [["--channel", "FOO"], "--channel"],
      [["--limit", "none"], "--limit"],
      [["get"], "<id>"],
      [["stop"], "<id>"],
    ] as const
  ) {
    await t.step(args.join(" "), async () => {
      const run = await cli.run([...CONVERSATIONS, ...args]);
      assertEquals([run.code, run.stdout, run.requests.length], [2, "", 0]);
      assertStringIncludes(run.stderr, says);
    });
  }
});
