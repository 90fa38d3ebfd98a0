/** `contacts` and `contacts list`. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { calls, SandboxedCli } from "../../../sandboxed_cli.ts";

const CONTACTS = ["conversation", "contacts"];
const ADA = "01HSANDB0XC0NTACT000000001";

Deno.test("contacts lists by itself as contacts list does", async (t) => {
  await using cli = new SandboxedCli();
  for (const words of [CONTACTS, [...CONTACTS, "list"]]) {
    await t.step(words.join(" "), async () => {
      const terminal = await cli.run([...words, "-l", "2"], {
        terminal: true,
        columns: 100,
        env: { NO_COLOR: "1" },
      });
      assertEquals(terminal.stdout.split("\n"), [
        "NAME        CHANNELS                                     EMAIL  LANGUAGE  ID",
        "Carla Ruiz  MESSENGER 5551234569000001, RCS 15551234569  -      ES_MX     01HSANDB0XC0NTACT000000003",
        "Bo Ek       WHATSAPP 15551234568, TELEGRAM 5551234568    -      SV        01HSANDB0XC0NTACT000000002",
        "",
      ]);
      const pipe = await cli.run([...words, "--columns", "name,email"]);
      assertEquals(
        pipe.stdout,
        "Carla Ruiz\t\nBo Ek\t\nAda Lovelace\tada@example.com\n",
      );
      const json = await cli.run([...words, "--json"]);
      const { contacts } = await cli.ask("GET", "contacts");
      assertEquals(json.stdout, `${JSON.stringify({ contacts }, null, 2)}\n`);
    });
  }
});

Deno.test("three pages are read for 45 contacts", async () => {
  await using cli = new SandboxedCli();
  for (let index = 0; index < 42; index++) {
    await cli.sendText("Hi", `+1555987${1000 + index}`);
  }
  const run = await cli.run([...CONTACTS, "--all", "--columns", "id"]);
  assertEquals(new Set(run.stdout.trimEnd().split("\n")).size, 45);
  assertEquals(calls(run).length, 3);
  const limited = await cli.run([...CONTACTS, "--limit", "30", "--json"]);
  assertEquals(
    calls(limited).map((call) => /page_size=\d+/.exec(call)?.[0]),
    ["page_size=20", "page_size=10"],
  );
});

Deno.test("--app shows who has a conversation with it, each once", async (t) => {
  await using cli = new SandboxedCli();
  const { appId } = cli.sandbox.account;
  await cli.sendText("to Ada", "+15551234567");
  for (let index = 0; index < 24; index++) {
    await cli.sendText("Hi", `+1555987${1000 + index}`);
  }
  // Ada's second conversation: the first one has ended.
  const { conversations } = await cli.ask(
    "GET",
    `conversations?contact_id=${ADA}`,
  );
  await cli.ask("POST", `conversations/${conversations[0].id}:stop`);
  await cli.sendText("to Ada again", "+15551234567");
  await t.step("all", async () => {
    const run = await cli.run([...CONTACTS, "--app", appId, "--all", "--json"]);
    const ids = JSON.parse(run.stdout).contacts.map(({ id }: { id: string }) =>
      id
    );
    assertEquals([ids.length, new Set(ids).size], [25, 25]);
    assertEquals(ids.includes(ADA), true);
    assertEquals(
      run.stderr,
      "Contacts are shared by all apps of the project.\n",
    );
  });
  await t.step("up to the limit", async () => {
    const run = await cli.run([...CONTACTS, "--app", appId, "-l", "22"]);
    assertEquals(run.stdout.trimEnd().split("\n").length, 22);
    assertStringIncludes(run.stderr, "22 contacts (more available");
    // Two pages of conversations, and each contact.
    assertEquals(calls(run).length, 24);
  });
  await t.step("the default app narrows nothing", async () => {
    const run = await cli.run([...CONTACTS, "--all", "--columns", "id"], {
      env: { SINCH_APP_ID: appId },
    });
    assertEquals(run.stdout.trimEnd().split("\n").length, 27);
  });
});

Deno.test("a contact is found by its identity or its external id", async () => {
  await using cli = new SandboxedCli();
  const names = async (...args: string[]) =>
    (await cli.run([...CONTACTS, ...args, "--columns", "name"])).stdout;
  assertEquals(
    await names("--channel", "sms", "--identity", "+1 555 123-4567"),
    "Ada Lovelace\n",
  );
  assertEquals(await names("--external-id", "crm-3"), "Carla Ruiz\n");
});

Deno.test("no contacts is explained by the mode of apps", async () => {
  await using cli = new SandboxedCli();
  for (
    const [args, stdout, stderr] of [
      [[], "", "No contacts found.\nApps in DISPATCH mode store no contacts"],
      [["--json"], '{\n  "contacts": []\n}\n', ""],
    ] as const
  ) {
    cli.answers = [Response.json({ contacts: [] })];
    const run = await cli.run([...CONTACTS, ...args]);
    assertEquals([run.code, run.stdout], [0, stdout]);
    assertEquals(run.stderr.slice(0, stderr.length), stderr);
  }
});

Deno.test("what cannot be meant is refused before anything is requested", async (t) => {
  await using cli = new SandboxedCli();
  for (
    const [args, says] of [
      [["lst"], "Did you mean list"],
      [["foo"], 'Unknown command "foo"'],
      [["--limit", "3", "foo"], 'Unknown command "foo"'],
      [["list", "foo"], 'Unexpected argument "foo"'],
      [["--channel", "SMS"], "requires"],
      [["--identity", "1"], "requires"],
      [["--channel", "X", "--identity", "1"], "--channel"],
      [
        ["-a", "01A", "--external-id", "e"],
        "--app and --external-id cannot be used together",
      ],
      [["--limit", "0"], "--limit"],
      [["--columns", "phone"], "id, name, channels, email"],
    ] as const
  ) {
    await t.step(args.join(" "), async () => {
      const run = await cli.run([...CONTACTS, ...args]);
      assertEquals([run.code, run.stdout, run.requests.length], [2, "", 0]);
      assertStringIncludes(run.stderr, says);
    });
  }
});
