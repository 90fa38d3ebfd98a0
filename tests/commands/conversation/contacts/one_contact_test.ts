/** `contacts get`, `create`, `update`, `delete` and `merge`. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { calls, SandboxedCli } from "../../../sandboxed_cli.ts";

const CONTACTS = ["conversation", "contacts"];
const ADA = "01HSANDB0XC0NTACT000000001";
const BO = "01HSANDB0XC0NTACT000000002";
const PLAIN = { env: { NO_COLOR: "1" }, terminal: true };

Deno.test("get shows a block of lines, --json the API's answer", async () => {
  await using cli = new SandboxedCli();
  for (const options of [PLAIN, {}]) {
    const { stdout } = await cli.run([...CONTACTS, "get", BO], options);
    assertEquals(stdout.split("\n"), [
      `  ID        ${BO}`,
      "  Name      Bo Ek",
      "  Channels  WHATSAPP 15551234568",
      "            TELEGRAM 5551234568",
      "  Priority  WHATSAPP, TELEGRAM",
      "  Language  SV",
      "",
    ]);
  }
  const { stdout } = await cli.run([...CONTACTS, "get", BO, "--json"]);
  assertEquals(JSON.parse(stdout), await cli.ask("GET", `contacts/${BO}`));
});

Deno.test("create sends what the flags say", async (t) => {
  await using cli = new SandboxedCli();
  const { appId } = cli.sandbox.account;
  const sms = { channel: "SMS", identity: "+15557654321" };
  for (
    const [args, body] of [
      [["-p", "+1 555 765 4321"], {
        language: "EN_US",
        channel_identities: [sms],
      }],
      [
        ["-p", "+15557654321", "-n", "Jane", "-e", "jane@acme.test"],
        {
          language: "EN_US",
          display_name: "Jane",
          email: "jane@acme.test",
          channel_identities: [sms],
        },
      ],
      [
        [
          "--phone",
          "+15557654321",
          "--display-name",
          "Jane",
          "--language",
          "sv-se",
        ],
        { language: "SV_SE", display_name: "Jane", channel_identities: [sms] },
      ],
      [
        ["-p", "+15557654321", "-c", "sms,viber", "--metadata", "vip"],
        {
          language: "EN_US",
          metadata: "vip",
          channel_identities: [sms, { ...sms, channel: "VIBERBM" }],
        },
      ],
      [
        ["--identity", "MESSENGER=77", "--identity", "telegram=5"],
        {
          language: "EN_US",
          channel_identities: [
            { channel: "MESSENGER", identity: "77", app_id: appId },
            { channel: "TELEGRAM", identity: "5" },
          ],
        },
      ],
      [
        ["--identity", "LINE=a=b", "-a", "01OTHER", "--external-id", "crm-9"],
        {
          language: "EN_US",
          external_id: "crm-9",
          channel_identities: [
            { channel: "LINE", identity: "a=b", app_id: "01OTHER" },
          ],
        },
      ],
    ] as const
  ) {
    await t.step(args.join(" "), async () => {
      const run = await cli.run([...CONTACTS, "create", ...args, "--dry-run"]);
      const shown = JSON.parse(run.stdout);
      assertEquals([shown.method, shown.body], ["POST", body]);
      assertEquals([run.code, run.requests.length], [0, 0]);
    });
  }
});

Deno.test("create shows the contact in each form", async () => {
  await using cli = new SandboxedCli();
  const words = [...CONTACTS, "create", "-p", "+15557654321", "-n"];
  const run = await cli.run([...words, "Jane"], PLAIN);
  assertEquals(run.stdout.split("\n")[0], "✔ Contact created");
  assertStringIncludes(run.stdout, "  Channels  SMS 15557654321\n");
  const json = await cli.run([...words, "Joe", "--json"]);
  const created = JSON.parse(json.stdout);
  assertEquals(created, await cli.ask("GET", `contacts/${created.id}`));
});

Deno.test("a phone number is asked for where it is missing", async () => {
  await using cli = new SandboxedCli();
  const run = await cli.run([...CONTACTS, "create", "-n", "Jane"], {
    ...PLAIN,
    stdin: "+1 555 765 4321\r",
  });
  assertEquals(run.code, 0, run.stderr);
  assertStringIncludes(run.stdout, "SMS 15557654321");
});

Deno.test("update changes what is given and names it in the mask", async () => {
  await using cli = new SandboxedCli();
  const run = await cli.run([
    ...CONTACTS,
    "update",
    ADA,
    "-d",
    "Ada King",
    "--external-id",
    "crm-1",
  ]);
  assertEquals([run.code, calls(run)], [0, [
    `PATCH contacts/${ADA}?update_mask=display_name,external_id`,
  ]]);
  assertEquals(run.stdout.split("\n")[0], "✔ Contact updated");
  const { display_name, external_id, email } = await cli.ask(
    "GET",
    `contacts/${ADA}`,
  );
  assertEquals([display_name, external_id, email], [
    "Ada King",
    "crm-1",
    "ada@example.com",
  ]);
});

Deno.test("delete takes consent", async (t) => {
  await using cli = new SandboxedCli();
  const words = [...CONTACTS, "delete", ADA];
  await t.step("nobody can be asked", async () => {
    const run = await cli.run(words);
    assertEquals([run.code, calls(run)], [2, [`GET contacts/${ADA}`]]);
  });
  await t.step("a person says no", async () => {
    const run = await cli.run(words, { ...PLAIN, stdin: "n\r" });
    assertEquals([run.code, calls(run)], [1, [`GET contacts/${ADA}`]]);
  });
  await t.step("a person says yes", async () => {
    const run = await cli.run(words, { ...PLAIN, stdin: "y\r" });
    assertEquals([run.code, run.stdout], [0, `✔ Contact ${ADA} deleted\n`]);
  });
  await t.step("--yes", async () => {
    const run = await cli.run([...CONTACTS, "delete", BO, "--yes", "--json"]);
    assertEquals(JSON.parse(run.stdout), { id: BO, deleted: true });
  });
});

Deno.test("merge asks a person, and takes a script at its word", async () => {
  await using cli = new SandboxedCli();
  const words = [...CONTACTS, "merge", BO, ADA];
  const no = await cli.run(words, { ...PLAIN, stdin: "n\r" });
  assertEquals([no.code, calls(no)], [1, []]);
  assertStringIncludes(no.stderr, `deletes contact ${BO}`);
  const run = await cli.run([...words, "--json"]);
  assertEquals(calls(run), [`POST contacts/${ADA}:merge`]);
  const merged = JSON.parse(run.stdout);
  assertEquals(merged, await cli.ask("GET", `contacts/${ADA}`));
  assertEquals((await cli.run([...CONTACTS, "get", BO])).code, 4);
});

Deno.test("what is not there exits 4, a refused token 3", async () => {
  await using cli = new SandboxedCli();
  for (
    const args of [
      ["get", "01UNKNOWN"],
      ["update", "01UNKNOWN", "-n", "x"],
      ["delete", "01UNKNOWN", "-f"],
      ["merge", "01UNKNOWN", ADA],
    ]
  ) {
    const run = await cli.run([...CONTACTS, ...args]);
    assertEquals([run.code, run.stdout], [4, ""]);
    const error = { code: 401, status: "UNAUTHENTICATED", message: "No." };
    cli.answers = [1, 2].map(() => Response.json({ error }, { status: 401 }));
    assertEquals((await cli.run([...CONTACTS, ...args])).code, 3);
  }
});

Deno.test("what cannot be meant is refused before anything is requested", async (t) => {
  await using cli = new SandboxedCli();
  for (
    const [args, says] of [
      [["get"], "<id>"],
      [["create"], "--phone or --identity"],
      [["create", "-p", "not-a-number"], "--phone"],
      [["create", "-p", "15551234567"], "it has no +"],
      [
        ["create", "-p", "+15551234567", "-c", "TELEGRAM"],
        "--identity TELEGRAM=",
      ],
      [["create", "-p", "+15551234567", "-c", "FOO"], "--channel"],
      [["create", "-c", "SMS"], "--phone"],
      [["create", "--identity", "SMS"], "CHANNEL=IDENTITY"],
      [["create", "--identity", "SMS=abc"], "--identity"],
      [["create", "--identity", "FOO=1"], "--identity"],
      [["create", "-p", "+15551234567", "-e", "jane"], "--email"],
      [["create", "-p", "+15551234567", "--language", "!"], "--language"],
      [
        ["create", "-p", "+15551234567", "--metadata", "x".repeat(1025)],
        "1024",
      ],
      [["update", ADA], "Nothing to update"],
      [["update", "-n", "x"], "<id>"],
      [["delete", "-f"], "<id>"],
      [["merge"], "<id>"],
      [["merge", ADA], "<id>"],
      [["merge", ADA, ADA], "itself"],
    ] as const
  ) {
    await t.step(args.join(" ").slice(0, 60), async () => {
      const run = await cli.run([...CONTACTS, ...args]);
      assertEquals([run.code, run.stdout, run.requests.length], [2, "", 0]);
      assertStringIncludes(run.stderr, says);
    });
  }
});

Deno.test("--display-name wins over --name, as scripts that give both expect", async () => {
  await using cli = new SandboxedCli();
  const { code, stdout } = await cli.run([
    ...["conversation", "contacts", "create", "--json"],
    ...["-p", "+15557654321", "-n", "jane", "-d", "Jane Doe"],
  ]);
  assertEquals([code, JSON.parse(stdout).display_name], [0, "Jane Doe"]);
});
