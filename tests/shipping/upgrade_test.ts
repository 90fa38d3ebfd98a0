/**
 * `sinch upgrade` of a real build, whose executable is a shell script that
 * prints a version, from a signed releases page on loopback.
 */
import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { pathToFileURL } from "node:url";
import { writeSignature } from "../../scripts/compile/sign.ts";
import { type CliRun, runCli } from "../run_cli.ts";
import { buildBundle, makeKeys, runProgram } from "./build.ts";
import { ReleaseServer } from "./release_server.ts";

const KEYS = await makeKeys();
const FILES = ["sinch-linux-x64", "sinch-linux-arm64"];
const MANIFEST = JSON.parse(
  await Deno.readTextFile(new URL("../../deno.json", import.meta.url)),
);
const OWN = MANIFEST.version;
const NEWER = "99.0.0";

/** An installed sinch, and the releases page that its build names. */
class Installation implements AsyncDisposable {
  private constructor(
    readonly server: ReleaseServer,
    readonly root: string,
    readonly main: CliRunMain,
  ) {}

  static async create(publicKey = KEYS.publicKey): Promise<Installation> {
    const server = new ReleaseServer();
    const root = await Deno.realPath(await Deno.makeTempDir());
    const bundle = await buildBundle(root, {
      GITHUB_SERVER_URL: new URL(server.url).origin,
      GITHUB_REPOSITORY: "owner/name",
      SINCH_RELEASE_PUBLIC_KEY: publicKey,
    });
    const { main } = await import(pathToFileURL(bundle).href);
    const installation = new Installation(server, root, main);
    await Deno.mkdir(`${root}/bin`);
    await Deno.writeTextFile(installation.path, script(OWN), { mode: 0o755 });
    return installation;
  }

  get path(): string {
    return `${this.root}/bin/sinch`;
  }

  async publish(
    version: string,
    { content = script(version), privateKey = KEYS.privateKey } = {},
  ): Promise<void> {
    const files = {
      VERSION: `${version}\n`,
      ...Object.fromEntries(FILES.map((name) => [name, content])),
    };
    const sums = await this.server.publish({ version, files });
    await Deno.writeTextFile(`${this.root}/SHA256SUMS`, sums);
    await writeSignature(this.root, privateKey);
    const signature = await Deno.readTextFile(`${this.root}/SHA256SUMS.sig`);
    await this.server.publish({
      version,
      files,
      unlisted: { "SHA256SUMS.sig": signature },
    });
  }

  upgrade(
    args: string[] = [],
    executable: string = this.path,
  ): Promise<CliRun> {
    return runCli(["upgrade", ...args], {
      main: this.main,
      fetch,
      runtime: { executable, os: "linux" },
    });
  }

  /** What the installed program says it is, and which files lie beside it. */
  async state(): Promise<{ version: string; files: string[] }> {
    const { stdout } = await runProgram(this.path, ["--version"]);
    const files = [];
    for await (const { name } of Deno.readDir(`${this.root}/bin`)) {
      files.push(name);
    }
    return { version: stdout.split(" ")[0]!, files: files.sort() };
  }

  async [Symbol.asyncDispose]() {
    await this.server[Symbol.asyncDispose]();
    await Deno.remove(this.root, { recursive: true });
  }
}

type CliRunMain = NonNullable<
  NonNullable<Parameters<typeof runCli>[1]>["main"]
>;

const UNCHANGED = { version: OWN, files: ["sinch"] };

Deno.test("upgrade swaps the newest release in, keeps the old one, and goes back and forth", async () => {
  await using sinch = await Installation.create();
  await sinch.publish(NEWER);
  const upgraded = await sinch.upgrade();
  assertEquals(upgraded.code, 0, upgraded.stderr);
  assertStringIncludes(upgraded.stdout, `Upgraded sinch ${OWN} to ${NEWER}`);
  const files = ["sinch", "sinch.old"];
  assertEquals(await sinch.state(), { version: NEWER, files });

  const back = await sinch.upgrade(["--rollback", "--json"]);
  assertEquals(JSON.parse(back.stdout).version, OWN);
  assertEquals(await sinch.state(), { version: OWN, files });

  assertEquals((await sinch.upgrade(["--rollback"])).code, 0);
  assertEquals(await sinch.state(), { version: NEWER, files });
});

Deno.test("upgrade --check only looks, and downloads no program", async () => {
  await using sinch = await Installation.create();
  await sinch.publish(NEWER);
  const { code, stdout } = await sinch.upgrade(["--check"]);
  assertEquals(code, 0);
  assertStringIncludes(stdout, `sinch ${NEWER} is there`);
  assertEquals(await sinch.state(), UNCHANGED);
  assertEquals(sinch.server.asked.filter((path) => /linux/.test(path)), []);
});

Deno.test("upgrade never takes an old release again, though it was signed once", async () => {
  await using sinch = await Installation.create();
  for (const version of [OWN, "0.0.9", `${OWN}-rc.1`]) {
    await sinch.publish(version);
    const { code, stdout } = await sinch.upgrade();
    assertEquals([code, stdout], [0, `sinch ${OWN} is the newest version\n`]);
    assertEquals(await sinch.state(), UNCHANGED);
  }
});

Deno.test("upgrade refuses what is signed with another key, or not at all", async () => {
  await using sinch = await Installation.create();
  await sinch.publish(NEWER, { privateKey: (await makeKeys()).privateKey });
  await refuses(sinch, /not signed by the project/);
  await sinch.publish(NEWER);
  sinch.server.corrupted.set("SHA256SUMS.sig", "nonsense");
  await refuses(sinch, /not signed by the project/);
});

Deno.test("upgrade refuses a list of checksums that was changed after signing", async () => {
  await using sinch = await Installation.create();
  await sinch.publish(NEWER);
  sinch.server.corrupted.set("SHA256SUMS", `${"0".repeat(64)}  VERSION\n`);
  await refuses(sinch, /not signed by the project/);
});

Deno.test("upgrade refuses a damaged program, and a damaged version", async () => {
  await using sinch = await Installation.create();
  await sinch.publish(NEWER);
  for (const name of FILES) sinch.server.corrupted.set(name, "#!/bin/sh\n");
  await refuses(sinch, /sinch-linux-\w+ does not have its checksum/);
  sinch.server.corrupted.set("VERSION", "100.0.0\n");
  await refuses(sinch, /VERSION does not have its checksum/);
});

Deno.test("upgrade takes no half of a program", async () => {
  await using sinch = await Installation.create();
  await sinch.publish(NEWER);
  for (const name of FILES) sinch.server.cut.add(name);
  await refuses(sinch, /Cannot download http.+sinch-linux-\w+/);
});

Deno.test("upgrade keeps the old program where the new one does not start, or is another version", async () => {
  await using sinch = await Installation.create();
  await sinch.publish(NEWER, { content: "#!/bin/sh\nexit 1\n" });
  await refuses(sinch, /does not run here: it says nothing/);
  await sinch.publish(NEWER, { content: script("1.2.3") });
  await refuses(sinch, /does not run here: it says 1\.2\.3/);
});

Deno.test("upgrade says what it could not reach", async () => {
  await using sinch = await Installation.create();
  await refuses(sinch, /Cannot download http.+SHA256SUMS(\.sig)?: 404/);
  await sinch.server[Symbol.asyncDispose]();
  await refuses(sinch, /Cannot download http.+SHA256SUMS/);
});

Deno.test("upgrade that cannot keep the old program leaves it in place", async () => {
  await using sinch = await Installation.create();
  await sinch.publish(NEWER);
  // No program can be renamed to a folder that is not empty.
  await Deno.mkdir(`${sinch.path}.old/full`, { recursive: true });
  const { code, stderr } = await sinch.upgrade();
  assertEquals(code, 1);
  assertMatch(stderr, /Cannot replace .+\n.*Nothing was changed/);
  const files = ["sinch", "sinch.old"];
  assertEquals(await sinch.state(), { version: OWN, files });
});

Deno.test("upgrade --rollback without an earlier version changes nothing", async () => {
  await using sinch = await Installation.create();
  const { code, stderr } = await sinch.upgrade(["--rollback"]);
  assertEquals(code, 2);
  assertMatch(stderr, /no earlier version to go back to/);
  assertEquals(await sinch.state(), UNCHANGED);
});

Deno.test("upgrade leaves what a package manager installed to it", async () => {
  await using sinch = await Installation.create();
  for (
    const [path, command] of [
      ["/opt/homebrew/Cellar/sinch/0.1.0/bin/sinch", "brew upgrade sinch"],
      ["/home/linuxbrew/.linuxbrew/Cellar/sinch/0.1.0/bin/sinch", "brew"],
      ["C:\\Users\\a\\scoop\\apps\\sinch\\current\\sinch.exe", "scoop update"],
      ["C:\\Users\\a\\Microsoft\\WinGet\\Packages\\x\\sinch.exe", "winget"],
      ["/nix/store/abc-sinch/bin/sinch", "nix profile upgrade"],
      ["/usr/bin/sinch", "your system's package manager"],
    ] as const
  ) {
    for (const args of [[], ["--check"], ["--rollback"]]) {
      const { code, stderr } = await sinch.upgrade(args, path);
      assertEquals(code, 2);
      assertStringIncludes(stderr, command);
    }
  }
  assertEquals(sinch.server.asked, []);
});

Deno.test("upgrade into a folder that cannot be written to says so", async () => {
  await using sinch = await Installation.create();
  await sinch.publish(NEWER);
  const { code, stderr } = await sinch.upgrade([], `${sinch.root}/gone/sinch`);
  assertEquals(code, 1);
  assertMatch(
    stderr,
    /Cannot replace .+\/gone\/sinch.+\n.*may you write there/,
  );
});

Deno.test("a build without a release key upgrades to nothing", async () => {
  await using sinch = await Installation.create("");
  await sinch.publish(NEWER);
  const { code, stderr } = await sinch.upgrade();
  assertEquals(code, 1);
  assertMatch(stderr, /names no release key/);
  assertEquals([await sinch.state(), sinch.server.asked], [UNCHANGED, []]);
});

Deno.test("no other command asks for a newer version", async () => {
  await using sinch = await Installation.create();
  await sinch.publish(NEWER);
  for (const args of [["--version"], ["--help"], ["config", "list"]]) {
    const { requests } = await runCli(args, {
      main: sinch.main,
      runtime: { executable: sinch.path },
    });
    assertEquals(requests, []);
  }
});

async function refuses(sinch: Installation, why: RegExp): Promise<void> {
  const { code, stdout, stderr } = await sinch.upgrade();
  assertEquals([code, stdout], [1, ""]);
  assertMatch(stderr, why);
  assertEquals(await sinch.state(), UNCHANGED);
}

function script(version: string): string {
  return `#!/bin/sh\necho "${version} (abc)"\n`;
}
