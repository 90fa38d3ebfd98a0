import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { type Machine, startMachine } from "../account.ts";

function signIn(machine: Machine, ...args: string[]) {
  return machine.sinch(["auth", "login", "-f", "-", ...args], {
    stdin: JSON.stringify(machine.credentials),
  });
}

/** A clock that stands still, `ms` after now. */
function later(ms: number) {
  const time = Date.now() + ms;
  return {
    runtime: { clock: { now: () => time, sleep: () => Promise.resolve() } },
  };
}

Deno.test("status: signed out exits with 3 and says how to sign in", async () => {
  await using machine = await startMachine();
  const run = await machine.sinch(["auth", "status"]);
  assertEquals(run.code, 3);
  assertStringIncludes(
    run.stdout,
    "Not signed in (profile default). Run `sinch auth login`",
  );
  assertStringIncludes(run.stdout, "us (default)");
  assertEquals(run.requests, []);
});

Deno.test("status --json: signed out, every value is there, as null where there is none", async () => {
  await using machine = await startMachine();
  await machine.write(".sinch/config.json", { projectId: "P" });
  const run = await machine.sinch(["auth", "status", "--json"], {
    env: { SINCH_CHANNEL: "SMS" },
  });
  assertEquals(run.code, 3);
  assertEquals(run.stderr, "");
  const { reason, ...status } = JSON.parse(run.stdout);
  assertStringIncludes(reason, "sinch auth login");
  assertEquals(status, {
    signedIn: false,
    profile: "default",
    projectId: { value: "P", source: "~/.sinch/config.json" },
    keyId: null,
    region: { value: "us", source: "default" },
    appId: null,
    channel: { value: "SMS", source: "SINCH_CHANNEL" },
    sender: null,
    keySecret: null,
    token: null,
  });
});

Deno.test("status: signed in, each value with its source, and the token's time left; no request", async () => {
  await using machine = await startMachine();
  await signIn(machine, "--region", "eu");
  const run = await machine.sinch(["auth", "status", "--json"]);
  assertEquals(run.code, 0, run.stderr);
  assertEquals(run.requests, []);
  const { token, ...status } = JSON.parse(run.stdout);
  const source = "profile default";
  assertEquals(status, {
    signedIn: true,
    profile: "default",
    projectId: { value: machine.credentials.projectId, source },
    keyId: { value: machine.credentials.keyId, source },
    region: { value: "eu", source },
    appId: null,
    channel: null,
    sender: null,
    keySecret: { source: "Secret Service keychain" },
  });
  const leftMs = Date.parse(token.expiresAt) - Date.now();
  assert(leftMs > 3500_000 && leftMs <= 3600_000, `${leftMs} ms`);
});

for (
  const [ms, says] of [
    [10_000, "valid for 60 min"],
    [1_830_000, "valid for 30 min"],
    [3_570_000, "valid for 1 min"],
    [3_601_000, "not cached"],
  ] as const
) {
  Deno.test(`status: ${ms / 1000} s after sign-in, the token is ${says}`, async () => {
    await using machine = await startMachine();
    await signIn(machine);
    const run = await machine.sinch(["auth", "status"], later(ms));
    assertStringIncludes(run.stdout, says);
    assert(!run.stdout.includes(machine.credentials.keySecret));
  });
}

Deno.test("status: the environment's credentials, and only some of them", async () => {
  await using machine = await startMachine();
  await signIn(machine);
  const all = {
    SINCH_PROJECT_ID: "P",
    SINCH_KEY_ID: "K",
    SINCH_KEY_SECRET: "s3cr3t",
  };
  const run = await machine.sinch(["auth", "status"], { env: all });
  assertEquals(run.code, 0, run.stderr);
  assertStringIncludes(run.stdout, "P (SINCH_PROJECT_ID)");
  assertStringIncludes(run.stdout, "(SINCH_KEY_SECRET)");
  assert(!run.stdout.includes("s3cr3t"));
  const some = await machine.sinch(["auth", "status"], {
    env: { ...all, SINCH_KEY_ID: "" },
  });
  assertEquals(some.code, 2);
  assertStringIncludes(some.stderr, "Missing in the environment: SINCH_KEY_ID");
});

Deno.test("status: a secret that is gone from the keychain is signed out", async () => {
  await using machine = await startMachine();
  await signIn(machine);
  const run = await machine.sinch(["auth", "status", "--json"], {
    runtime: {
      run: () => Promise.resolve({ code: 1, stdout: "", stderr: "" }),
    },
  });
  assertEquals(run.code, 3);
  assertStringIncludes(
    JSON.parse(run.stdout).reason,
    "Secret Service keychain",
  );
});

Deno.test("status --verify: asks the token service, and exits with 3 when it refuses", async () => {
  await using machine = await startMachine();
  await signIn(machine);
  const good = await machine.sinch(["auth", "status", "--verify"]);
  assertEquals([good.code, good.requests.length], [0, 2]);
  const other = await machine.sinch(["auth", "status", "--verify"], {
    env: {
      SINCH_PROJECT_ID: "another-project",
      SINCH_KEY_ID: machine.credentials.keyId,
      SINCH_KEY_SECRET: machine.credentials.keySecret,
    },
  });
  assert(other.code === 3 || other.code === 4, other.stderr);
  assertStringIncludes(other.stderr, "another-project");
  const env = {
    SINCH_PROJECT_ID: "P",
    SINCH_KEY_ID: "K",
    SINCH_KEY_SECRET: "wr0ng",
  };
  const bad = await machine.sinch(["auth", "status", "--verify"], { env });
  assertEquals([bad.code, bad.stdout], [3, ""]);
  assert(!bad.stderr.includes("wr0ng"));
});

Deno.test("token: printed alone on stdout, opens the API, and is fetched once", async () => {
  await using machine = await startMachine();
  await machine.sinch(["config", "profile", "create", "work"]);
  await signIn(machine, "--profile", "work");
  const run = await machine.sinch(["auth", "token", "--profile", "work"]);
  assertEquals([run.code, run.requests.length], [0, 0]);
  const token = run.stdout.trimEnd();
  assertEquals(run.stdout, `${token}\n`);
  const json = await machine.sinch([
    "auth",
    "token",
    "--json",
    "--profile",
    "work",
  ]);
  assertEquals(JSON.parse(json.stdout), { access_token: token });
  let sent: string | undefined;
  await machine.sinch(["auth", "token"], {
    env: { SINCH_PROFILE: "work" },
    fetch: (request) => {
      sent = request.url;
      return Promise.reject(new Error("not asked"));
    },
  });
  assertEquals(sent, undefined);
});

Deno.test("token: with the three variables and no home folder, as in a bare container", async () => {
  await using machine = await startMachine();
  const { projectId, keyId, keySecret } = machine.credentials;
  const run = await machine.sinch(["auth", "token"], {
    env: {
      HOME: "",
      SINCH_PROJECT_ID: projectId,
      SINCH_KEY_ID: keyId,
      SINCH_KEY_SECRET: keySecret,
    },
  });
  assertEquals([run.code, run.stderr], [0, ""]);
  assertEquals(await machine.allText(), "");
});

Deno.test("token: signed out exits with 3, stdout empty", async () => {
  await using machine = await startMachine();
  const run = await machine.sinch(["auth", "token"]);
  assertEquals([run.code, run.stdout], [3, ""]);
  const json = await machine.sinch(["auth", "token", "--json"]);
  assertEquals([json.code, json.stdout], [3, ""]);
  assertEquals(JSON.parse(json.stderr).error.code, "AUTH");
});

Deno.test("logout --force: secret, token and IDs are gone, defaults stay", async () => {
  await using machine = await startMachine();
  await signIn(machine, "--region", "eu");
  await machine.sinch(["auth", "login", "-f", "-", "--profile", "work"], {
    stdin: JSON.stringify(machine.credentials),
  });
  const run = await machine.sinch(["auth", "logout", "--force"]);
  assertEquals(run.code, 0, run.stderr);
  assertEquals(Object.keys(machine.keychain.entries()), ["work"]);
  assertEquals(
    JSON.parse(await machine.read(".config/sinch/config.json")).profiles
      .default,
    { region: "eu" },
  );
  assertEquals((await machine.sinch(["auth", "status"])).code, 3);
  assertEquals(
    [...Deno.readDirSync(`${machine.home}/.cache/sinch/tokens`)].filter((
      { name },
    ) => name.endsWith(".json")),
    [],
  );
  assertEquals(
    (await machine.sinch(["auth", "status", "--profile", "work", "--verify"]))
      .code,
    0,
  );
});

for (const flag of ["-f", "--force", "--yes", "--non-interactive"]) {
  Deno.test(`logout ${flag}: asks nothing, and a second time there is nothing to do`, async () => {
    await using machine = await startMachine();
    await signIn(machine, "--store", "file");
    const first = await machine.sinch(["auth", "logout", flag, "--json"]);
    assertEquals(JSON.parse(first.stdout), {
      profile: "default",
      signedOut: true,
    });
    assertEquals(await machine.exists(".config/sinch/credentials.json"), false);
    const second = await machine.sinch(["auth", "logout", flag, "--json"]);
    assertEquals([second.code, JSON.parse(second.stdout)], [0, {
      profile: "default",
      signedOut: false,
    }]);
  });
}

Deno.test("logout: without a terminal and without --force, exit 2 and nothing happens", async () => {
  await using machine = await startMachine();
  await signIn(machine);
  const run = await machine.sinch(["auth", "logout"]);
  assertEquals([run.code, run.stdout], [2, ""]);
  assertStringIncludes(run.stderr, "--force");
  assertEquals((await machine.sinch(["auth", "status"])).code, 0);
});

for (const [answer, code] of [["n\r", 1], ["\r", 1], ["y\r", 0]] as const) {
  Deno.test(`logout: answering ${JSON.stringify(answer)} in a terminal exits with ${code}`, async () => {
    await using machine = await startMachine();
    await signIn(machine);
    const run = await machine.sinch(["auth", "logout"], {
      terminal: true,
      stdin: answer,
    });
    assertEquals(run.code, code, run.stderr);
    assertStringIncludes(
      run.stderr,
      `Sign out of project ${machine.credentials.projectId}`,
    );
    assertEquals(
      Object.keys(machine.keychain.entries()),
      code === 0 ? [] : ["default"],
    );
  });
}

Deno.test("logout: a keychain that does not answer is a failure, and the profile still knows of the secret", async () => {
  await using machine = await startMachine();
  await signIn(machine);
  const run = await machine.sinch(["auth", "logout", "--force"], {
    runtime: {
      run: () => Promise.resolve({ code: 1, stdout: "", stderr: "no D-Bus" }),
    },
  });
  assertEquals(run.code, 1);
  assertEquals((await machine.sinch(["auth", "status"])).code, 0);
});

Deno.test("logout: says that the environment has credentials, too", async () => {
  await using machine = await startMachine();
  await signIn(machine);
  const run = await machine.sinch(["auth", "logout", "--force"], {
    env: { SINCH_PROJECT_ID: "P", SINCH_KEY_ID: "K", SINCH_KEY_SECRET: "S" },
  });
  assertStringIncludes(run.stderr, "environment");
});
