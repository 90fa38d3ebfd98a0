/** `messages get`, `update` and `delete`. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { calls, SandboxedCli } from "../../../sandboxed_cli.ts";

const MESSAGES = ["conversation", "messages"];
const CHANGES = [
  ["update", "01UNKNOWN", "--metadata", '{"a":1}'],
  ["delete", "01UNKNOWN", "--force"],
];

Deno.test("get shows a block of lines, --json the API's answer", async (t) => {
  await using cli = new SandboxedCli();
  const id = await cli.sendText("Hello\nfrom \x1b[2JSinch");
  const stored = await cli.ask("GET", `messages/${id}`);
  await t.step("terminal", async () => {
    const { stdout } = await cli.run([...MESSAGES, "get", id], {
      terminal: true,
      env: { NO_COLOR: "1" },
    });
    // The status depends on the time.
    const lines = stdout.replace(/(?<=^ {2}Status {8})[A-Z_]+/m, "…");
    assertEquals(lines.split("\n"), [
      `  ID            ${id}`,
      "  Direction     TO_CONTACT",
      "  Channel       SMS",
      "  Identity      15551234567",
      `  Contact       ${stored.contact_id}`,
      `  Conversation  ${stored.conversation_id}`,
      `  Accepted      ${
        stored.accept_time.slice(0, 19).replace("T", " ")
      } UTC (just now)`,
      "  Status        …",
      "  Mode          CONVERSATION",
      "  Type          text",
      "  Content       Hello",
      "                from ␛[2JSinch",
      "",
    ]);
  });
  await t.step("pipe", async () => {
    const { stdout } = await cli.run([...MESSAGES, "get", id]);
    assertStringIncludes(stdout, `  Accepted      ${stored.accept_time}\n`);
  });
  await t.step("JSON", async () => {
    const run = await cli.run([...MESSAGES, "get", id, "--json"]);
    const { message_status } = JSON.parse(run.stdout);
    assertEquals(
      run.stdout,
      `${JSON.stringify({ ...stored, message_status }, null, 2)}\n`
        .replace("\x1b", "\\u001b"),
    );
    assertEquals([run.code, run.stderr], [0, ""]);
  });
  await t.step("--query", async () => {
    const run = await cli.run([...MESSAGES, "get", id, "--query", "direction"]);
    assertEquals(run.stdout, '"TO_CONTACT"\n');
  });
});

Deno.test("update sends the metadata as the API's text", async (t) => {
  await using cli = new SandboxedCli();
  const id = await cli.sendText("Hello");
  for (
    const [given, stored] of [
      ['{"ticket": "4711"}', '{"ticket":"4711"}'],
      ["[1, 2]", "[1,2]"],
      ['"plain"', "plain"],
      ["42", "42"],
      ['""', ""],
      ['{"漢": "😀"}', '{"漢":"😀"}'],
    ] as const
  ) {
    await t.step(given, async () => {
      const run = await cli.run([
        ...MESSAGES,
        "update",
        id,
        "--metadata",
        given,
        "--json",
      ]);
      assertEquals([run.code, JSON.parse(run.stdout).metadata], [0, stored]);
      const { metadata } = await cli.ask("GET", `messages/${id}`);
      assertEquals(metadata, stored);
    });
  }
  await t.step("standard input", async () => {
    const run = await cli.run(
      [...MESSAGES, "update", id, "--metadata", "-"],
      { stdin: '{"from":"stdin"}\n' },
    );
    assertEquals(run.stdout, `✔ Metadata of message ${id} updated\n`);
    const { metadata } = await cli.ask("GET", `messages/${id}`);
    assertEquals(metadata, '{"from":"stdin"}');
  });
  await t.step("--dry-run", async () => {
    const run = await cli.run([
      ...MESSAGES,
      "update",
      id,
      "--metadata",
      "{}",
      "--dry-run",
    ]);
    const { method, body } = JSON.parse(run.stdout);
    assertEquals([method, body, calls(run)], ["PATCH", { metadata: "{}" }, []]);
  });
  await t.step("--curl", async () => {
    const run = await cli.run([
      ...MESSAGES,
      "update",
      id,
      "--metadata",
      "{}",
      "--curl",
    ]);
    assertStringIncludes(run.stderr, "curl --request PATCH");
    assertStringIncludes(run.stderr, "$SINCH_ACCESS_TOKEN");
    assertEquals(calls(run).length, 1);
  });
});

Deno.test("delete takes consent, then the message", async (t) => {
  await using cli = new SandboxedCli();
  const remaining = async () =>
    (await cli.ask("GET", "messages")).messages.length;
  const id = await cli.sendText("one");
  await t.step("nobody can be asked", async () => {
    const run = await cli.run([...MESSAGES, "delete", id]);
    assertEquals([run.code, await remaining()], [2, 1]);
    assertEquals(calls(run), [`GET messages/${id}`]);
    assertStringIncludes(run.stderr, "--force");
  });
  await t.step("a person says no", async () => {
    const run = await cli.run([...MESSAGES, "delete", id], {
      terminal: true,
      stdin: "n\r",
    });
    assertEquals([run.code, run.stdout, await remaining()], [1, "", 1]);
    assertStringIncludes(run.stderr, "cannot be undone");
    assertStringIncludes(run.stderr, "Cancelled");
  });
  await t.step("--dry-run", async () => {
    const run = await cli.run([...MESSAGES, "delete", id, "--dry-run"]);
    assertEquals(JSON.parse(run.stdout).method, "DELETE");
    assertEquals([run.code, calls(run), await remaining()], [0, [], 1]);
  });
  await t.step("a person says yes", async () => {
    const run = await cli.run([...MESSAGES, "delete", id], {
      terminal: true,
      stdin: "y\r",
      env: { NO_COLOR: "1" },
    });
    assertEquals([run.code, run.stdout], [0, `✔ Message ${id} deleted\n`]);
    assertEquals(await remaining(), 0);
  });
  for (const flag of ["-f", "--force", "--yes", "--non-interactive"]) {
    await t.step(flag, async () => {
      const id = await cli.sendText("another");
      const run = await cli.run([...MESSAGES, "delete", id, flag, "--json"]);
      assertEquals(JSON.parse(run.stdout), { id, deleted: true });
      assertEquals([run.code, await remaining()], [0, 0]);
    });
  }
});

Deno.test("what is not there exits 4, and says where else to look", async (t) => {
  await using cli = new SandboxedCli();
  for (const args of [["get", "01UNKNOWN"], ...CHANGES]) {
    await t.step(args[0]!, async () => {
      const run = await cli.run([...MESSAGES, ...args]);
      assertEquals([run.code, run.stdout], [4, ""]);
      assertStringIncludes(run.stderr, "region");
      const json = await cli.run([...MESSAGES, ...args, "--json"]);
      assertEquals([json.code, json.stdout], [4, ""]);
      assertEquals(JSON.parse(json.stderr).error.status, 404);
    });
  }
  const run = await cli.run([...MESSAGES, "get", "01UNKNOWN"]);
  assertStringIncludes(run.stderr, "--source dispatch");
});

Deno.test("a refused token exits 3; a 500 is tried again only by get", async () => {
  await using cli = new SandboxedCli();
  const error = { code: 500, status: "INTERNAL", message: "Oops." };
  const id = await cli.sendText("Hello");
  for (const args of [["get", id], ...CHANGES]) {
    const denied = { code: 401, status: "UNAUTHENTICATED", message: "No." };
    cli.answers = [1, 2].map(() =>
      Response.json({ error: denied }, { status: 401 })
    );
    assertEquals((await cli.run([...MESSAGES, ...args])).code, 3);
  }
  cli.answers = [Response.json({ error }, { status: 500 })];
  assertEquals((await cli.run([...MESSAGES, "get", id])).code, 0);
  for (const args of CHANGES) {
    cli.answers = [Response.json({ error }, { status: 500 })];
    const run = await cli.run([...MESSAGES, ...args]);
    assertEquals([run.code, calls(run).length], [5, 1]);
    assertStringIncludes(run.stderr, "not known whether the change was made");
  }
});

Deno.test("what cannot be meant is refused before anything is requested", async (t) => {
  await using cli = new SandboxedCli();
  for (
    const [args, says] of [
      [["get"], "<id>"],
      [["get", "--source", "x", "01"], "--source"],
      [["get", ".."], "is not an id"],
      [["update"], "--metadata"],
      [["update", "01"], "--metadata"],
      [["update", "--metadata", "{}"], "<id>"],
      [["update", "01", "--metadata", "{"], "--metadata is not valid JSON"],
      [
        ["update", "01", "--metadata", "ticket"],
        "--metadata is not valid JSON",
      ],
      [["update", "01", "--metadata", "@none.json"], "none.json"],
      [["update", "01", "--metadata", `"${"x".repeat(1025)}"`], "1024"],
      [["delete", "--force"], "<id>"],
      [["delete", "01", "--source", "x"], "--source"],
    ] as const
  ) {
    await t.step(args.join(" ").slice(0, 60), async () => {
      const run = await cli.run([...MESSAGES, ...args]);
      assertEquals([run.code, run.stdout, run.requests.length], [2, "", 0]);
      assertStringIncludes(run.stderr, says);
    });
  }
});
