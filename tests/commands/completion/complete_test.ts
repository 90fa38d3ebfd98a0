import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { ScriptedServer } from "../../scripted_server.ts";
import { Served } from "../sandbox/served.ts";
import { calls, SandboxedCli } from "../../sandboxed_cli.ts";
import { type CliOptions, type CliRun, runCli } from "../../run_cli.ts";

/** The answer to a line, the last word of which is being typed. */
function complete(line: string, options?: CliOptions): Promise<CliRun> {
  return runCli(["__complete", "--", ...line.split(" ")], options);
}

function values({ code, stdout, stderr }: CliRun): string[] {
  assertEquals([code, stderr], [0, ""]);
  const [kind, ...lines] = stdout.trimEnd().split("\n");
  assertEquals(kind, "values");
  return lines.map((line) => line.split("\t")[0]!);
}

const LINES: [line: string, words: string[]][] = [
  ["conv", ["conversation"]],
  ["conv messages d", ["delete"]],
  ["--profile work conversation se", ["send"]],
  ["--profile=work --json conversation se", ["send"]],
  ["conversation send --chan", ["--channel"]],
  ["conversation send --channel SMS --chan", []],
  ["config profile use --json --query x --region us --profile x -", [
    "--help",
    "--raw",
    "--utc",
    "--env-file",
    "--non-interactive",
    "--debug",
  ]],
  ["conversation send --choice Yes --cho", ["--choice"]],
  ["help channels w", ["WHATSAPP", "WECHAT"]],
  ["help channels WHATSAPP w", ["WECHAT"]],
  ["help reasons bad", ["BAD_REQUEST"]],
  ["conversation send --channel w", ["WHATSAPP", "WECHAT"]],
  ["conversation send -c RC", ["RCS"]],
  ["conversation send --channel=rc", ["--channel=RCS"]],
  ["conversation send --type car", ["card", "carousel"]],
  ["conversation send --fallback RCS,S", ["RCS,SMS"]],
  ["conversation send --fallback SMS,S", []],
  [
    "conversation webhooks create --triggers MESSAGE_INBOUND,opt",
    ["MESSAGE_INBOUND,OPT_IN", "MESSAGE_INBOUND,OPT_OUT"],
  ],
  ["conversation messages list --columns id,cont", [
    "id,content",
    "id,contact",
  ]],
  ["conversation conversations --state ", ["ACTIVE", "INACTIVE", "CLOSED"]],
  ["--region ", ["us", "eu", "br"]],
  ["auth login --store ", ["keychain", "file"]],
  ["completion --shell z", ["zsh"]],
  ["sandbox trigger OPT", ["OPT_IN", "OPT_OUT"]],
  ["sandbox rule add --drop ", ["before", "after"]],
  ["sandbox callbacks --status F", ["FAILED"]],
  ["sandbox env --shell p", ["powershell"]],
  ["config set re", ["region="]],
  ["config profile use d", ["default"]],
  ["config profile create d", []],
  ["help environ", ["environment"]],
  ["help conversation templ", ["templates"]],
  ["conversation send +15551234567 hi --dry", ["--dry-run"]],
  ["conversation send --caption --cha", []],
  ["nonsense ", []],
  ["conversation nonsense se", []],
  ["__compl", []],
];

for (const [line, words] of LINES) {
  Deno.test(`sinch ${line}<Tab> offers ${words.join(" ") || "nothing"}`, async () => {
    assertEquals(values(await complete(line)), words);
  });
}

for (
  const line of [
    "--env-file ",
    "--env-file=.en",
    "auth login -f ke",
    "sandbox reset --store x",
    "sandbox rule add --file r",
    "sandbox start --rules r",
    "conversation send --card @ca",
  ]
) {
  Deno.test(`sinch ${line}<Tab> completes files`, async () => {
    const { code, stdout } = await complete(line);
    assertEquals([code, stdout], [0, "files\n"]);
  });
}

Deno.test("every command and every flag that is shown can be completed", async () => {
  const all = values(await complete("conversation send --"));
  const help = await runCli(["conversation", "send", "--help"]);
  const flags = help.stdout.matchAll(/^ {2,}(?:-\w, )?(--[\w-]+)/gm);
  for (const [, flag] of flags) assert(all.includes(flag!), flag);
});

Deno.test("ids come from the account once, then from the cache for a minute", async () => {
  await using cli = new SandboxedCli();
  const home = await Deno.makeTempDir();
  let now = Date.now();
  const ask = (line: string) =>
    cli.run(["__complete", "--", ...line.split(" ")], {
      home,
      runtime: { clock: { now: () => now, sleep: () => Promise.resolve() } },
    });
  const first = await ask("conversation apps get ");
  assertEquals(first.stdout, "values\n01SANDB0XAPP00000000000001\tSandbox\n");
  assertEquals(calls(first), ["GET apps"]);

  const second = await ask("conversation send --app 01S");
  assertEquals(values(second), ["01SANDB0XAPP00000000000001"]);
  assertEquals(second.requests.length, 0);

  now += 61_000;
  assertEquals(calls(await ask("conversation apps get ")), ["GET apps"]);

  for await (
    const { name } of Deno.readDir(`${home}/.cache/sinch/completion`)
  ) {
    const path = `${home}/.cache/sinch/completion/${name}`;
    assertEquals((await Deno.stat(path)).mode! & 0o777, 0o600);
  }
  await Deno.remove(home, { recursive: true });
});

Deno.test("an old answer is better than none when the API fails", async () => {
  await using cli = new SandboxedCli();
  const home = await Deno.makeTempDir();
  let now = Date.now();
  const ask = () =>
    cli.run(["__complete", "--", "conversation", "apps", "get", ""], {
      home,
      runtime: { clock: { now: () => now, sleep: () => Promise.resolve() } },
    });
  await ask();
  now += 120_000;
  cli.answers = [new Response("{}", { status: 403 })];
  assertEquals(values(await ask()), ["01SANDB0XAPP00000000000001"]);
  await Deno.remove(home, { recursive: true });
});

for (
  const [line, id] of [
    ["conversation templates get w", "welcome_template"],
    ["conversation send --template w", "welcome_template"],
    [
      "conversation contacts get 01HSANDB0XC0NTACT000000001",
      "01HSANDB0XC0NTACT000000001",
    ],
    [
      "conversation send --contact=01HSANDB0XC0NTACT000000002",
      "--contact=01HSANDB0XC0NTACT000000002",
    ],
  ] as const
) {
  Deno.test(`sinch ${line}<Tab> knows the account's ids`, async () => {
    await using cli = new SandboxedCli();
    const run = await cli.run(["__complete", "--", ...line.split(" ")]);
    assertEquals(values(run), [id]);
  });
}

Deno.test("messages and webhooks are told apart by what they are about", async () => {
  await using cli = new SandboxedCli();
  const id = await cli.sendText("Hi\tthere \x1b[31mred");
  const messages = await cli.run([
    "__complete",
    "--",
    "conversation",
    "messages",
    "get",
    "",
  ]);
  assertEquals(messages.stdout, `values\n${id}\tHi there ␛[31mred\n`);

  const app_id = cli.sandbox.account.appId;
  const target = "https://example.com/hook";
  const webhook = await cli.ask("POST", "webhooks", {
    app_id,
    target,
    target_type: "HTTP",
    triggers: ["MESSAGE_INBOUND"],
  });
  const webhooks = await cli.run([
    "__complete",
    "--",
    "conversation",
    "webhooks",
    "delete",
    "",
  ]);
  assertStringIncludes(webhooks.stdout, `${webhook.id}\t${target}\n`);
});

Deno.test("sandbox commands offer what the running sandbox has", async () => {
  await using served = await Served.open();
  const id = await served.sendChoices();
  assertEquals(values(await served.complete("sandbox show ")), [id]);
  assertEquals(values(await served.complete("sandbox tap ")), [id]);
  assertEquals(values(await served.complete("sandbox trigger OPT_IN --app ")), [
    served.sandbox.account.appId,
  ]);
});

Deno.test("--sandbox offers what the sandbox has, and asks no network", async () => {
  const env = { SINCH_SANDBOX_STORE: ":memory:" };
  const run = await complete("--sandbox conversation apps get ", { env });
  assertEquals(values(run), ["01SANDB0XAPP00000000000001"]);
  assertEquals(run.requests.length, 0);
});

Deno.test("a slow API, a refused key and no account: no answer, no word, exit 0", async () => {
  await using server = new ScriptedServer();
  const env = {
    SINCH_API_URL: server.url,
    SINCH_PROJECT_ID: "p",
    SINCH_KEY_ID: "k",
    SINCH_KEY_SECRET: "s",
    DEBUG_HTTP: "1",
  };
  server.answers = ["silence"];
  const startedAt = Date.now();
  const slow = await complete("conversation apps get ", { env, fetch });
  assertEquals(values(slow), []);
  assert(Date.now() - startedAt < 4000);

  server.tokenAnswers = [{ status: 401, body: {} }];
  assertEquals(
    values(await complete("conversation apps get ", { env, fetch })),
    [],
  );
  assertEquals(values(await complete("conversation apps get ")), []);
});

Deno.test("a keychain is never asked: it might open a window", async () => {
  const home = await Deno.makeTempDir();
  await Deno.mkdir(`${home}/.config/sinch`, { recursive: true });
  await Deno.writeTextFile(
    `${home}/.config/sinch/config.json`,
    JSON.stringify({
      profiles: {
        default: { projectId: "p", keyId: "k", secretStore: "keychain" },
      },
    }),
  );
  let ran = 0;
  const run = await complete("conversation apps get ", {
    home,
    runtime: { run: () => Promise.resolve(void ran++) as never },
  });
  assertEquals([values(run), ran], [[], 0]);
  await Deno.remove(home, { recursive: true });
});
