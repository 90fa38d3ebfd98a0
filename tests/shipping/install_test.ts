/**
 * install.sh in a root with nothing in it but the programs it names, and
 * install.ps1 on Windows, against a releases page on loopback.
 */
import {
  assert,
  assertEquals,
  assertMatch,
  assertStringIncludes,
} from "@std/assert";
import { fileURLToPath } from "node:url";
import { DEFAULT_HOME_URL } from "../../scripts/compile/release.ts";
import type { ProgramRun } from "../../scripts/smoke.ts";
import { Language, Parser } from "web-tree-sitter";
import { writeMan } from "../../scripts/compile/man.ts";
import { fetchFromNpm, isThere, ROOT, runProgram } from "./build.ts";
import { ReleaseServer } from "./release_server.ts";

const IS_WINDOWS = Deno.build.os === "windows";

/** Programs that install.sh may use, besides curl or wget. */
const TOOLS = [
  ...["awk", "cat", "chmod", "cut", "find", "gzip", "mkdir", "mktemp", "mv"],
  ...["rm", "sh", "sha256sum", "shasum", "sysctl", "tar", "timeout", "uname"],
];

const FILES = [
  "sinch-linux-x64",
  "sinch-linux-arm64",
  "sinch-macos-x64",
  "sinch-macos-arm64",
];

class Machine implements AsyncDisposable {
  constructor(
    readonly server: ReleaseServer,
    readonly root: string,
  ) {}

  static async create(downloader = "curl"): Promise<Machine> {
    const server = new ReleaseServer();
    const machine = new Machine(
      server,
      await Deno.realPath(await Deno.makeTempDir()),
    );
    await Deno.mkdir(`${machine.root}/bin`);
    for (const tool of [...TOOLS, downloader]) {
      const { code, stdout } = await runProgram("sh", [
        "-c",
        `command -v ${tool}`,
      ]);
      if (code === 0) {
        await Deno.symlink(stdout.trim(), `${machine.root}/bin/${tool}`);
      }
    }
    await machine.publish("0.1.0");
    return machine;
  }

  get installed(): string {
    return `${this.root}/home/.local/bin/sinch`;
  }

  /** A release whose executables print their version. */
  async publish(
    version: string,
    script = `echo "${version} (abc)"`,
    others: Record<string, Uint8Array<ArrayBuffer>> = {},
  ) {
    const content = `#!/bin/sh\n${script}\n`;
    const programs = FILES.map((name) => [name, content]);
    await this.server.publish({
      version,
      files: { ...Object.fromEntries(programs), ...others },
    });
  }

  run(
    args: string[] = [],
    prefix = "",
    env: Record<string, string> = {},
  ): Promise<ProgramRun> {
    const script = fileURLToPath(new URL("install.sh", ROOT));
    return runProgram("sh", [
      "-c",
      `${prefix} exec sh "$0" "$@"`,
      script,
      ...args,
    ], {
      clearEnv: true,
      env: {
        HOME: `${this.root}/home`,
        PATH: `${this.root}/bin`,
        SINCH_INSTALL_URL: this.server.url,
        ...env,
      },
    });
  }

  /** Runs it, and sends `signal` when it has asked for the file `name`. */
  async interrupt(signal: Deno.Signal, name: RegExp): Promise<number> {
    const child = new Deno.Command("sh", {
      args: [fileURLToPath(new URL("install.sh", ROOT))],
      clearEnv: true,
      env: {
        HOME: `${this.root}/home`,
        PATH: `${this.root}/bin`,
        SINCH_INSTALL_URL: this.server.url,
      },
      stdin: "null",
      stdout: "null",
      stderr: "null",
    }).spawn();
    await this.server.isAsked(name);
    child.kill(signal);
    return (await child.status).code;
  }

  /** Everything beneath the home folder. */
  async files(): Promise<string[]> {
    const { stdout } = await runProgram("find", [
      `${this.root}/home`,
      "-type",
      "f",
    ]);
    return stdout.trim().split("\n").filter(Boolean).sort();
  }

  async [Symbol.asyncDispose]() {
    await this.server[Symbol.asyncDispose]();
    await Deno.remove(this.root, { recursive: true });
  }
}

Deno.test("both install scripts fetch from the project's releases page", async () => {
  for (const script of ["install.sh", "install.ps1"]) {
    const text = await Deno.readTextFile(new URL(script, ROOT));
    const urls = [...text.matchAll(/https:\/\/github\.com\/[^/]+\/[^/\s]+/g)];
    assert(urls.length >= 2, script);
    for (const [url] of urls) assertEquals(url, DEFAULT_HOME_URL, script);
  }
});

Deno.test("install.ps1 is Windows PowerShell 5 in ASCII, and one block", async () => {
  const text = await Deno.readTextFile(new URL("install.ps1", ROOT));
  const parser = await powershellParser();
  const isWhole = (text: string) => !parser.parse(text)!.rootNode.hasError;
  assert(isWhole(text));
  // Cut off anywhere, it is no script, so nothing of it is run.
  const lines = text.split("\n");
  const start = lines.indexOf("& {");
  for (let end = start + 1; end < lines.length - 2; end++) {
    assert(!isWhole(lines.slice(0, end).join("\n")), `cut off after ${end}`);
  }
  // What only PowerShell 7 has.
  assertEquals(/&&|\|\||\?\?|\?\.|-Parallel\b/.exec(text), null);
  // `irm | iex` guesses the encoding.
  assertEquals(/[^\n -~]/.exec(text), null);
});

if (!IS_WINDOWS) {
  for (const downloader of ["curl", "wget"]) {
    Deno.test(`install.sh installs one file with ${downloader}, and says so`, async () => {
      await using machine = await Machine.create(downloader);
      const { code, stdout, stderr } = await machine.run();
      assertEquals([code, stderr], [0, ""]);
      assertMatch(
        stdout,
        /Checksum verified\nInstalled sinch 0\.1\.0 \(abc\) as /,
      );
      assertMatch(stdout, /is not in PATH; add this line/);
      assertEquals(await machine.files(), [machine.installed]);
      const { mode } = await Deno.stat(machine.installed);
      assertEquals(mode! & 0o777, 0o755);
    });
  }

  Deno.test("install.sh names a relative folder in full, for PATH", async () => {
    await using machine = await Machine.create();
    await Deno.mkdir(`${machine.root}/home`);
    const { code, stdout } = await machine.run(
      ["--dir", "tools/bin"],
      'cd "$HOME";',
    );
    assertEquals(code, 0);
    const folder = `${machine.root}/home/tools/bin`;
    assertStringIncludes(stdout, ` as ${folder}/sinch\n`);
    assertStringIncludes(stdout, `export PATH="${folder}:$PATH"`);
  });

  Deno.test("install.sh --version installs that version, and a newer one replaces it", async () => {
    await using machine = await Machine.create();
    await machine.publish("0.2.0");
    for (
      const [args, version] of [
        [["--version", "0.1.0"], "0.1.0"],
        [["--version", "v0.2.0"], "0.2.0"],
        [[], "0.2.0"],
      ] as const
    ) {
      assertEquals((await machine.run([...args])).code, 0);
      const shown = await runProgram(machine.installed, ["--version"]);
      assertEquals(shown.stdout, `${version} (abc)\n`);
    }
  });

  Deno.test("install.sh refuses a file without its checksum, and keeps what was there", async () => {
    await using machine = await Machine.create();
    await machine.run();
    await machine.publish("0.2.0");
    for (const name of FILES) machine.server.corrupted.set(name, "#!/bin/sh\n");
    const { code, stderr } = await machine.run();
    assertEquals(code, 1);
    assertMatch(
      stderr,
      /does not have its checksum \(expected \w{64}, got \w{64}\); nothing was installed/,
    );
    assertEquals(await machine.files(), [machine.installed]);
    const shown = await runProgram(machine.installed, ["--version"]);
    assertEquals(shown.stdout, "0.1.0 (abc)\n");
  });

  Deno.test("install.sh takes no half of a file, and keeps what was there", async () => {
    await using machine = await Machine.create();
    await machine.run();
    await machine.publish("0.2.0");
    for (const name of FILES) machine.server.cut.add(name);
    const { code, stderr } = await machine.run();
    assertEquals(code, 1);
    assertMatch(stderr, /cannot download .+; nothing was installed/);
    assertEquals(await machine.files(), [machine.installed]);
    const shown = await runProgram(machine.installed, ["--version"]);
    assertEquals(shown.stdout, "0.1.0 (abc)\n");
  });

  Deno.test("install.sh refuses a file that SHA256SUMS does not list", async () => {
    await using machine = await Machine.create();
    machine.server.corrupted.set("SHA256SUMS", "");
    const { code, stderr } = await machine.run();
    assertEquals(code, 1);
    assertMatch(stderr, /SHA256SUMS does not list sinch-/);
    assertEquals(await machine.files(), []);
  });

  Deno.test("install.sh on a full disk says so, and leaves nothing behind", async () => {
    await using machine = await Machine.create();
    await machine.publish("0.2.0", `: ${"x".repeat(100_000)}`);
    // No file may grow beyond 8 blocks: writing fails as on a full disk.
    const { code, stderr } = await machine.run(
      [],
      "trap '' XFSZ; ulimit -f 8;",
    );
    assertEquals(code, 1);
    assertMatch(stderr, /cannot download .+; nothing was installed/);
    assertEquals(await machine.files(), []);
  });

  Deno.test("install.sh does not install what does not run", async () => {
    await using machine = await Machine.create();
    await machine.publish("0.2.0", "exit 1");
    const { code, stderr } = await machine.run();
    assertEquals(code, 1);
    assertMatch(stderr, /does not run on this system; nothing was installed/);
    assertEquals(await machine.files(), []);
  });

  Deno.test("install.sh names the address of a version that is not there", async () => {
    await using machine = await Machine.create();
    const { code, stderr } = await machine.run(["--version", "9.9.9"]);
    assertEquals(code, 1);
    assertMatch(stderr, /cannot download .+\/download\/v9\.9\.9\/SHA256SUMS/);
  });

  for (
    const [downloader, why] of [
      ["curl", /cannot download/],
      ["wget", /refused a redirect to http:/],
    ] as const
  ) {
    Deno.test(`install.sh with ${downloader} follows no redirect to plain HTTP`, async () => {
      await using machine = await Machine.create(downloader);
      await using elsewhere = new ReleaseServer();
      machine.server.redirects.set(
        "SHA256SUMS",
        `${elsewhere.url}/latest/download/SHA256SUMS`,
      );
      const { code, stderr } = await machine.run();
      assertEquals([code, elsewhere.asked], [1, []]);
      assertMatch(stderr, why);
      assertEquals(await machine.files(), []);
    });

    Deno.test(`install.sh with ${downloader} gives up on a download that never ends`, async () => {
      await using machine = await Machine.create(downloader);
      for (const name of FILES) machine.server.stuck.add(name);
      const limit = { SINCH_INSTALL_TIMEOUT: "1" };
      const { code, stderr } = await machine.run([], "", limit);
      assertEquals(code, 1);
      assertMatch(stderr, /cannot download .+; nothing was installed/);
      assertEquals(await machine.files(), []);
    });
  }

  for (const [signal, code] of [["SIGHUP", 129], ["SIGTERM", 143]] as const) {
    Deno.test(`${signal} ends install.sh at once, and nothing is left behind`, async () => {
      await using machine = await Machine.create();
      for (const name of FILES) machine.server.stuck.add(name);
      assertEquals(await machine.interrupt(signal, /sinch-/), code);
      const { stdout } = await runProgram("find", [`${machine.root}/home`]);
      assertEquals(stdout.includes("sinch"), false, stdout);
    });
  }

  Deno.test("install.sh refuses what would lead elsewhere before it asks for anything", async () => {
    await using machine = await Machine.create();
    for (
      const [args, env, why] of [
        [
          ["--version", "../.."],
          {},
          /--version must be a version .+"\.\.\/\.\."/,
        ],
        [["--version", "1.0/../.."], {}, /--version must be a version/],
        [["--version", ""], {}, /--version must be a version/],
        [["--version"], {}, /--version requires a version/],
        [[], { SINCH_INSTALL_URL: "http://example.com" }, /start with https/],
        [[], { SINCH_INSTALL_TIMEOUT: "soon" }, /must be a number of seconds/],
      ] as const
    ) {
      const { code, stderr } = await machine.run([...args], "", env);
      assertEquals(code, 2, stderr);
      assertMatch(stderr, why);
    }
    assertEquals([machine.server.asked, await machine.files()], [[], []]);
  });

  Deno.test("install.sh installs the manual pages where man finds them, and removes them", async () => {
    await using machine = await Machine.create();
    const archive = `${machine.root}/man.tar.gz`;
    await writeMan(archive);
    const man = { "sinch-man.tar.gz": await Deno.readFile(archive) };
    for (const dir of ["home/tools/bin", "home/tools"]) {
      await machine.publish("0.1.0", undefined, man);
      const folder = `${machine.root}/${dir}`;
      const { code, stdout, stderr } = await machine.run(["--dir", folder]);
      assertEquals([code, stderr], [0, ""]);
      const [, pages] = /^Installed manual pages in (.+)$/m.exec(stdout)!;
      if (await isThere("man")) {
        for (const page of ["sinch", "sinch-conversation-send"]) {
          const found = await runProgram("man", ["-w", page], {
            env: { PATH: `${folder}:${Deno.env.get("PATH")}`, MANPATH: "" },
          });
          assertEquals(found.stdout, `${pages}/${page}.1\n`, found.stderr);
        }
      }
      await machine.run(["--dir", folder, "--uninstall"]);
      assertEquals(await machine.files(), []);
      machine.server.corrupted.set("sinch-man.tar.gz", "something else");
      const refused = await machine.run(["--dir", folder]);
      assertMatch(
        refused.stderr,
        /sinch-man\.tar\.gz does not have its checksum/,
      );
      assertEquals(await machine.files(), []);
      machine.server.corrupted.clear();
    }
  });

  Deno.test("install.sh --uninstall removes the program and keeps the settings", async () => {
    await using machine = await Machine.create();
    await machine.run();
    const settings = `${machine.root}/home/.config/sinch/config.json`;
    await Deno.mkdir(settings.replace(/\/[^/]+$/, ""), { recursive: true });
    await Deno.writeTextFile(settings, "{}");
    const { code, stdout } = await machine.run(["--uninstall"]);
    assertEquals(code, 0);
    assertMatch(stdout, /^Removed .+\/sinch\nSettings are kept in/);
    assertEquals(await machine.files(), [settings]);
    assertMatch(
      (await machine.run(["--uninstall"])).stdout,
      /nothing was removed/,
    );
  });

  Deno.test("install.sh refuses an unknown option, and cut off half-way does nothing", async () => {
    await using machine = await Machine.create();
    const { code, stderr } = await machine.run(["--sudo"]);
    assertEquals(code, 2);
    assertMatch(stderr, /unknown option --sudo/);
    const script = await Deno.readTextFile(new URL("install.sh", ROOT));
    const half = script.slice(0, script.lastIndexOf("main"));
    const { code: halfCode } = await runProgram("sh", ["-c", half], {
      env: { HOME: `${machine.root}/home` },
    });
    assertEquals([halfCode, machine.server.asked], [0, []]);
  });
}

if (IS_WINDOWS) {
  // Any program with `--version` stands in for sinch.exe.
  const program = () => Deno.readFile("C:\\Windows\\System32\\curl.exe");
  const run = (server: ReleaseServer, dir: string, args: string[] = []) =>
    runProgram("powershell.exe", [
      ...["-NoProfile", "-ExecutionPolicy", "Bypass", "-File"],
      fileURLToPath(new URL("install.ps1", ROOT)),
      ...["-Dir", dir, ...args],
    ], { env: { SINCH_INSTALL_URL: server.url } });

  Deno.test("install.ps1 installs, refuses a wrong checksum, and removes", async () => {
    await using server = new ReleaseServer();
    const dir = await Deno.makeTempDir();
    const name = "sinch-windows-x64.exe";
    await server.publish({
      version: "0.1.0",
      files: { [name]: await program() },
    });

    server.corrupted.set(name, "something else");
    const refused = await run(server, dir);
    assertEquals(refused.code, 1);
    assertMatch(refused.stderr, /does not have its checksum/);
    assertEquals([...Deno.readDirSync(dir)], []);

    server.corrupted.clear();
    const installed = await run(server, dir);
    assertEquals(installed.code, 0, installed.stderr);
    assertEquals([...Deno.readDirSync(dir)].map((e) => e.name), ["sinch.exe"]);

    const removed = await run(server, dir, ["-Uninstall"]);
    assertEquals(removed.code, 0, removed.stderr);
    assertMatch(removed.stdout, /Settings are kept in .+, the sandbox's data/);
    assertEquals([...Deno.readDirSync(dir)], []);
  });
}

/** The grammar is WebAssembly; its package also has a native build, not used. */
async function powershellParser(): Promise<Parser> {
  const grammar = await fetchFromNpm(
    "tree-sitter-powershell@0.26.4",
    "tree-sitter-powershell.wasm",
  );
  await Parser.init();
  const parser = new Parser();
  parser.setLanguage(await Language.load(await Deno.readFile(grammar)));
  return parser;
}
