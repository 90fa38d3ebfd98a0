import {
  assert,
  assertEquals,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { chooseSecretStore, secretStore } from "../../config/credentials.ts";
import { Failure } from "../../errors.ts";
import { denoRuntime } from "../../runtime/deno.ts";
import type { RunOptions, Runtime } from "../../runtime/runtime.ts";
import {
  type FakeKeychain,
  fakePowershell,
  fakeSecretTool,
  fakeSecurity,
} from "./fake_keychains.ts";
import { createWorld } from "./fake_world.ts";

const SECRET = "s3cr3t~'\"$(x) ñ漢";
const FILE = ".config/sinch/credentials.json";

const KEYCHAINS: [Runtime["os"], (folder: string) => FakeKeychain][] = [
  ["linux", fakeSecretTool],
  ["darwin", fakeSecurity],
  ["windows", fakePowershell],
];

for (const [os, fake] of KEYCHAINS) {
  Deno.test(`keychain on ${os}: a secret goes in, comes out and goes away, and is on no command line`, async () => {
    using world = createWorld({ USERPROFILE: "C:\\x" });
    const keychain = fake(world.home);
    const store = secretStore(
      { ...world.runtime, os, run: keychain.run },
      "keychain",
    );
    assertEquals(await store.get("work"), undefined);
    await store.store("work", SECRET);
    await store.store("home", "other");
    assertEquals(Object.keys(keychain.entries()).sort(), ["home", "work"]);
    assertEquals(await store.get("work"), SECRET);
    assertEquals(await store.get("home"), "other");
    await store.remove("work");
    await store.remove("work");
    assertEquals(await store.get("work"), undefined);
    assertEquals(await store.get("home"), "other");
    for (const form of [SECRET, new TextEncoder().encode(SECRET).toBase64()]) {
      assert(!keychain.argv().includes(form), "no secret on a command line");
    }
    assertStringIncludes(keychain.argv(), "sinch-cli");
  });

  Deno.test(`chooseSecretStore on ${os}: a keychain that works is chosen and left clean`, async () => {
    using world = createWorld({ USERPROFILE: "C:\\x" });
    const keychain = fake(world.home);
    const store = await chooseSecretStore({
      ...world.runtime,
      os,
      run: keychain.run,
    });
    assertEquals(store.kind, "keychain");
    assertEquals(keychain.entries(), {});
  });
}

const USELESS: Record<string, Runtime["run"]> = {
  "is not there": () => Promise.resolve(undefined),
  "has no service behind it": () =>
    Promise.resolve({ code: 1, stdout: "", stderr: "Cannot autolaunch D-Bus" }),
  "is locked: storing fails": (_, [verb]) =>
    Promise.resolve({
      code: 1,
      stdout: "",
      stderr: verb === "store" ? "locked" : "",
    }),
  "forgets what it accepted": () =>
    Promise.resolve({ code: 0, stdout: "", stderr: "" }),
  "answers with something else": () =>
    Promise.resolve({ code: 0, stdout: "old", stderr: "" }),
  "does not answer in time": () =>
    Promise.resolve({ code: 143, stdout: "", stderr: "terminated" }),
};

for (const [what, run] of Object.entries(USELESS)) {
  Deno.test(`chooseSecretStore: the file, where the keychain ${what}`, async () => {
    using world = createWorld({}, { run });
    const store = await chooseSecretStore(world.runtime);
    assertEquals(store.kind, "file");
    assertEquals(store.place, `${world.home}/${FILE}`);
  });

  Deno.test(`keychain: storing is a failure, where it ${what}`, async () => {
    using world = createWorld({}, { run });
    const failure = await assertRejects(
      () => secretStore(world.runtime, "keychain").store("work", SECRET),
      Failure,
    );
    assertEquals(failure.kind, "config");
    assert(
      !JSON.stringify({ ...failure, message: failure.message }).includes(
        SECRET,
      ),
    );
  });
}

Deno.test("keychain: a tool that hangs is given five seconds and then ended", async () => {
  using world = createWorld();
  const { run } = denoRuntime();
  const given: unknown[] = [];
  const hangs = {
    ...world.runtime,
    run: (_command: string, _args: string[], options: RunOptions = {}) => {
      given.push(options.timeoutMs);
      return run("sleep", ["60"], { ...options, timeoutMs: 100 });
    },
  };
  const startedAt = Date.now();
  assertEquals((await chooseSecretStore(hangs)).kind, "file");
  assertEquals(given, [5000]);
  assert(Date.now() - startedAt < 5000);
});

Deno.test("secrets file: private, one secret a profile, gone with the last one", async () => {
  using world = createWorld();
  const store = secretStore(world.runtime, "file");
  assertEquals(await store.get("work"), undefined);
  await store.store("work", SECRET);
  await store.store("home", "other");
  const { mode } = await Deno.stat(`${world.home}/${FILE}`);
  assertEquals((mode! & 0o777).toString(8), "600");
  assertEquals(await store.get("work"), SECRET);
  assertEquals(await store.get("constructor"), undefined);
  await store.remove("work");
  assertEquals(await store.get("work"), undefined);
  assertEquals(await store.get("home"), "other");
  await store.remove("home");
  await assertRejects(() => world.read(FILE), Deno.errors.NotFound);
});

Deno.test("secrets file: one that others could read is private again after a change", async () => {
  using world = createWorld();
  await world.write(FILE, { home: "other" });
  await Deno.chmod(`${world.home}/${FILE}`, 0o644);
  await secretStore(world.runtime, "file").store("work", SECRET);
  const { mode } = await Deno.stat(`${world.home}/${FILE}`);
  assertEquals((mode! & 0o777).toString(8), "600");
});

Deno.test("secrets file: a broken one is a failure without its content", async () => {
  using world = createWorld();
  await world.write(FILE, `{"work": "${"s3cr3t"}`);
  const failure = await assertRejects(
    () => secretStore(world.runtime, "file").get("work"),
    Failure,
    FILE,
  );
  assert(
    !`${failure.message} ${failure.stack} ${failure.cause}`.includes("s3cr3t"),
  );
});
