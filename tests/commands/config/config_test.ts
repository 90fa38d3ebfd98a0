import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { type Machine, startMachine } from "../account.ts";

const CONFIG = ".config/sinch/config.json";
const APP = "01HW7APP0000000000000000AA";

async function profileOf(machine: Machine, name = "default") {
  return JSON.parse(await machine.read(CONFIG)).profiles[name];
}

const ASSIGNMENTS: [words: string[], kept: Record<string, string>][] = [
  [["region=eu"], { region: "eu" }],
  [["region", "EU"], { region: "eu" }],
  [["conversation", `appID=${APP}`], { appId: APP }],
  [["conversation", "app-id", APP], { appId: APP }],
  [["conversation", `app=${APP}`], { appId: APP }],
  [["app_id", APP], { appId: APP }],
  [[`appId=${APP}`], { appId: APP }],
  [["channel=whatsapp"], { channel: "WHATSAPP" }],
  [["channel", "viber"], { channel: "VIBERBM" }],
  [["sender=+1 (555) 000-1234"], { sender: "+15550001234" }],
  [["sender", "Acme"], { sender: "Acme" }],
  [["from=Acme"], { sender: "Acme" }],
];

for (const [words, kept] of ASSIGNMENTS) {
  Deno.test(`config set ${words.join(" ")} keeps ${JSON.stringify(kept)}`, async () => {
    await using machine = await startMachine();
    const run = await machine.sinch(["config", "set", ...words]);
    assertEquals(run.code, 0, run.stderr);
    assertEquals(await profileOf(machine), kept);
    const [key, value] = Object.entries(kept)[0]!;
    const json = await machine.sinch(["config", "set", ...words, "--json"]);
    assertEquals(JSON.parse(json.stdout), { profile: "default", key, value });
    const got = await machine.sinch(["config", "get", key]);
    assertEquals(got.stdout, `${value}\n`);
  });
}

const REFUSED: [words: string[], says: string][] = [
  [["region=asia"], "us, eu or br"],
  [["channel=watsapp"], "WHATSAPP"],
  [["sender=this sender is too long"], "sender"],
  [["app=two words"], "appId"],
  [["regoin=eu"], "Did you mean region?"],
  [["region=eu", "colour=red"], "colour"],
  [["region=eu", "channel"], "key=value"],
  [["colour=red"], "The settings are region, appId, channel, sender"],
  [["constructor=x"], "constructor"],
  [["projectId=P"], "sinch auth login"],
  [["keyId="], "sinch auth login"],
  [["region"], "key=value"],
  [["region", "eu", "br"], "key=value"],
  [["=eu"], "key=value"],
  [["conversation"], "key=value"],
];

for (const [words, says] of REFUSED) {
  Deno.test(`config set ${words.join(" ")} is refused`, async () => {
    await using machine = await startMachine();
    const run = await machine.sinch(["config", "set", ...words]);
    assertEquals([run.code, run.stdout], [2, ""]);
    assertStringIncludes(run.stderr, says);
    assertEquals(await machine.exists(CONFIG), false);
  });
}

Deno.test("config set a=1 b=2: sets both, or neither", async () => {
  await using machine = await startMachine();
  const run = await machine.sinch(
    ["config", "set", "region=eu", "channel=sms", "--json"],
  );
  assertEquals(JSON.parse(run.stdout), {
    profile: "default",
    changes: [
      { key: "region", value: "eu" },
      { key: "channel", value: "SMS" },
    ],
  });
  assertEquals(await profileOf(machine), { region: "eu", channel: "SMS" });
});

Deno.test("config set key=: removes the value", async () => {
  await using machine = await startMachine();
  await machine.sinch(["config", "set", "channel=SMS"]);
  const run = await machine.sinch(["config", "set", "channel=", "--json"]);
  assertEquals(JSON.parse(run.stdout), {
    profile: "default",
    key: "channel",
    value: null,
  });
  assertEquals(await profileOf(machine), {});
});

Deno.test("config set --profile: of that profile only, which must exist", async () => {
  await using machine = await startMachine();
  const missing = await machine.sinch([
    "config",
    "set",
    "region=eu",
    "--profile",
    "work",
  ]);
  assertEquals(missing.code, 2);
  assertStringIncludes(missing.stderr, "sinch config profile create work");
  await machine.sinch(["config", "profile", "create", "work"]);
  await machine.sinch(["config", "set", "region=eu", "--profile", "work"]);
  assertEquals(await profileOf(machine, "work"), { region: "eu" });
  assertEquals(await profileOf(machine), undefined);
});

Deno.test("config set: mends a profile whose region stops every other command", async () => {
  await using machine = await startMachine();
  await machine.write(CONFIG, { profiles: { default: { region: "asia" } } });
  assertEquals((await machine.sinch(["config", "list"])).code, 2);
  assertEquals((await machine.sinch(["config", "set", "region=us"])).code, 0);
  assertEquals((await machine.sinch(["config", "list"])).code, 0);
});

Deno.test("config get: the value in force, with its source under --json", async () => {
  await using machine = await startMachine();
  await machine.sinch(["config", "set", "region=eu"]);
  const env = { SINCH_REGION: "br" };
  assertEquals(
    (await machine.sinch(["config", "get", "region"], { env })).stdout,
    "br\n",
  );
  const json = await machine.sinch([
    "config",
    "get",
    "conversation",
    "region",
    "--json",
  ], { env });
  assertEquals(JSON.parse(json.stdout), {
    key: "region",
    value: "br",
    source: "SINCH_REGION",
  });
  const flag = await machine.sinch([
    "config",
    "get",
    "region",
    "--json",
    "--region",
    "us",
  ], { env });
  assertEquals(JSON.parse(flag.stdout), {
    key: "region",
    value: "us",
    source: "--region",
  });
});

Deno.test("config get: a setting without a value exits with 4, an unknown one with 2", async () => {
  await using machine = await startMachine();
  const unset = await machine.sinch(["config", "get", "channel"]);
  assertEquals([unset.code, unset.stdout], [4, ""]);
  assertEquals((await machine.sinch(["config", "get", "colour"])).code, 2);
  assertEquals(
    (await machine.sinch(["config", "get", "region", "app"])).code,
    2,
  );
  assertEquals((await machine.sinch(["config", "get"])).code, 2);
});

Deno.test("config get: IDs can be read, the key secret cannot", async () => {
  await using machine = await startMachine();
  await machine.sinch(["auth", "login", "-f", "-"], {
    stdin: JSON.stringify(machine.credentials),
  });
  const { projectId, keyId, keySecret } = machine.credentials;
  assertEquals(
    (await machine.sinch(["config", "get", "projectId"])).stdout,
    `${projectId}\n`,
  );
  assertEquals(
    (await machine.sinch(["config", "get", "key-id"])).stdout,
    `${keyId}\n`,
  );
  const secret = await machine.sinch(["config", "get", "keySecret"]);
  assertEquals(secret.code, 2);
  const list = await machine.sinch(["config", "list"]);
  assert(
    ![secret, list].some(({ stdout, stderr }) =>
      `${stdout}${stderr}`.includes(keySecret)
    ),
  );
});

Deno.test("config list: every value with its source, as text and as JSON", async () => {
  await using machine = await startMachine();
  await machine.sinch(["config", "set", "region=eu"]);
  await machine.sinch(["config", "set", `app=${APP}`]);
  const env = { SINCH_CHANNEL: "SMS", SINCH_API_URL: "" };
  const { stdout } = await machine.sinch(["config", "list"], { env });
  for (
    const text of [
      "eu (profile default)",
      `${APP} (profile default)`,
      "SMS (SINCH_CHANNEL)",
      "https://eu.conversation.api.sinch.com",
      "30 s",
    ]
  ) {
    assertStringIncludes(stdout, text);
  }
  const json = await machine.sinch(["config", "list", "--json"], { env });
  assertEquals(JSON.parse(json.stdout), {
    profile: "default",
    projectId: null,
    keyId: null,
    region: { value: "eu", source: "profile default" },
    appId: { value: APP, source: "profile default" },
    channel: { value: "SMS", source: "SINCH_CHANNEL" },
    sender: null,
    urls: {
      auth: "https://auth.sinch.com",
      conversation: "https://eu.conversation.api.sinch.com",
      template: "https://eu.template.api.sinch.com",
      batch: "https://eu.conversationbatch.api.sinch.com",
    },
    timeoutMs: 30_000,
  });
});

Deno.test("config list: a value with an escape sequence in it does not reach the terminal as one", async () => {
  await using machine = await startMachine();
  await machine.write(CONFIG, {
    profiles: { default: { sender: "a\x1b[2Jb" } },
  });
  for (const args of [["config", "list"], ["config", "get", "sender"]]) {
    const run = await machine.sinch(args, { terminal: true });
    assert(!run.stdout.includes("\x1b[2J"), run.stdout);
  }
});

Deno.test("config list: only some credentials in the environment do not stop it", async () => {
  await using machine = await startMachine();
  const run = await machine.sinch(["config", "list"], {
    env: { SINCH_KEY_ID: "K" },
  });
  assertEquals(run.code, 0, run.stderr);
  assertStringIncludes(run.stdout, "K (SINCH_KEY_ID)");
});

Deno.test("a broken settings file: every command that needs it names it, help and version work", async () => {
  await using machine = await startMachine();
  await machine.write(CONFIG, "{ broken");
  for (
    const args of [["config", "list"], ["auth", "status"], ["auth", "token"], [
      "config",
      "set",
      "region=eu",
    ]]
  ) {
    const run = await machine.sinch(args);
    assertEquals([run.code, run.stdout], [1, ""], args.join(" "));
    assertStringIncludes(run.stderr, `${machine.home}/${CONFIG}`);
  }
  for (
    const args of [
      ["--help"],
      ["--version"],
      ["-V"],
      [],
      ["auth"],
      ["auth", "login", "--help"],
      ["config", "--help"],
      ["config", "profile", "use", "--help"],
    ]
  ) {
    const run = await machine.sinch(args);
    assertEquals([run.code, run.stderr], [0, ""], args.join(" "));
    assert(run.stdout.length > 0);
  }
  assertEquals(await machine.read(CONFIG), "{ broken");
});
