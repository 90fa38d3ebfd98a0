/** What people type who know other programs: each answer names what to type here. */
import {
  assert,
  assertEquals,
  assertMatch,
  assertStringIncludes,
} from "@std/assert";
import { wordsElsewhere } from "../../commands/mistakes.ts";
import { runCli } from "../run_cli.ts";
import { SandboxedCli } from "../sandboxed_cli.ts";

const SEND = ["conversation", "send"];
const TO = [...SEND, "+15551234567"];
const TEMPLATE = [...TO, "-c", "WHATSAPP", "--template", "welcome"];

const ANSWERS: [args: string[], says: string][] = [
  [["send"], "`sinch conversation send`"],
  [["messages", "list"], "`sinch conversation messages`"],
  [["login"], "`sinch auth login`"],
  [["logout"], "`sinch auth logout`"],
  [["whoami"], "`sinch auth status`"],
  [["version"], "`sinch --version`"],
  [["update"], "`sinch upgrade`"],
  [["-v"], "--version"],
  [["-q", "conversation", "apps", "list"], "stderr"],
  [["conversation", "apps", "list", "--output", "json"], "--json"],
  [["conversation", "apps", "list", "-o", "json"], "--json"],
  [["conversation", "apps", "list", "--format=json"], "--json"],
  [[...SEND, "--to", "+15551234567", "Hi"], "first argument"],
  [[...SEND, "--recipient", "+15551234567"], "first argument"],
  [[...TO, "--message", "Hi"], "second argument"],
  [[...TO, "--text=Hi"], "second argument"],
  [[...TO, "--body", "Hi"], "second argument"],
  [[...TO, "Hello", "from", "Sinch"], 'Quote the text: "Hello from Sinch"'],
  [[...TO, "+15557654321", "Hi"], "one recipient"],
  [[...SEND, "+15551234567,+15557654321", "Hi", "-c", "SMS"], "one number"],
  [[...SEND, "Hi there", "+15551234567", "-c", "SMS"], "before the text"],
  [
    [...TO, "-c", "WHATSAPP", "-t", "welcome", "-p", "{}"],
    "--template welcome",
  ],
  [[...TO, "-c", "WHATSAPP", "-p", "welcome"], "--template"],
  [[...TO, "-c", "WHATSAPP", "--media", "./photo.jpg"], "public web server"],
  [[...TO, "-c", "WHATSAPP", "--media", "photo.jpg"], "public web server"],
  [[...TO, "-c", "WHATSAPP", "--media", "example.com/a"], "https://"],
  [[...TO, "Hi", "-c", "sms,whatsapp"], "--channel sms --fallback whatsapp"],
  [[...TO, "Hi", "-csms,rcs"], "-c sms,rcs"],
  [[...TO, "Hi", "-channel", "SMS"], "--channel"],
  [[...TO, "-c", "RCS", "--lat", "55,6", "--lng", "13"], "Write 55.6."],
  [["completion", "bash"], "`sinch completion --shell bash`"],
  [
    ["conversation", "webhooks", "create", "https://example.com/hook"],
    "--target https://example.com/hook",
  ],
  [
    [
      ...["conversation", "webhooks", "create", "--triggers", "inbound"],
      ...["--target", "https://example.com/hook"],
    ],
    "MESSAGE_INBOUND",
  ],
  [["config", "set", "--region", "eu"], "`sinch config set region=eu`"],
  [["config", "set", "--app", "01X"], "`sinch config set app=01X`"],
  [["config", "unset", "region"], "`sinch config set region=`"],
  [["config", "unset"], "`sinch config set key=`"],
  [[...TO, "-c", "SMS", "--lat", "91", "--lng", "1"], '90, got "91"'],
  [[...TEMPLATE, "-p", "{name:Al O}"], `Write --params '{"name":"Al O"}'`],
  [[...TEMPLATE, "-p", "{'name':'Alice'}"], `--params '{"name":"Alice"}'`],
  [[...TEMPLATE, "-p", "{name:Alice}"], "got {name:Alice}: the shell removed"],
  [[...TEMPLATE, "-p", "{name:Alice}"], "--params @file.json"],
  [
    [...TO, "-c", "RCS", "--json-message", "{text_message:{text:a b}}"],
    `'{"text_message":{"text":"a b"}}'`,
  ],
];

for (const [args, says] of ANSWERS) {
  Deno.test(`sinch ${args.join(" ")}: ${says}`, async () => {
    const env = {
      ...{ SINCH_PROJECT_ID: "p", SINCH_KEY_ID: "k", SINCH_KEY_SECRET: "s" },
      SINCH_APP_ID: "01HW7APP0000000000000000AA",
    };
    const run = await runCli(args, { env });
    assertEquals([run.code, run.stdout, run.requests.length], [2, "", 0]);
    assertStringIncludes(run.stderr, says);
  });
}

for (const group of [[], ["auth"], ["config"]]) {
  for (const word of wordsElsewhere(group)) {
    Deno.test(`what is suggested for sinch ${[...group, word].join(" ")} exists`, async () => {
      const { stderr } = await runCli([...group, word]);
      const [, line] = /Did you mean `sinch (.*?)`/.exec(stderr) ?? [];
      assert(line, stderr);
      const words = line.split(" ").filter((word) => word !== "key=");
      const isOption = line.startsWith("--");
      const { code, stdout } = await runCli(
        isOption ? words : [...words, "--help"],
      );
      assertEquals(code, 0);
      assertMatch(stdout, isOption ? /^\d+\./ : RegExp(words.join(" ")));
    });
  }
}

Deno.test("an answer repeats the flags that choose the account", async () => {
  const { stderr } = await runCli(["--profile", "work", "login"]);
  assertStringIncludes(stderr, "`sinch auth login --profile work`");
});

const SAME: [meant: string, typed: string][] = [
  [
    "conversation send +15551234567 Hi -c SMS --dry-run",
    "conversation send +15551234567 Hi -csms --dry-run",
  ],
  ["conversation messages list -c SMS", "conversation messages list -cSMS"],
  [
    "conversation send +15551234567 -c RCS -t card --title A --dry-run",
    "conversation send +15551234567 -cRCS -tcard --title A --dry-run",
  ],
  ["conversation apps list", "conversation apps ls"],
  ["conversation apps create Bot", "conversation apps new Bot"],
  ["conversation apps get 01X", "conversation apps show 01X"],
  ["conversation apps delete 01X", "conversation apps rm 01X"],
  [
    "conversation conversations stop 01X",
    "conversation conversations close 01X",
  ],
  ["config list", "config show"],
  ["help conversation", "conversation help"],
  ["help conversation send", "conversation help send"],
  ["help conversation send", "help send"],
  ["help auth login", "help login"],
];

for (const [meant, typed] of SAME) {
  Deno.test(`sinch ${typed} is sinch ${meant}`, async () => {
    const run = async (line: string) => {
      await using cli = new SandboxedCli();
      const { code, stdout, stderr } = await cli.run(line.split(" "));
      // Two sandboxes, at two ports, with IDs of their own.
      return [code, `${stdout}${stderr}`.replace(/01\w{24}|:\d{4,}/g, "…")];
    };
    assertEquals(await run(typed), await run(meant));
  });
}

Deno.test("template parameters may be given one by one", async () => {
  await using cli = new SandboxedCli();
  const { code, stdout } = await cli.run([
    ...[...TEMPLATE, "--params", "name=Alice", "--params", "code=a=b"],
    "--dry-run",
  ]);
  assertEquals(code, 0);
  const { template_message } = JSON.parse(stdout).body.message;
  assertEquals(template_message.channel_template.WHATSAPP.parameters, {
    name: "Alice",
    code: "a=b",
  });
});

const PLACES: [args: string[], latitude: number, longitude: number][] = [
  [["--location", "55.6,13.0"], 55.6, 13],
  [["--location", "-33.8,151.2"], -33.8, 151.2],
  [["--location=-33.8,151.2"], -33.8, 151.2],
  [["--location", "--lat", "55.6", "--lng", "13"], 55.6, 13],
];

for (const [args, latitude, longitude] of PLACES) {
  Deno.test(`${args.join(" ")} is a place in send and in sandbox reply`, async () => {
    await using cli = new SandboxedCli();
    const sent = await cli.run([...TO, "-c", "WHATSAPP", ...args, "--dry-run"]);
    assertEquals([sent.code, sent.stderr], [0, ""]);
    const { location_message } = JSON.parse(sent.stdout).body.message;
    assertEquals(location_message.coordinates, { latitude, longitude });
    const replied = await runCli([
      ...["--sandbox", "sandbox", "reply", "+15551234567", ...args],
      ...["--channel", "WHATSAPP"],
    ], { env: { SINCH_SANDBOX_STORE: ":memory:" } });
    assertEquals(replied.code, 0, replied.stderr);
  });
}

Deno.test("a recipient after --location is no place", async () => {
  await using cli = new SandboxedCli();
  const { stdout } = await cli.run([
    ...[...SEND, "--location", "+15551234567", "--lat", "1", "--lng", "2"],
    ...["-c", "RCS", "--dry-run"],
  ]);
  const { recipient } = JSON.parse(stdout).body;
  assertEquals(
    recipient.identified_by.channel_identities[0].identity,
    "+15551234567",
  );
});

const SHELLS: [os: "windows" | "linux", env: string[], form: string][] = [
  ["linux", ["SHELL"], `'{"name":"Alice"}'`],
  ["linux", ["SHELL", "POWERSHELL_DISTRIBUTION_CHANNEL"], `'{"name":"Alice"}'`],
  ["windows", ["POWERSHELL_DISTRIBUTION_CHANNEL"], `'{"name":"Alice"}'`],
  ["windows", ["PSModulePath"], `'{\\"name\\":\\"Alice\\"}'`],
  ["windows", ["PSModulePath", "PROMPT"], `"{\\"name\\":\\"Alice\\"}"`],
  ["windows", ["PSModulePath", "SHELL"], `'{"name":"Alice"}'`],
];

for (const [os, names, form] of SHELLS) {
  Deno.test(`JSON for ${os} with ${names.join(", ")}: ${form}`, async () => {
    const run = await runCli([...TEMPLATE, "-p", "{name:Alice}"], {
      env: Object.fromEntries(names.map((name) => [name, "set"])),
      runtime: { os },
    });
    assertEquals(run.code, 2);
    assertStringIncludes(run.stderr, `--params ${form}`);
    const isPowerShell = !names.includes("PROMPT") &&
      (names.includes("POWERSHELL_DISTRIBUTION_CHANNEL") ||
        !names.includes("SHELL"));
    assertStringIncludes(run.stderr, isPowerShell ? "'@file" : " @file");
  });
}
