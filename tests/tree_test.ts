/**
 * The tree of commands against two tables: what is documented of `sinch
 * conversation`, and the command lines that scripts for the official CLI (0.6.6)
 * have in them. Both are written down here by hand, not taken from the code.
 */
import { assert, assertEquals, assertMatch } from "@std/assert";
import { findOption } from "../commands/command_line.ts";
import { leavesOf, nameOf, wholeTree } from "./command_tree.ts";
import { SandboxedCli } from "./sandboxed_cli.ts";
import { runCli } from "./run_cli.ts";

const TREE = await wholeTree();
const LEAVES = leavesOf(TREE);

function leaf(name: string) {
  const found = LEAVES.find((command) => nameOf(command) === name);
  assert(found, `there is no command ${name}`);
  return found;
}

type Flag = [flags: string, placeholder: string];

const JSON_FLAG: Flag = ["--json", ""];
const APP: Flag = ["-a, --app", "<app-id>"];
const LIMIT: Flag = ["-l, --limit", "<number>"];
const CHANNEL: Flag = ["-c, --channel", "<channel>"];

/** Command, arguments, flags as documented. */
const DOCUMENTED: [command: string, args: string, flags: Flag[]][] = [
  ["send", "[recipient] [message]", [
    [
      "-c, --channel",
      "<channel>",
    ],
    ["-a, --app", "<app-id>"],
    [
      "-t, --type",
      "<type>",
    ],
    ["-m, --media", "<url>"],
    ["--caption", "<text>"],
    ["--template", "<name>"],
    ["-p, --params", "<json>"],
    ["--location", "[place]"],
    ["--lat", "<latitude>"],
    ["--lng", "<longitude>"],
    ["-n, --name", "<name>"],
    ["--json-message", "<json>"],
    JSON_FLAG,
  ]],
  ["messages list", "", [CHANNEL, LIMIT, JSON_FLAG]],
  ["messages get", "[id]", [JSON_FLAG]],
  ["messages delete", "[id]", [JSON_FLAG]],
  ["messages update", "[id]", [
    ["--metadata", "<json>"],
    JSON_FLAG,
  ]],
  ["contacts", "", [APP, LIMIT, JSON_FLAG]],
  ["conversations", "", [
    APP,
    ["-s, --state", "<state>"],
    LIMIT,
    JSON_FLAG,
  ]],
  ["apps list", "", [LIMIT, JSON_FLAG]],
  ["apps get", "[id]", [JSON_FLAG]],
  ["apps create", "[name]", [JSON_FLAG]],
  ["apps delete", "[id]", [JSON_FLAG]],
  ["webhooks list", "", [APP, JSON_FLAG]],
  ["webhooks create", "", [APP, JSON_FLAG]],
  ["webhooks update", "[id]", [APP, JSON_FLAG]],
  ["webhooks delete", "[id]", [APP, JSON_FLAG]],
  ["templates list", "", [JSON_FLAG]],
  ["templates get", "[id]", [JSON_FLAG]],
  ["templates create", "", [JSON_FLAG]],
  ["templates delete", "[id]", [JSON_FLAG]],
];

Deno.test("19 commands of `sinch conversation` are documented", () => {
  assertEquals(DOCUMENTED.length, 19);
});

for (const [name, args, flags] of DOCUMENTED) {
  Deno.test(`conversation ${name} has its documented arguments and flags`, async () => {
    const command = leaf(`conversation ${name}`);
    const { stdout: help } = await runCli(
      ["conversation", ...name.split(" "), "--help"],
      { columns: 100 },
    );
    assertMatch(help, new RegExp(`^  sinch conversation ${name}(?= |$)`, "m"));
    const shown = (command.getArgsDefinition() ?? "").replaceAll(
      /:[\w-]+/g,
      "",
    );
    assertEquals(shown, args);
    for (const [names, placeholder] of flags) {
      const [first = "", ...others] = names.split(", ");
      const option = findOption(command, first);
      assert(option, `${first} is missing`);
      for (const flag of others) assert(option.flags.includes(flag), flag);
      const letters = option.flags.filter((flag) => /^-\w$/.test(flag));
      assertEquals(letters, [first].filter((flag) => /^-\w$/.test(flag)));
      const value = option.typeDefinition?.replaceAll(/:[\w-]+(\[\])?/g, "") ??
        "";
      assertEquals(value, placeholder, names);
      assert(
        help.includes(`${names}${placeholder && ` ${placeholder}`}`),
        names,
      );
    }
  });
}

/** What each letter stands for, wherever it is used. */
const LETTERS: Record<string, string[]> = {
  a: ["app"],
  c: ["channel"],
  d: ["display-name"],
  e: ["email"],
  f: ["force", "credentials-file", "raw-field"],
  F: ["field"],
  h: ["help"],
  i: ["include"],
  l: ["limit"],
  m: ["media"],
  n: ["name"],
  p: ["params", "phone"],
  r: ["raw"],
  s: ["state", "secret"],
  t: ["type", "triggers"],
  u: ["target"],
  V: ["version"],
  y: ["yes"],
};

/** Commands where a letter has a second meaning, which the official CLI gave it. */
const SECOND_MEANINGS: Record<string, RegExp> = {
  name: /^(conversation (send|contacts (create|update))|sandbox reply)$/,
  phone: /^conversation contacts create$/,
  secret: /^conversation webhooks (create|update|verify)$/,
  triggers: /^conversation webhooks (create|update)$/,
  target: /^conversation webhooks (create|update)$/,
  "credentials-file": /^auth login$/,
  "raw-field": /^api$/,
};

const COMMON = [
  "help",
  "json",
  "query",
  "sandbox",
  "profile",
  "region",
  "env-file",
  "non-interactive",
  "curl",
  "debug",
];

for (const command of LEAVES) {
  const name = nameOf(command);
  Deno.test(`sinch ${name} keeps the rules of every command`, () => {
    assert(command.getDescription().length > 0, "it is described");
    assert(command.getExamples().length >= 2, "it has two examples");
    for (const { name: purpose, description: line } of command.getExamples()) {
      assert(purpose.length > 0 && line.includes("sinch "), line);
    }
    const options = command.getOptions(true);
    const names = options.map(({ name }) => name);
    for (const common of COMMON) assert(names.includes(common), common);
    for (const option of options) checkOption(name, option);
    const flags = options.flatMap(({ flags }) => flags);
    assertEquals(new Set(flags).size, flags.length, "no flag stands twice");
  });
}

function checkOption(
  command: string,
  { name, flags, description }: {
    name: string;
    flags: string[];
    description: string;
  },
): void {
  assert(description.length > 0, `${name} is described`);
  for (const flag of flags) {
    assertMatch(flag, /^(-[a-zA-Z]|--[a-z][a-z-]+)$/);
    if (flag.startsWith("--")) continue;
    assert(LETTERS[flag[1]!]?.includes(name), `${flag} is --${name}`);
    assertMatch(command, SECOND_MEANINGS[name] ?? /^/, `${flag} --${name}`);
  }
}

Deno.test("only the root has a version flag, and -v is free", () => {
  assert(TREE.getOptions().some(({ flags }) => flags.includes("-V")));
  for (const command of LEAVES) {
    assertEquals(findOption(command, "-v"), undefined);
  }
});

/** Stand-ins for ids, replaced by those of a fresh sandbox. */
const MESSAGE = "01HXA2MSG0000000000000001";
const CONTACT = "01HW9CON0000000000000000BB";
const OTHER = "01HW9CON0000000000000000CC";
const CONVERSATION = "01HW9CNV0000000000000000CC";
const APP_ID = "01HW7APP0000000000000000AA";
const WEBHOOK = "01HW8WHK0000000000000000EE";

/** It asks, or without a terminal wants a flag: the official CLI just did it. */
const WANTS_CONSENT = 2;

/** Command lines for the official CLI, and how they end here. */
const OFFICIAL: [line: string, code: number][] = [
  ["send +15551234567 Hello --channel SMS", 0],
  ["send +15551234567 Hello -c SMS -a " + APP_ID + " -t text --json", 0],
  [
    "send +15551234567 -c WHATSAPP -m https://example.com/a.jpg --caption Hi",
    0,
  ],
  [
    'send +15551234567 -c WHATSAPP --template welcome_template -p {"name":"A"}',
    0,
  ],
  [
    "send +15551234567 -c WHATSAPP --location --lat 55.6 --lng -13.0 -n Office",
    0,
  ],
  ['send +15551234567 -c SMS --json-message {"text_message":{"text":"hi"}}', 0],
  ["messages list -c SMS -l 5 --json", 0],
  [`messages get ${MESSAGE} --json`, 0],
  [`messages update ${MESSAGE} --metadata {"ticket":"4711"} --json`, 0],
  [`messages delete ${MESSAGE}`, WANTS_CONSENT],
  ["contacts -l 5 --json", 0],
  ["contacts list -l 5 --json --no-interactive", 0],
  ["contacts list --limit 5", 0],
  [`contacts get ${CONTACT} --json`, 0],
  [
    "contacts create -p +15550001111 -e jane@example.com -n Jane --json",
    0,
  ],
  [
    "contacts create --phone +15550001112 --email joe@example.com --display-name Joe",
    0,
  ],
  [`contacts update ${CONTACT} -n Jane --json`, 0],
  [`contacts update ${CONTACT} -d Jane --json`, 0],
  [`contacts merge ${OTHER} ${CONTACT} --json`, 0],
  [`contacts delete ${CONTACT}`, WANTS_CONSENT],
  [`conversations list -a ${APP_ID} -l 5 --json`, 0],
  [`conversations -a ${APP_ID} -s ACTIVE`, 0],
  [`conversations get ${CONVERSATION} --json`, 0],
  [`conversations stop ${CONVERSATION}`, 0],
  ["apps list -l 5 --json", 0],
  [`apps get ${APP_ID} --json`, 0],
  ["apps create Support --json", 0],
  [`apps delete ${APP_ID}`, WANTS_CONSENT],
  [`webhooks list --app ${APP_ID} --json`, 0],
  [
    `webhooks create -a ${APP_ID} -u https://example.com/new -t MESSAGE_INBOUND,MESSAGE_DELIVERY -s hush --json`,
    0,
  ],
  [
    `webhooks create --app ${APP_ID} --url https://example.com/new --triggers MESSAGE_INBOUND --secret hush`,
    0,
  ],
  [
    `webhooks update ${WEBHOOK} -u https://example.com/v2 -t OPT_IN -s hush --json`,
    0,
  ],
  [`webhooks delete ${WEBHOOK}`, WANTS_CONSENT],
  ["templates list --json", 0],
  ["templates get welcome_template --json", 0],
  ["templates delete welcome_template", WANTS_CONSENT],
];

for (const [line, code] of OFFICIAL) {
  Deno.test(`the official CLI's line works: conversation ${line}`, async () => {
    await using cli = new SandboxedCli();
    const ids = await createAll(cli);
    const words = line.split(" ").map((word) => ids[word] ?? word);
    const run = await cli.run(["conversation", ...words]);
    assertEquals(run.code, code, run.stderr);
    if (code === WANTS_CONSENT) {
      assertMatch(run.stderr, /confirmation.*\n.*--force/);
    }
  });
}

/** One of everything in the sandbox, by the ids above. */
async function createAll(cli: SandboxedCli): Promise<Record<string, string>> {
  const app_id = cli.sandbox.account.appId;
  const message = await cli.sendText("Hello");
  const { conversations } = await cli.ask(
    "GET",
    `conversations?app_id=${app_id}`,
  );
  const webhook = await cli.ask("POST", "webhooks", {
    app_id,
    target: "https://example.com/hook",
    target_type: "HTTP",
    triggers: ["MESSAGE_INBOUND"],
  });
  return {
    [MESSAGE]: message,
    [CONTACT]: "01HSANDB0XC0NTACT000000001",
    [OTHER]: "01HSANDB0XC0NTACT000000002",
    [CONVERSATION]: conversations[0].id,
    [APP_ID]: app_id,
    [WEBHOOK]: webhook.id,
  };
}
