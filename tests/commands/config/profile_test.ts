import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { type Machine, startMachine } from "../account.ts";

async function namesOf(machine: Machine) {
  const { stdout } = await machine.sinch([
    "config",
    "profile",
    "list",
    "--json",
  ]);
  return (JSON.parse(stdout) as { name: string; active: boolean }[])
    .map(({ name, active }) => active ? `${name}*` : name);
}

function signIn(machine: Machine, profile: string) {
  return machine.sinch(["auth", "login", "-f", "-", "--profile", profile], {
    stdin: JSON.stringify(machine.credentials),
  });
}

Deno.test("profile list: without a file there is the default one", async () => {
  await using machine = await startMachine();
  const run = await machine.sinch(["config", "profile", "list", "--json"]);
  assertEquals(JSON.parse(run.stdout), [
    {
      name: "default",
      active: true,
      signedIn: false,
      projectId: null,
      region: null,
    },
  ]);
});

Deno.test("profile list: the same rows in a terminal and in a pipe", async () => {
  await using machine = await startMachine();
  await signIn(machine, "work");
  await machine.sinch(["config", "set", "region=eu", "--profile", "work"]);
  await machine.sinch(["config", "profile", "use", "work"]);
  const pipe = await machine.sinch(["config", "profile", "list"]);
  assertEquals(
    pipe.stdout,
    "\tdefault\t\t\tsigned out\n*\twork\tsandbox-project\teu\tsigned in\n",
  );
  const terminal = await machine.sinch(["config", "profile", "list"], {
    terminal: true,
    env: { NO_COLOR: "1" },
  });
  const lines = terminal.stdout.trimEnd().split("\n");
  assertEquals(lines.length, 3);
  for (const text of ["*", "work", "sandbox-project", "eu", "signed in"]) {
    assertStringIncludes(lines[2]!, text);
  }
});

Deno.test("profile create, use, delete: as scripts do it", async () => {
  await using machine = await startMachine();
  const created = await machine.sinch([
    "config",
    "profile",
    "create",
    "work",
    "--json",
  ]);
  assertEquals(JSON.parse(created.stdout), { profile: "work", created: true });
  assertEquals(await namesOf(machine), ["default*", "work"]);
  const used = await machine.sinch([
    "config",
    "profile",
    "use",
    "work",
    "--json",
  ]);
  assertEquals(JSON.parse(used.stdout), { profile: "work", active: true });
  assertEquals(await namesOf(machine), ["default", "work*"]);
  await machine.sinch(["config", "profile", "use", "default"]);
  const deleted = await machine.sinch([
    "config",
    "profile",
    "delete",
    "work",
    "--force",
    "--json",
  ]);
  assertEquals(JSON.parse(deleted.stdout), { profile: "work", deleted: true });
  assertEquals(await namesOf(machine), ["default*"]);
});

for (
  const [args, code, says] of [
    [["create", "default"], 2, "already"],
    [["create", "a/b"], 2, "name must be a profile name"],
    [["create", "__proto__"], 2, "name must be a profile name"],
    [["create"], 2, "name"],
    [["use", "nope"], 2, "sinch config profile create nope"],
    [["delete", "nope", "--force"], 2, "sinch config profile create nope"],
    [["delete", "default"], 2, "active profile"],
    [["delete"], 2, "name"],
  ] as const
) {
  Deno.test(`profile ${args.join(" ")}: exit ${code}, nothing changed`, async () => {
    await using machine = await startMachine();
    const run = await machine.sinch(["config", "profile", ...args]);
    assertEquals([run.code, run.stdout], [code, ""], run.stderr);
    assertStringIncludes(run.stderr, says);
    assert(!await machine.exists(".config/sinch/config.json"));
  });
}

Deno.test("profile create: the same name twice is refused, the first one stays as it is", async () => {
  await using machine = await startMachine();
  await signIn(machine, "work");
  const run = await machine.sinch(["config", "profile", "create", "work"]);
  assertEquals(run.code, 2);
  assertEquals(
    (await machine.sinch(["auth", "status", "--profile", "work"])).code,
    0,
  );
});

Deno.test("profile delete: takes secret and token with it, and only its own", async () => {
  await using machine = await startMachine();
  await signIn(machine, "default");
  await signIn(machine, "work");
  await machine.sinch(["config", "profile", "delete", "work", "--force"]);
  assertEquals(Object.keys(machine.keychain.entries()), ["default"]);
  assertEquals((await machine.sinch(["auth", "status", "--verify"])).code, 0);
  assertEquals(
    (await machine.sinch(["auth", "status", "--profile", "work"])).code,
    2,
  );
});

Deno.test("profile delete: the active one goes with --force, and default is active again", async () => {
  await using machine = await startMachine();
  await signIn(machine, "work");
  await machine.sinch(["config", "profile", "use", "work"]);
  const refused = await machine.sinch(["config", "profile", "delete", "work"], {
    terminal: true,
    stdin: "y\r",
  });
  assertEquals(refused.code, 2);
  const forced = await machine.sinch([
    "config",
    "profile",
    "delete",
    "work",
    "--force",
  ]);
  assertEquals(forced.code, 0, forced.stderr);
  assertEquals(await namesOf(machine), ["default*"]);
  assertEquals(machine.keychain.entries(), {});
});

Deno.test("profile delete: asks in a terminal, refuses without one", async () => {
  await using machine = await startMachine();
  await machine.sinch(["config", "profile", "create", "work"]);
  const args = ["config", "profile", "delete", "work"];
  assertEquals((await machine.sinch(args)).code, 2);
  assertEquals(
    (await machine.sinch(args, { terminal: true, stdin: "n\r" })).code,
    1,
  );
  assertEquals(await namesOf(machine), ["default*", "work"]);
  assertEquals(
    (await machine.sinch(args, { terminal: true, stdin: "y\r" })).code,
    0,
  );
  assertEquals(await namesOf(machine), ["default*"]);
});

Deno.test("profiles: two side by side, each with its own account and defaults", async () => {
  await using machine = await startMachine();
  await signIn(machine, "work");
  await machine.sinch(["config", "set", "region=eu", "--profile", "work"]);
  await machine.sinch(["config", "set", "region=br"]);
  const regionOf = async (...args: string[]) =>
    (await machine.sinch(["config", "get", "region", ...args])).stdout.trim();
  assertEquals(await regionOf(), "br");
  assertEquals(await regionOf("--profile", "work"), "eu");
  assertEquals((await machine.sinch(["auth", "status"])).code, 3);
  assertEquals(
    (await machine.sinch(["auth", "status"], {
      env: { SINCH_PROFILE: "work" },
    })).code,
    0,
  );
});

Deno.test("profile: another profile, or a file that does not exist, is refused", async (t) => {
  await using machine = await startMachine();
  const calls = [["list"], ["use", "default"], ["create", "new"], [
    "delete",
    "default",
    "--force",
  ]];
  for (const call of calls) {
    for (const flag of ["--profile", "--env-file"]) {
      await t.step(`${call.join(" ")} ${flag}`, async () => {
        for (const sandbox of [[], ["--sandbox"]]) {
          const { code, stdout, stderr } = await machine.sinch(
            ["config", "profile", ...call, flag, "nosuch", ...sandbox],
          );
          assertEquals([code, stdout], [2, ""], stderr);
          const isRefused = sandbox.length > 0 || flag === "--profile";
          assertStringIncludes(
            stderr,
            isRefused ? "cannot be used with config profile" : "nosuch",
          );
        }
      });
    }
  }
  assertEquals(await namesOf(machine), ["default*"]);
});
