/**
 * `sinch upgrade` of a real build, whose executable is a shell script that
 * prints a version, from a signed releases page on loopback.
 */
import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { pathToFileURL } from "node:url";
import { isOlder } from "../../commands/upgrade/version_order.ts";
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
const RUNTIME = new URL("../../runtime/deno.ts", import.meta.url).href;

type CliRunMain = NonNullable<
  NonNullable<Parameters<typeof runCli>[1]>["main"]
>;

/** The releases page of all tests, and a build that names it. */
const SERVER = new ReleaseServer();
const MAIN = await build(KEYS.publicKey);

async function build(publicKey: string): Promise<CliRunMain> {
  const folder = await Deno.makeTempDir();
  const bundle = await buildBundle(folder, buildOptions(publicKey));
  const { main } = await import(pathToFileURL(bundle).href);
  await Deno.remove(folder, { recursive: true });
  return main;
}

function buildOptions(publicKey: string) {
  return {
    GITHUB_SERVER_URL: new URL(SERVER.url).origin,
    GITHUB_REPOSITORY: "owner/name",
    SINCH_RELEASE_PUBLIC_KEY: publicKey,
  };
}

/** An installed sinch, and the releases page, with nothing published. */
class Installation implements AsyncDisposable {
  readonly server = SERVER;
  /** Sends a signal to the upgrades under way. */
  interrupt = (_: "SIGINT") => {};
  /** Where a request goes instead. */
  reroute = (url: string) => url;

  private constructor(
    readonly root: string,
    readonly main: CliRunMain,
  ) {}

  static async create(main = MAIN): Promise<Installation> {
    SERVER.reset();
    const root = await Deno.realPath(await Deno.makeTempDir());
    const installation = new Installation(root, main);
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
    env: Record<string, string> = {},
  ): Promise<CliRun> {
    return runCli(["upgrade", ...args], {
      main: this.main,
      fetch: (request) => fetch(this.reroute(request.url), request),
      env,
      runtime: {
        executable,
        os: "linux",
        onStop: (listener) => {
          this.interrupt = listener;
          return () => {};
        },
      },
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
    await Deno.remove(this.root, { recursive: true });
  }
}

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
  assertStringIncludes(stdout, `sinch ${NEWER} is available`);
  assertEquals(await sinch.state(), UNCHANGED);
  assertEquals(sinch.server.asked.filter((path) => /linux/.test(path)), []);
});

Deno.test("upgrade never takes an old release again, though it was signed once", async () => {
  await using sinch = await Installation.create();
  for (const version of [OWN, "0.0.9", `${OWN}-rc.1`]) {
    await sinch.publish(version);
    const { code, stdout } = await sinch.upgrade();
    assertEquals([code, stdout], [0, `sinch ${OWN} is the latest version\n`]);
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
  await refuses(sinch, /sinch-linux-\w+ does not match its checksum/);
  sinch.server.corrupted.set("VERSION", "100.0.0\n");
  await refuses(sinch, /VERSION does not match its checksum/);
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
  await refuses(sinch, /does not run here: its version is unknown/);
  await sinch.publish(NEWER, { content: script("1.2.3") });
  await refuses(sinch, /does not run here: its version is 1\.2\.3/);
});

Deno.test("upgrade says what it could not reach", async () => {
  await using sinch = await Installation.create();
  await refuses(sinch, /Cannot download http.+SHA256SUMS(\.sig)?: 404/);
  // A host that closes every connection.
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const closing = (async () => {
    for await (const connection of listener) connection.close();
  })();
  const port = String(listener.addr.port);
  sinch.reroute = (url) => url.replace(/(?<=127\.0\.0\.1:)\d+/, port);
  await refuses(sinch, /Cannot download http.+SHA256SUMS/);
  listener.close();
  await closing.catch(() => {});
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
  assertMatch(stderr, /no earlier version to return to/);
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
    /Cannot replace .+\/gone\/sinch.+\n.*write permission/,
  );
});

Deno.test("a build without a release key upgrades to nothing", async () => {
  await using sinch = await Installation.create(await build(""));
  await sinch.publish(NEWER);
  const { code, stderr } = await sinch.upgrade();
  assertEquals(code, 1);
  assertMatch(stderr, /has no release key/);
  assertEquals([await sinch.state(), sinch.server.asked], [UNCHANGED, []]);
});

Deno.test("eight upgrades at once are one, and the old version stays", async () => {
  await using sinch = await Installation.create();
  await sinch.publish(NEWER);
  const runs = await Promise.all(
    Array.from({ length: 8 }, () => sinch.upgrade()),
  );
  const upgraded = runs.filter(({ stdout }) => /^Upgraded/.test(stdout));
  assertEquals(upgraded.length, 1);
  for (const { code, stdout, stderr } of runs) {
    if (code === 0) assertMatch(stdout, /^Upgraded|is the latest version/);
    else assertMatch(stderr, /Another upgrade of sinch is running/);
  }
  const files = ["sinch", "sinch.old"];
  assertEquals(await sinch.state(), { version: NEWER, files });
  const old = await runProgram(`${sinch.path}.old`, ["--version"]);
  assertStringIncludes(old.stdout, OWN);
  // A process that was started before the upgrade finds nothing to do.
  const late = await sinch.upgrade();
  assertStringIncludes(late.stdout, `sinch ${NEWER} is the latest version`);
});

Deno.test("eight processes that upgrade at once are one upgrade too", async () => {
  await using sinch = await Installation.create();
  await sinch.publish(NEWER);
  const bundle = await buildBundle(sinch.root, buildOptions(KEYS.publicKey));
  const program = `${sinch.root}/program.ts`;
  await Deno.writeTextFile(
    program,
    `import { main } from ${JSON.stringify(pathToFileURL(bundle).href)};
    import { denoRuntime } from ${JSON.stringify(RUNTIME)};
    const installed = { executable: ${
      JSON.stringify(sinch.path)
    }, os: "linux", arch: "x64" };
    Deno.exit(await main({ ...denoRuntime(), ...installed }));`,
  );
  const runs = await Promise.all(
    Array.from({ length: 8 }, () =>
      runProgram(Deno.execPath(), [
        ...["run", "-A", "--quiet", "--no-check", "--no-config"],
        ...[program, "upgrade"],
      ])),
  );
  const upgraded = runs.filter(({ stdout }) => /^Upgraded/.test(stdout));
  assertEquals(upgraded.length, 1, JSON.stringify(runs));
  for (const { code, stdout, stderr } of runs) {
    if (code === 0) assertMatch(stdout, /^Upgraded|is the latest version/);
    else assertMatch(stderr, /Another upgrade of sinch is running/);
  }
  const files = ["sinch", "sinch.old"];
  assertEquals(await sinch.state(), { version: NEWER, files });
  const old = await runProgram(`${sinch.path}.old`, ["--version"]);
  assertStringIncludes(old.stdout, OWN);
});

Deno.test("upgrade removes what a killed upgrade left", async () => {
  await using sinch = await Installation.create();
  await sinch.publish(NEWER);
  for (const left of ["new", "aside", "lock"]) {
    await Deno.writeTextFile(`${sinch.path}.${left}`, "half");
  }
  assertEquals((await sinch.upgrade()).code, 0);
  const files = ["sinch", "sinch.old"];
  assertEquals(await sinch.state(), { version: NEWER, files });
});

Deno.test("upgrade gives up on a download that stops, and on one without end", async () => {
  await using sinch = await Installation.create();
  await sinch.publish(NEWER);
  const limit = { SINCH_TIMEOUT: "0.05" };
  for (const name of FILES) sinch.server.stuck.add(name);
  await refuses(sinch, /linux-\w+: not finished within 1 s/, limit);
  sinch.server.stuck.add("SHA256SUMS");
  await refuses(sinch, /SHA256SUMS: not finished within 0\.05 s/, limit);
  sinch.server.stuck.clear();
  sinch.server.endless.add("SHA256SUMS");
  await refuses(sinch, /SHA256SUMS is larger than 65536 bytes/);
});

Deno.test("Ctrl-C ends an upgrade in the download, and in the first start", async () => {
  await using sinch = await Installation.create();
  const started = `${sinch.root}/started`;
  await sinch.publish(NEWER, {
    content: `#!/bin/sh\n: > '${started}'\nexec sleep 60\n`,
  });
  for (const name of FILES) sinch.server.stuck.add(name);
  const asked = sinch.server.isAsked(/sinch-linux/);
  const downloading = sinch.upgrade();
  await asked;
  sinch.interrupt("SIGINT");
  assertEquals((await downloading).code, 130);
  assertEquals(await sinch.state(), UNCHANGED);

  sinch.server.stuck.clear();
  const starting = sinch.upgrade();
  while (!await exists(started)) await new Promise((go) => setTimeout(go, 10));
  sinch.interrupt("SIGINT");
  assertEquals((await starting).code, 130);
  assertEquals(await sinch.state(), UNCHANGED);
});

Deno.test("versions are ordered as semver orders them", () => {
  const inOrder = [
    ...["1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta"],
    ...["1.0.0-beta.2", "1.0.0-beta.11", "1.0.0-rc.1", "1.0.0", "1.0.1"],
    ...["1.2.0", "1.10.0-0", "1.10.0", "2.0.0"],
  ];
  for (const [at, a] of inOrder.entries()) {
    for (const [place, b] of inOrder.entries()) {
      assertEquals(isOlder(a, b), at < place, `${a} and ${b}`);
    }
  }
  assertEquals(isOlder("1.0.0+a", "1.0.0+b"), false);
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

async function refuses(
  sinch: Installation,
  why: RegExp,
  env?: Record<string, string>,
): Promise<void> {
  const { code, stdout, stderr } = await sinch.upgrade([], sinch.path, env);
  assertEquals([code, stdout], [1, ""]);
  assertMatch(stderr, why);
  assertEquals(await sinch.state(), UNCHANGED);
}

async function exists(path: string): Promise<boolean> {
  return await Deno.stat(path).then(() => true, () => false);
}

function script(version: string): string {
  return `#!/bin/sh\necho "${version} (abc)"\n`;
}
