/**
 * What `deno task compile` makes for each system. Deno's own runtime cannot be
 * had everywhere, so an executable of another program in the system's format
 * stands in for it: what is embedded, and how, is the same.
 */
import {
  assert,
  assertEquals,
  assertMatch,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { NtExecutable, NtExecutableResource, Resource } from "resedit";
import { compile as compileOne } from "../../scripts/compile/executable.ts";
import { TARGETS, VERSION } from "../../scripts/compile/release.ts";
import {
  buildBundle,
  compile,
  fetchFromNpm,
  makeKeys,
  runProgram,
} from "./build.ts";

/** esbuild is published for every system, a package each. */
const STAND_IN_VERSION = "0.28.2";

interface Expected {
  target: string;
  file: string;
  standIn: { package: string; path: string };
  /** Format and machine, in the first bytes of the file. */
  machine(bytes: DataView): string;
}

const EXPECTED: Expected[] = [
  {
    target: "linux-x64",
    file: "sinch-linux-x64",
    standIn: { package: "linux-x64", path: "bin/esbuild" },
    machine: elf,
  },
  {
    target: "linux-arm64",
    file: "sinch-linux-arm64",
    standIn: { package: "linux-arm64", path: "bin/esbuild" },
    machine: elf,
  },
  {
    target: "macos-x64",
    file: "sinch-macos-x64",
    standIn: { package: "darwin-x64", path: "bin/esbuild" },
    machine: machO,
  },
  {
    target: "macos-arm64",
    file: "sinch-macos-arm64",
    standIn: { package: "darwin-arm64", path: "bin/esbuild" },
    machine: machO,
  },
  {
    target: "windows-x64",
    file: "sinch-windows-x64.exe",
    standIn: { package: "win32-x64", path: "esbuild.exe" },
    machine: pe,
  },
];

const MACHINES: Record<string, string> = {
  "linux-x64": "ELF x86-64",
  "linux-arm64": "ELF AArch64",
  "macos-x64": "Mach-O x86-64",
  "macos-arm64": "Mach-O ARM64",
  "windows-x64": "PE x86-64",
};

const folder = await Deno.makeTempDir();
const bundleFile = await buildBundle(folder);

for (const { target, file, standIn, machine } of EXPECTED) {
  Deno.test(`the executable for ${target} holds the program and its permissions`, async () => {
    const runtime = await fetchStandIn(standIn);
    const path = `${folder}/${file}`;
    const { triple } = TARGETS.find(({ name }) => name === target)!;
    await compileOne(
      { name: target, triple, file },
      bundleFile,
      path,
      runtime,
    );

    const bytes = await Deno.readFile(path);
    await Deno.remove(path);
    assertEquals(machine(new DataView(bytes.buffer)), MACHINES[target]);
    const { size: empty } = await Deno.stat(runtime);
    assert(bytes.length > empty, "nothing was added");

    const content = new TextDecoder("latin1").decode(bytes);
    const bundle = new TextDecoder("latin1").decode(
      await Deno.readFile(bundleFile),
    );
    assert(content.includes(bundle), "the bundle is not in it");
    const metadata = JSON.parse(
      /\{"argv":\[\].*?"app_name":"[^"]*"\}/.exec(content)?.[0] ?? "null",
    );
    assertEquals(metadata.entrypoint_key, "sinch.js");
    assertEquals(metadata.app_name, "sinch");
    assertEquals(granted(metadata.permissions), [
      "allow_env",
      "allow_net",
      "allow_read",
      "allow_run",
      "allow_write",
    ]);
    assertEquals(metadata.permissions.prompt, false);
    assertEquals(metadata.env_vars_from_env_file, {});

    if (file.endsWith(".exe")) checkVersionInfo(bytes);
  });
}

Deno.test("the same sources give the same files, and each has its checksum", async () => {
  const { target, file, standIn } = EXPECTED[0]!;
  const DENORT_BIN = await fetchStandIn(standIn);
  const sums = [];
  for (const _ of ["one build", "another"]) {
    const out = await Deno.makeTempDir();
    const { code, stderr } = await compile(out, [target], { DENORT_BIN });
    assertEquals(code, 0, stderr);
    await checkSums(out, [
      "sinch.js",
      "sinch.cdx.json",
      "sinch-man.tar.gz",
      "VERSION",
      "install.sh",
      "install.ps1",
      file,
    ]);
    sums.push(await Deno.readTextFile(`${out}/SHA256SUMS`));
    await Deno.remove(out, { recursive: true });
  }
  assertEquals(sums[0], sums[1]);
});

Deno.test("a network without Deno's runtime gets one line, exit code 3, and the bundle", async () => {
  const out = await Deno.makeTempDir();
  // A cache that has no runtime in it, and a proxy that is not there.
  const { code, stderr } = await compile(out, ["linux-x64"], {
    DENO_DIR: await offlineCache(out),
    HTTPS_PROXY: "http://127.0.0.1:1",
  });
  assertEquals(code, 3, stderr);
  assertMatch(stderr, /^error: Deno's runtime for linux-x64 cannot be .+\n$/);
  const shown = await runProgram(
    Deno.execPath(),
    ["run", "--no-config", "--allow-env", `${out}/sinch.js`, "--version"],
  );
  assertMatch(shown.stdout, /^\d+\.\d+\.\d+ \(\w+(-dirty)?\)\n$/);
  await Deno.remove(out, { recursive: true });
});

Deno.test("an unknown target is refused, and the known ones are named", async () => {
  const { code, stderr } = await compile("/nowhere", ["linux-sparc"]);
  assertEquals(code, 2);
  assertMatch(stderr, /"linux-sparc".*linux-x64, linux-arm64, macos-x64/);
});

/** On Windows: an icon, a name and a version. */
function checkVersionInfo(bytes: Uint8Array<ArrayBuffer>): void {
  const { entries } = NtExecutableResource.from(NtExecutable.from(bytes));
  const [info] = Resource.VersionInfo.fromEntries(entries);
  const texts = info!.getStringValues({ lang: 1033, codepage: 1200 });
  assertEquals([texts.ProductName, texts.ProductVersion], ["sinch", VERSION]);
  assertEquals(Resource.IconGroupEntry.fromEntries(entries).length, 1);
}

function granted(permissions: Record<string, unknown>): string[] {
  return Object.keys(permissions).sort().filter((name) =>
    name.startsWith("allow_") && name !== "allow_import" &&
    permissions[name] !== null
  );
}

async function checkSums(out: string, files: string[]): Promise<void> {
  const lines: string[] = [];
  for (const file of files) {
    const bytes = await Deno.readFile(`${out}/${file}`);
    const hash = await crypto.subtle.digest("SHA-256", bytes);
    lines.push(`${new Uint8Array(hash).toHex()}  ${file}\n`);
  }
  assertEquals(await Deno.readTextFile(`${out}/SHA256SUMS`), lines.join(""));
}

function fetchStandIn(
  { package: name, path }: Expected["standIn"],
): Promise<string> {
  return fetchFromNpm(`@esbuild/${name}@${STAND_IN_VERSION}`, path);
}

/** Deno's cache without any runtime in it. */
async function offlineCache(folder: string): Promise<string> {
  const { stdout } = await runProgram(Deno.execPath(), ["info", "--json"]);
  const { denoDir } = JSON.parse(stdout);
  const cache = `${folder}/cache`;
  await Deno.mkdir(cache);
  await Deno.mkdir(`${cache}/dl`);
  await link(denoDir, cache, (name) => name !== "dl");
  // What was downloaded: runtimes, and the esbuild of `deno bundle`.
  await link(`${denoDir}/dl`, `${cache}/dl`, (name) => /^esbuild/.test(name));
  return cache;
}

async function link(
  from: string,
  to: string,
  wanted: (name: string) => boolean,
): Promise<void> {
  for await (const { name } of Deno.readDir(from)) {
    if (wanted(name)) await Deno.symlink(`${from}/${name}`, `${to}/${name}`);
  }
}

function elf(bytes: DataView): string {
  assertEquals(bytes.getUint32(0), 0x7f454c46);
  const machine = bytes.getUint16(18, true);
  return `ELF ${machine === 62 ? "x86-64" : machine === 183 ? "AArch64" : "?"}`;
}

function machO(bytes: DataView): string {
  assertEquals(bytes.getUint32(0, true), 0xfeedfacf);
  const cpu = bytes.getUint32(4, true);
  const name = { 0x01000007: "x86-64", 0x0100000c: "ARM64" }[cpu] ?? "?";
  return `Mach-O ${name}`;
}

function pe(bytes: DataView): string {
  assertEquals(bytes.getUint16(0), 0x4d5a);
  const machine = bytes.getUint16(bytes.getUint32(60, true) + 4, true);
  return `PE ${machine === 0x8664 ? "x86-64" : "?"}`;
}

Deno.test("a release whose keys are no pair is not built, and what an earlier build left does not stay", async () => {
  const out = await Deno.makeTempDir();
  await Deno.writeTextFile(`${out}/SHA256SUMS`, "of another build");
  const keys = [await makeKeys(), await makeKeys()];
  const build = (publicKey: string) =>
    compile(out, ["sinch.js"], {
      SINCH_RELEASE_PRIVATE_KEY: keys[0]!.privateKey,
      SINCH_RELEASE_PUBLIC_KEY: publicKey,
    });
  for (const publicKey of ["", keys[1]!.publicKey]) {
    const { code, stderr } = await build(publicKey);
    assertEquals(code, 1);
    assertStringIncludes(
      stderr,
      "does not belong to SINCH_RELEASE_PRIVATE_KEY",
    );
  }
  assertEquals((await build(keys[0]!.publicKey)).code, 0);
  const sums = await Deno.readTextFile(`${out}/SHA256SUMS`);
  assertStringIncludes(sums, "  sinch.js\n");
  await Deno.stat(`${out}/SHA256SUMS.sig`);
  // Without a runtime there are no sums: those of before would be wrong.
  const { code } = await compile(out, ["linux-x64"], {
    DENO_DIR: await offlineCache(out),
    HTTPS_PROXY: "http://127.0.0.1:1",
  });
  assertEquals(code, 3);
  await assertRejects(
    () => Deno.stat(`${out}/SHA256SUMS`),
    Deno.errors.NotFound,
  );
  await Deno.remove(out, { recursive: true });
});
