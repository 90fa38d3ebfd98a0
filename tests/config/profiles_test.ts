import {
  assert,
  assertEquals,
  assertRejects,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import {
  changeProfile,
  changeProfiles,
  findProfile,
  profileName,
  readOfficialConfig,
  readProfiles,
} from "../../config/profiles.ts";
import { Failure } from "../../errors.ts";
import { createWorld } from "./fake_world.ts";

const FILE = ".config/sinch/config.json";

Deno.test("profiles: no file is no profile, and the default one is there but empty", async () => {
  using world = createWorld();
  const file = await readProfiles(world.runtime);
  assertEquals(file, { profiles: {} });
  assertEquals(findProfile(file, "default"), {});
  assertEquals(findProfile(file, "work"), undefined);
});

Deno.test("profiles: without a home folder there are none", async () => {
  using world = createWorld({ HOME: "" });
  assertEquals(await readProfiles(world.runtime), { profiles: {} });
});

Deno.test("profiles: a name that objects inherit is not a profile", async () => {
  using world = createWorld();
  const file = await readProfiles(world.runtime);
  assertEquals(findProfile(file, "constructor"), undefined);
});

Deno.test("changeProfile: keeps keys it does not know, in the file and in the profile", async () => {
  using world = createWorld();
  await world.write(FILE, {
    theme: "dark",
    activeProfile: "work",
    profiles: { work: { region: "us", nickname: "w" }, home: { appId: "H" } },
  });
  await changeProfile(world.runtime, "work", { region: "eu" });
  assertEquals(JSON.parse(await world.read(FILE)), {
    theme: "dark",
    activeProfile: "work",
    profiles: { work: { region: "eu", nickname: "w" }, home: { appId: "H" } },
  });
});

Deno.test("changeProfile: a value of undefined removes the key", async () => {
  using world = createWorld();
  await changeProfile(world.runtime, "work", { region: "eu", appId: "A" });
  await changeProfile(world.runtime, "work", { region: undefined });
  assertEquals((await readProfiles(world.runtime)).profiles, {
    work: { appId: "A" },
  });
});

Deno.test("changeProfile: the file is its owner's alone and nothing is left beside it", async () => {
  using world = createWorld();
  await changeProfile(world.runtime, "work", { region: "eu" });
  const { mode } = await Deno.stat(`${world.home}/${FILE}`);
  assertEquals((mode! & 0o777).toString(8), "600");
  const names = [...Deno.readDirSync(`${world.home}/.config/sinch`)].map((
    entry,
  ) => entry.name);
  assertEquals(names.sort(), ["config.json", "config.json.lock"]);
});

Deno.test("changeProfile: twenty changes at once all arrive", async () => {
  using world = createWorld();
  const names = Array.from({ length: 20 }, (_, number) => `p${number}`);
  await Promise.all(
    names.map((name) => changeProfile(world.runtime, name, { appId: name })),
  );
  const { profiles } = await readProfiles(world.runtime);
  assertEquals(Object.keys(profiles).sort(), names.sort());
});

Deno.test("changeProfile: a reader meanwhile never sees half a file", async () => {
  using world = createWorld();
  await changeProfile(world.runtime, "work", { appId: "x".repeat(200_000) });
  let writing = true;
  const writes = (async () => {
    for (let round = 0; round < 30; round++) {
      await changeProfile(world.runtime, "work", {
        appId: `${round}`.repeat(100_000),
      });
    }
    writing = false;
  })();
  let reads = 0;
  while (writing) {
    assert((await readProfiles(world.runtime)).profiles.work?.appId);
    reads++;
  }
  await writes;
  assert(reads > 0);
});

Deno.test("changeProfiles: a change that throws leaves the file alone", async () => {
  using world = createWorld();
  await changeProfile(world.runtime, "work", { region: "eu" });
  const before = await world.read(FILE);
  await assertRejects(() =>
    changeProfiles(world.runtime, (file) => {
      file.profiles = {};
      throw new Failure("usage", "no");
    }), Failure);
  assertEquals(await world.read(FILE), before);
});

const BROKEN: [string, string][] = [
  ["{ not json", "it must be a JSON object"],
  ["", "it must be a JSON object"],
  ["[]", "it must be a JSON object"],
  [`{"activeProfile": 1}`, "activeProfile must be a string"],
  [`{"profiles": []}`, "profiles must be an object"],
  [`{"profiles": {"work": 1}}`, `profile "work" must be an object`],
  [
    `{"profiles": {"work": {"region": 1}}}`,
    `profile "work": region must be a string`,
  ],
  [
    `{"profiles": {"work": {"secretStore": "vault"}}}`,
    "secretStore must be keychain or file",
  ],
];

for (const [content, fault] of BROKEN) {
  Deno.test(`profiles: the file ${content || "without content"} is refused by its path`, async () => {
    using world = createWorld();
    await world.write(FILE, content);
    for (
      const attempt of [
        () => readProfiles(world.runtime),
        () => changeProfile(world.runtime, "work", { region: "eu" }),
      ]
    ) {
      const failure = await assertRejects(attempt, Failure, fault);
      assertEquals(failure.kind, "config");
      assertStringIncludes(failure.message, `${world.home}/${FILE}`);
    }
    assertEquals(await world.read(FILE), content, "and is not overwritten");
  });
}

Deno.test("profiles: a byte order mark does not matter", async () => {
  using world = createWorld();
  await world.write(FILE, `\uFEFF{"activeProfile":"work"}`);
  assertEquals((await readProfiles(world.runtime)).activeProfile, "work");
});

Deno.test("profiles: a folder in the file's place is a failure that names it", async () => {
  using world = createWorld();
  await Deno.mkdir(`${world.home}/${FILE}`, { recursive: true });
  const failure = await assertRejects(
    () => readProfiles(world.runtime),
    Failure,
    FILE,
  );
  assertEquals(failure.kind, "config");
});

Deno.test("profile names: only what is safe in a file and in a keychain", () => {
  for (const name of ["default", "work-2", "eu.prod", "a_b", "7"]) {
    profileName(name, "--profile");
  }
  for (
    const name of [
      "",
      "-x",
      "a b",
      "a/b",
      "a'b",
      "__proto__",
      "~check",
      "a\n",
      "x".repeat(65),
    ]
  ) {
    assertEquals(
      assertThrows(() => profileName(name, "--profile"), Failure).kind,
      "usage",
      name,
    );
  }
});

Deno.test("official CLI's file: its IDs are read, and a broken one is as good as none", async () => {
  using world = createWorld();
  assertEquals(await readOfficialConfig(world.runtime), {
    projectId: undefined,
    keyId: undefined,
  });
  await world.write(".sinch/config.json", {
    projectId: "P",
    keyId: "K",
    apiUrl: "https://x",
  });
  assertEquals(await readOfficialConfig(world.runtime), {
    projectId: "P",
    keyId: "K",
  });
  await world.write(".sinch/config.json", "{");
  assertEquals(await readOfficialConfig(world.runtime), {
    projectId: undefined,
    keyId: undefined,
  });
});
