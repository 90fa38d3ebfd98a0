import {
  assert,
  assertEquals,
  assertRejects,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import {
  requireCredentials,
  resolveSettings,
  type SettingFlags,
  type Settings,
} from "../../config/resolve.ts";
import { secretStore } from "../../config/credentials.ts";
import { changeProfile } from "../../config/profiles.ts";
import { Failure } from "../../errors.ts";
import { fakeSecretTool } from "./fake_keychains.ts";
import { createWorld, type World } from "./fake_world.ts";

const CONFIG = ".config/sinch/config.json";

/** Puts a value into one layer. */
type Layer = (
  world: World,
  flags: SettingFlags,
  value: string,
) => Promise<void> | void;

/** The layers of one setting, strongest first. */
interface Row {
  setting: "region" | "appId" | "channel" | "sender";
  layers: Record<string, Layer>;
  values: string[];
}

function layersOf(
  flag: keyof SettingFlags,
  key: Row["setting"],
  ...names: string[]
): Record<string, Layer> {
  const [name = "", alias] = names;
  const inEnvironment = (name: string): Layer => (world, _, value) => {
    world.env[name] = value;
  };
  return {
    [`--${flag}`]: (_world, flags, value) => {
      flags[flag] = value;
    },
    [name]: inEnvironment(name),
    ...alias && { [alias]: inEnvironment(alias) },
    [`.env (${name})`]: async (world, flags, value) => {
      flags.envFile = `${world.home}/.env`;
      await world.write(".env", `${name}=${value}\n`);
    },
    "profile default": (world, _, value) =>
      changeProfile(world.runtime, "default", { [key]: value }),
  };
}

const ROWS: Row[] = [
  {
    setting: "region",
    layers: layersOf("region", "region", "SINCH_REGION", "CONVERSATION_REGION"),
    values: ["eu", "br"],
  },
  {
    setting: "appId",
    layers: layersOf("app", "appId", "SINCH_APP_ID", "CONVERSATION_APP_ID"),
    values: ["A1", "A2"],
  },
  {
    setting: "channel",
    layers: layersOf("channel", "channel", "SINCH_CHANNEL"),
    values: ["SMS", "RCS"],
  },
  {
    setting: "sender",
    layers: layersOf("from", "sender", "SINCH_SMS_SENDER_ID"),
    values: ["+1", "Acme"],
  },
];

for (const { setting, layers, values } of ROWS) {
  const names = Object.keys(layers);
  const pairs = names.flatMap((strong, at) =>
    names.slice(at + 1).map((weak) => [strong, weak] as const)
  );
  for (const [strong, weak] of pairs) {
    Deno.test(`${setting}: ${strong} wins over ${weak}`, async () => {
      using world = createWorld();
      const flags: SettingFlags = {};
      await layers[weak]!(world, flags, values[1]!);
      const before = (await resolveSettings(world.runtime, flags))[setting];
      assertEquals(nameSource(world, before), {
        value: values[1],
        source: weak,
      });
      await layers[strong]!(world, flags, values[0]!);
      const after = (await resolveSettings(world.runtime, flags))[setting];
      assertEquals(nameSource(world, after), {
        value: values[0],
        source: strong,
      });
    });
  }
}

function nameSource(
  world: World,
  found: { value: string; source: string } | undefined,
) {
  return found &&
    { ...found, source: found.source.replace(`${world.home}/`, "") };
}

Deno.test("settings: with nothing set, the defaults", async () => {
  using world = createWorld();
  assertEquals(await resolveSettings(world.runtime, {}), {
    profile: "default",
    projectId: undefined,
    keyId: undefined,
    region: { value: "us", source: "default" },
    appId: undefined,
    channel: undefined,
    sender: undefined,
    urls: {
      auth: "https://auth.sinch.com",
      conversation: "https://us.conversation.api.sinch.com",
      template: "https://us.template.api.sinch.com",
      batch: "https://us.conversationbatch.api.sinch.com",
    },
    timeoutMs: 30_000,
  });
});

Deno.test("settings: resolved without a home folder, for a container with variables only", async () => {
  using world = createWorld({ HOME: "", ...ALL_THREE });
  const settings = await resolveSettings(world.runtime, {});
  assertEquals(requireCredentials(settings).projectId.value, "P");
});

// Which profile

Deno.test("profile: flag, then SINCH_PROFILE, then the active one", async () => {
  using world = createWorld();
  await world.write(CONFIG, {
    activeProfile: "one",
    profiles: {
      one: { appId: "1" },
      two: { appId: "2" },
      three: { appId: "3" },
    },
  });
  const appId = async (flags: SettingFlags) =>
    (await resolveSettings(world.runtime, flags)).appId;
  assertEquals(await appId({}), { value: "1", source: "profile one" });
  world.env.SINCH_PROFILE = "two";
  assertEquals(await appId({}), { value: "2", source: "profile two" });
  assertEquals(await appId({ profile: "three" }), {
    value: "3",
    source: "profile three",
  });
});

for (
  const [source, env, flags] of [
    ["--profile", {}, { profile: "nope" }],
    ["SINCH_PROFILE", { SINCH_PROFILE: "nope" }, {}],
  ] as [string, Record<string, string>, SettingFlags][]
) {
  Deno.test(`profile: one that does not exist (${source}) is refused with the command that makes it`, async () => {
    using world = createWorld(env);
    const failure = await assertRejects(
      () => resolveSettings(world.runtime, flags),
      Failure,
      `(from ${source})`,
    );
    assertEquals(failure.kind, "usage");
    assertStringIncludes(failure.hint!, "`sinch config profile create nope`");
  });
}

// Credentials

const ALL_THREE = {
  SINCH_PROJECT_ID: "P",
  SINCH_KEY_ID: "K",
  SINCH_KEY_SECRET: "S",
};
const NAMES = Object.keys(ALL_THREE) as (keyof typeof ALL_THREE)[];

async function signIn(world: World, profile = "default") {
  await secretStore(world.runtime, "file").store(
    profile,
    `secret of ${profile}`,
  );
  await changeProfile(world.runtime, profile, {
    projectId: `project of ${profile}`,
    keyId: `key of ${profile}`,
    secretStore: "file",
  });
}

Deno.test("credentials: all three variables win over the profile", async () => {
  using world = createWorld(ALL_THREE);
  await signIn(world);
  const credentials = requireCredentials(
    await resolveSettings(world.runtime, {}),
  );
  assertEquals(credentials.projectId, {
    value: "P",
    source: "SINCH_PROJECT_ID",
  });
  assertEquals(credentials.keyId, { value: "K", source: "SINCH_KEY_ID" });
  assertEquals(await credentials.keySecret(), "S");
  assertEquals(credentials.secretSource, "SINCH_KEY_SECRET");
});

for (const mask of [1, 2, 3, 4, 5, 6]) {
  const set = NAMES.filter((_, bit) => mask & (1 << bit));
  const missing = NAMES.filter((name) => !set.includes(name));
  Deno.test(`credentials: only ${set.join(" and ")} set is refused, naming ${missing.join(" and ")}`, async () => {
    using world = createWorld(
      Object.fromEntries(set.map((name) => [name, "x"])),
    );
    await signIn(world);
    const settings = await resolveSettings(world.runtime, {});
    assertEquals(settings.credentials, undefined);
    const failure = assertThrows(() => requireCredentials(settings), Failure);
    assertEquals(failure.kind, "usage");
    for (const name of missing) assertStringIncludes(failure.message, name);
    for (const name of set) assert(!failure.message.includes(name));
  });
}

Deno.test("credentials: variables and the environment file together may make the three", async () => {
  using world = createWorld({ SINCH_PROJECT_ID: "P", SINCH_KEY_ID: "K" });
  await world.write(".env", "SINCH_KEY_SECRET=S\nSINCH_KEY_ID=other\n");
  const settings = await resolveSettings(world.runtime, {
    envFile: `${world.home}/.env`,
  });
  const credentials = requireCredentials(settings);
  assertEquals(credentials.keyId.value, "K");
  assertEquals(await credentials.keySecret(), "S");
  assertEquals(
    credentials.secretSource,
    `${world.home}/.env (SINCH_KEY_SECRET)`,
  );
});

Deno.test("credentials: signed out is an auth failure with both ways in", async () => {
  using world = createWorld();
  const settings = await resolveSettings(world.runtime, {});
  const failure = assertThrows(
    () => requireCredentials(settings),
    Failure,
    "Not signed in",
  );
  assertEquals(failure.exitCode, 3);
  assertStringIncludes(failure.hint!, "`sinch auth login`");
  for (const name of NAMES) assertStringIncludes(failure.hint!, name);
});

Deno.test("credentials: two profiles side by side, each with its own", async () => {
  using world = createWorld();
  await signIn(world, "work");
  await signIn(world, "home");
  for (const profile of ["work", "home"]) {
    const credentials = requireCredentials(
      await resolveSettings(world.runtime, { profile }),
    );
    assertEquals(credentials.projectId, {
      value: `project of ${profile}`,
      source: `profile ${profile}`,
    });
    assertEquals(await credentials.keySecret(), `secret of ${profile}`);
  }
});

Deno.test("credentials: the keychain is asked for the secret only when it is needed", async () => {
  using world = createWorld();
  const keychain = fakeSecretTool(world.home);
  const runtime = { ...world.runtime, run: keychain.run };
  await secretStore(runtime, "keychain").store("work", "S");
  await changeProfile(runtime, "work", {
    projectId: "P",
    keyId: "K",
    secretStore: "keychain",
  });
  const before = keychain.argv();
  const credentials = requireCredentials(
    await resolveSettings(runtime, { profile: "work" }),
  );
  assertEquals(keychain.argv(), before);
  assertEquals(await credentials.keySecret(), "S");
});

for (
  const [what, run] of Object.entries({
    "has lost it": () => Promise.resolve({ code: 1, stdout: "", stderr: "" }),
    "does not work": () =>
      Promise.resolve({ code: 1, stdout: "", stderr: "no D-Bus" }),
  })
) {
  Deno.test(`credentials: a keychain that ${what} is an auth failure with the way back in`, async () => {
    using world = createWorld({}, { run });
    await changeProfile(world.runtime, "work", {
      projectId: "P",
      keyId: "K",
      secretStore: "keychain",
    });
    const credentials = requireCredentials(
      await resolveSettings(world.runtime, { profile: "work" }),
    );
    const failure = await assertRejects(() => credentials.keySecret(), Failure);
    assertEquals(failure.kind, "auth");
    assertStringIncludes(failure.hint!, "sinch auth login");
  });
}

Deno.test("official CLI's file: its IDs are known, beneath the profile, but nobody is signed in", async () => {
  using world = createWorld();
  await world.write(".sinch/config.json", { projectId: "OP", keyId: "OK" });
  const settings = await resolveSettings(world.runtime, {});
  assertEquals(settings.projectId, {
    value: "OP",
    source: "~/.sinch/config.json",
  });
  assertEquals(settings.keyId, { value: "OK", source: "~/.sinch/config.json" });
  assertThrows(() => requireCredentials(settings), Failure, "Not signed in");
  await signIn(world);
  assertEquals(
    (await resolveSettings(world.runtime, {})).projectId?.value,
    "project of default",
  );
});

// Checks of values

Deno.test("region: any case is understood", async () => {
  using world = createWorld();
  assertEquals(
    (await resolveSettings(world.runtime, { region: "EU" })).region.value,
    "eu",
  );
});

Deno.test("region: an unknown one is refused with its source and the list", async () => {
  using world = createWorld({ SINCH_REGION: "asia" });
  const failure = await assertRejects(
    () => resolveSettings(world.runtime, {}),
    Failure,
    `SINCH_REGION must be us, eu or br, got "asia"`,
  );
  assertEquals(failure.kind, "usage");
});

const URL_CASES: [Record<string, string>, Partial<Settings["urls"]>][] = [
  [{ SINCH_REGION: "eu" }, {
    conversation: "https://eu.conversation.api.sinch.com",
    template: "https://eu.template.api.sinch.com",
    auth: "https://auth.sinch.com",
  }],
  [{ SINCH_API_URL: "https://proxy.example/" }, {
    auth: "https://proxy.example",
    conversation: "https://proxy.example",
    template: "https://proxy.example",
    batch: undefined,
  }],
  [{ SINCH_API_URL: "https://proxy.example/sinch//" }, {
    auth: "https://proxy.example/sinch",
  }],
  [{
    SINCH_API_URL: "http://localhost:4010",
    SINCH_AUTH_URL: "https://a.example",
  }, { auth: "https://a.example", template: "http://localhost:4010" }],
  [{ SINCH_CONVERSATION_URL: "http://127.9.9.9:80" }, {
    conversation: "http://127.9.9.9",
    template: "https://us.template.api.sinch.com",
  }],
  [{ SINCH_TEMPLATE_URL: "http://[::1]:4010/" }, {
    template: "http://[::1]:4010",
  }],
  [{
    SINCH_API_URL: "http://localhost:4010",
    SINCH_BATCH_URL: "http://localhost:4011",
  }, { template: "http://localhost:4010", batch: "http://localhost:4011" }],
  [{ SINCH_API_URL: "http://LOCALHOST:1" }, { auth: "http://localhost:1" }],
];

for (const [env, expected] of URL_CASES) {
  Deno.test(`hosts: ${JSON.stringify(env)}`, async () => {
    using world = createWorld(env);
    const { urls } = await resolveSettings(world.runtime, {});
    assertEquals({ ...urls, ...expected }, urls);
  });
}

for (
  const url of [
    "http://example.com",
    "http://10.0.0.1",
    "http://127.0.0.1.example.com",
    "http://localhost.example.com",
    "http://localhost@example.com",
    "https://user:pass@example.com",
    "https://user@example.com",
    "ftp://localhost",
    "localhost:4010",
    "nonsense",
    "https://example.com?x=1",
    "https://example.com/#x",
    "http://[::2]",
    "http://0.0.0.0",
  ]
) {
  for (const name of ["SINCH_API_URL", "SINCH_AUTH_URL"]) {
    Deno.test(`hosts: ${name}=${url} is refused`, async () => {
      using world = createWorld({ [name]: url });
      const failure = await assertRejects(
        () => resolveSettings(world.runtime, {}),
        Failure,
        name,
      );
      assertEquals(failure.kind, "usage");
      assert(
        !failure.message.includes("pass@"),
        "what may be a password is not shown",
      );
    });
  }
}

for (
  const [value, expected] of [["5", 5000], ["0.5", 500], [
    "3600",
    3_600_000,
  ]] as const
) {
  Deno.test(`timeout: ${value} seconds are ${expected} ms`, async () => {
    using world = createWorld({ SINCH_TIMEOUT: value });
    assertEquals(
      (await resolveSettings(world.runtime, {})).timeoutMs,
      expected,
    );
  });
}

for (const value of ["0", "-1", "soon", "5s", "Infinity", "3601"]) {
  Deno.test(`timeout: ${value} is refused`, async () => {
    using world = createWorld({ SINCH_TIMEOUT: value });
    const failure = await assertRejects(
      () => resolveSettings(world.runtime, {}),
      Failure,
      "SINCH_TIMEOUT",
    );
    assertEquals(failure.kind, "usage");
  });
}
