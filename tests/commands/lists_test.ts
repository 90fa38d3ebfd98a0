/** What every list has in common, through the real program and a real sandbox. */
import {
  assert,
  assertEquals,
  assertMatch,
  assertStringIncludes,
} from "@std/assert";
import { cells } from "../../output/cells.ts";
import { SandboxedCli } from "../sandboxed_cli.ts";
import { startTerminal, terminalTest } from "../terminal.ts";
import { DENO_DIR } from "../wizard/sinch_terminal.ts";

const MESSAGES = ["conversation", "messages", "list"];
const NARROW = { terminal: true, columns: 80, env: { NO_COLOR: "1" } };
const ID = / {2}01[0-9A-Z]{24}$/;

/** Messages both ways, a webhook and a template with long texts. */
async function filled(): Promise<SandboxedCli> {
  const cli = new SandboxedCli();
  const { appId } = cli.sandbox.account;
  await cli.sendText(`See https://example.com/${"path/".repeat(30)} soon`);
  await cli.sendText("Hello");
  await cli.ask("POST", "webhooks", {
    app_id: appId,
    target: `https://example.com/${"hook/".repeat(30)}`,
    target_type: "HTTP",
    triggers: ["MESSAGE_INBOUND"],
  });
  return cli;
}

for (
  const words of [
    ["messages", "list"],
    ["conversations", "list"],
    ["templates", "list"],
    ["webhooks", "list"],
    ["contacts", "list"],
    ["apps", "list"],
  ]
) {
  Deno.test(`${words.join(" ")} is a table in 80 columns, IDs last`, async () => {
    await using cli = await filled();
    const { stdout } = await cli.run(["conversation", ...words], NARROW);
    const [head = "", ...rows] = stdout.trimEnd().split("\n");
    assert(/ {2}ID$/.test(head), stdout);
    assert(rows.length > 0);
    for (const row of rows) {
      assert(cells(row) <= 80, `${cells(row)}: ${row}`);
      if (words[0] !== "templates") assert(ID.test(row), row);
    }
  });
}

Deno.test("messages list keeps direction and time in 80 columns, and cuts a URL", async () => {
  await using cli = await filled();
  const { stdout } = await cli.run(MESSAGES, NARROW);
  const [head, hello, link] = stdout.split("\n");
  assertStringIncludes(head!, "TIME");
  assert(/^just now {2}→ {2}.* {2}Hello /.test(hello!), hello);
  assert(/ See https:\S*… {2}01/.test(link!), link);
  const pipe = await cli.run(MESSAGES);
  assertStringIncludes(pipe.stdout, "\tTO_CONTACT\tSMS\t");
  assertStringIncludes(pipe.stdout, "path/path/ soon\n");
});

Deno.test("the columns asked for keep their order, the words of a state too", async () => {
  await using cli = await filled();
  const { stdout } = await cli.run(
    [...MESSAGES, "--columns", "id,direction"],
    NARROW,
  );
  assert(/^ID +DIRECTION\n01\w{24} {2}TO_CONTACT\n/.test(stdout), stdout);
});

Deno.test("IDs are dim and states have a colour, in a terminal and where it is forced", async () => {
  await using cli = await filled();
  const list = ["conversation", "conversations", "list"];
  const colored = await cli.run(list, { terminal: true, columns: 120 });
  assertStringIncludes(colored.stdout, "\x1b[32mACTIVE");
  // deno-lint-ignore no-control-regex
  assert(/\x1b\[2m01\w{24}\x1b\[22m\n/.test(colored.stdout), colored.stdout);
  const piped = await cli.run(list, { env: { FORCE_COLOR: "1" } });
  assertStringIncludes(piped.stdout, "\t\x1b[32mACTIVE\x1b[39m\t");
});

for (
  const [env, terminal] of [
    [{ FORCE_COLOR: "0" }, true],
    [{ NO_COLOR: "1", FORCE_COLOR: "1" }, true],
    [{ TERM: "dumb" }, true],
    [{}, false],
  ] as const
) {
  Deno.test(`no colour with ${JSON.stringify(env)} and terminal: ${terminal}`, async () => {
    await using cli = await filled();
    for (const args of [MESSAGES, ["--help"], ["conversation", "nosuch"]]) {
      const run = await cli.run([...args], { env: { ...env }, terminal });
      assertEquals((run.stdout + run.stderr).includes("\x1b"), false);
    }
  });
}

Deno.test("--raw prints texts without quotes, one a line", async () => {
  await using cli = await filled();
  const run = (...args: string[]) => cli.run(args);
  const send = await run(
    ...["conversation", "send", "+15551234567", "Hi", "-c", "SMS"],
    ...["--query", "message_id", "-r"],
  );
  assert(/^01\w{24}\n$/.test(send.stdout), send.stdout);
  const ids = await run(...MESSAGES, "--query", "messages[].id", "--raw");
  assert(/^(01\w{24}\n){3}$/.test(ids.stdout), ids.stdout);
  const lines = await run(...MESSAGES, "--jsonl", "--query", "id", "-r");
  assertEquals(lines.stdout, ids.stdout);
  const mixed = await run(
    ...MESSAGES,
    ...["-r", "--query", "[length(messages), nosuch, {a: `1`}]"],
  );
  assertEquals(mixed.stdout, '3\n\n{"a":1}\n');
  const alone = await run(...MESSAGES, "--raw");
  assertEquals(alone.code, 2);
  assertStringIncludes(alone.stderr, "--raw requires --query");
});

Deno.test("a list says that there is more, and --page-token goes on from there", async () => {
  await using cli = await filled();
  await cli.sendText("Three");
  const MORE = "(more available: raise --limit or use --all)\n";
  for (
    const form of [["--json"], ["--query", "messages[].id"], ["--jsonl"], []]
  ) {
    const { stderr } = await cli.run([...MESSAGES, "-l", "2", ...form]);
    assertEquals(stderr, `2 messages ${MORE}`, form.join(" "));
  }
  const first = await cli.run([...MESSAGES, "-l", "2", "--json"]);
  const { messages, next_page_token } = JSON.parse(first.stdout);
  const rest = await cli.run([
    ...[...MESSAGES, "--json", "--page-token", next_page_token],
  ]);
  const all = await cli.run([...MESSAGES, "--json"]);
  assertEquals(rest.stderr, "");
  assertEquals(
    [...messages, ...JSON.parse(rest.stdout).messages],
    JSON.parse(all.stdout).messages,
  );
  const refused = await cli.run([
    ...["conversation", "contacts", "list", "--app", "A"],
    ...["--page-token", "x"],
  ]);
  assertEquals(refused.code, 2);
});

Deno.test("the sandbox is noted where something was changed, and nowhere else", async () => {
  const store = await Deno.makeTempDir();
  await using cli = new SandboxedCli();
  const env = { SINCH_SANDBOX_STORE: `${store}/store.json` };
  const sandboxed = (...args: string[]) =>
    cli.run(["--sandbox", "conversation", ...args], { env, terminal: true });
  const sent = await sandboxed("send", "+15551234567", "Hi", "-c", "SMS");
  assertStringIncludes(sent.stderr, "sandbox: answered on this machine");
  const listed = await sandboxed("messages", "list");
  assertEquals([listed.code, listed.stderr], [0, "\n1 message\n"]);
  await Deno.remove(store, { recursive: true });
});

/** The program in a process of its own, in a time zone. */
async function inZone(TZ: string, cli: SandboxedCli, ...args: string[]) {
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--quiet", "main.ts", ...args],
    env: { ...cli.env, TZ },
    stderr: "inherit",
  }).output();
  return new TextDecoder().decode(stdout);
}

Deno.test("--since takes days and times in local time, or with --utc in UTC", async () => {
  await using cli = await filled();
  const startOf = async (zone: string, ...args: string[]) => {
    cli.calls.length = 0;
    await inZone(zone, cli, ...MESSAGES, ...args);
    return /start_time=([^&]+)/.exec(decodeURIComponent(cli.calls[0]!))?.[1];
  };
  assertEquals(
    await startOf("Asia/Kolkata", "--since", "2026-03-01"),
    "2026-02-28T18:30:00.000Z",
  );
  assertEquals(
    await startOf("Asia/Kolkata", "--since", "2026-03-01 05:30:10 +05:30"),
    "2026-03-01T00:00:10.000Z",
  );
  assertEquals(
    await startOf("Asia/Kolkata", "--utc", "--since", "2026-03-01"),
    "2026-03-01T00:00:00.000Z",
  );
  const today = await startOf("Asia/Kolkata", "--since", "today");
  assert(today!.endsWith("T18:30:00.000Z"), today);
  const yesterday = await startOf("Asia/Kolkata", "--since", "yesterday");
  assertEquals(Date.parse(today!) - Date.parse(yesterday!), 24 * 3_600_000);
});

Deno.test("--csv=excel keeps phone numbers as text in a spreadsheet", async () => {
  await using cli = new SandboxedCli();
  await cli.sendText("Hi", "+447911123456");
  const list = ["conversation", "messages", "list", "--columns", "identity"];
  const plain = await cli.run([...list, "--csv"]);
  assertEquals(plain.stdout, "identity\r\n447911123456\r\n");
  for (const form of [["--csv=excel"], ["--csv", "excel"]]) {
    const { code, stdout } = await cli.run([...list, ...form]);
    assertEquals(code, 0);
    assertEquals(stdout, 'identity\r\n"=""447911123456"""\r\n');
  }
  const wrong = await cli.run([...list, "--csv=word"]);
  assertEquals(wrong.code, 2);
});

terminalTest("a terminal shows local time, or with --utc UTC", async () => {
  await using cli = await filled();
  const id = await cli.sendText("Hello");
  const home = await Deno.makeTempDir();
  const get = [
    ...[Deno.execPath(), "run", "-A", "--quiet", "main.ts"],
    ...["conversation", "messages", "get", id],
  ];
  for (
    const [flags, zone] of [[[], "+05:30"], [["--utc"], "UTC"]] as const
  ) {
    await using terminal = await startTerminal({
      command: [...get, ...flags],
      env: { ...cli.env, HOME: home, DENO_DIR, TZ: "Asia/Kolkata" },
    });
    assertEquals(await terminal.exitCode(), 0);
    assertStringIncludes(await terminal.screen(), `${zone} (just now)`);
  }
  await Deno.remove(home, { recursive: true });
});

/** What stays in the table of each list, at 80 columns and at 60. */
const WIDTHS: [list: string, at80: RegExp, at60: RegExp][] = [
  [
    "messages list",
    /^now +→ +SMS +15551234567 +Your order 4711 .*… +01\w{24}$/m,
    /^now +→ +Your order 4711 .*… +01\w{24}$/m,
  ],
  [
    "conversations",
    /^ACTIVE +SMS +now +01\w{24}$/m,
    /^ACTIVE +SMS +now +01\w{24}$/m,
  ],
  [
    "contacts",
    /^Carla Ruiz +MESSENGER 5551234569000001, RCS.*01\w{24}$/m,
    /^Bo Ek +WHATSAPP.* +01\w{24}$/m,
  ],
  ["templates list", /^A greeting .*welcome_template$/m, /^A greeting/m],
];

for (const [list, ...lines] of WIDTHS) {
  Deno.test(`${list} stays a table at 80 and at 60 columns`, async () => {
    await using cli = new SandboxedCli();
    await cli.sendText(
      "Your order 4711 is on its way, and arrives on Thursday",
    );
    for (const [index, columns] of [80, 60].entries()) {
      const { stdout } = await cli.run(["conversation", ...list.split(" ")], {
        ...NARROW,
        columns,
      });
      const text = stdout.replaceAll("just now", "now");
      assertMatch(text, /^[A-Z ]+ ID$/m);
      assertMatch(text, lines[index]!);
      for (const line of text.split("\n")) assert(line.length <= columns, line);
    }
  });
}
