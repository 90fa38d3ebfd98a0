/**
 * Builds `dist/`: the program as one JavaScript file, and as one executable for
 * each system. `deno task compile` builds all of them; names of targets build
 * those. Ends with 3 where Deno's runtime for a target cannot be downloaded.
 *
 * The executables are made from a bundle split at its dynamic imports: a single
 * file loads `node:sqlite` and the rest at start-up, which makes `--help` twice
 * as slow.
 */
import manifest from "../deno.json" with { type: "json" };

const ROOT = new URL("../", import.meta.url);
const DIST = new URL("dist/", ROOT);
const CANNOT_DOWNLOAD = 3;

const TARGETS: Record<string, string> = {
  "linux-x64": "x86_64-unknown-linux-gnu",
  "linux-arm64": "aarch64-unknown-linux-gnu",
  "macos-x64": "x86_64-apple-darwin",
  "macos-arm64": "aarch64-apple-darwin",
  "windows-x64": "x86_64-pc-windows-msvc",
};

/** What the program needs: it never asks for more, and never gets it. */
const PERMISSIONS = [
  "--allow-net",
  "--allow-env",
  "--allow-read",
  "--allow-write",
  "--allow-sys",
  "--allow-run=secret-tool,security,powershell.exe",
  "--no-prompt",
];

if (import.meta.main) Deno.exit(await build(Deno.args));

async function build(names: string[]): Promise<number> {
  const unknown = names.find((name) => !(name in TARGETS));
  if (unknown) {
    console.error(
      `There is no target "${unknown}": ${Object.keys(TARGETS).join(", ")}`,
    );
    return 2;
  }
  await Deno.remove(DIST, { recursive: true }).catch(() => {});
  await bundle();
  const files = ["sinch.js"];
  for (const name of names.length > 0 ? names : Object.keys(TARGETS)) {
    const file = await compile(name);
    if (!file) {
      console.error(
        `error: Deno's runtime for ${name} cannot be downloaded here; dist/sinch.js is complete`,
      );
      return CANNOT_DOWNLOAD;
    }
    files.push(file);
  }
  await writeSums(files);
  return 0;
}

/** The program as one file, and split into the pieces that it loads as it goes. */
async function bundle(): Promise<void> {
  const main = new URL("main.ts", ROOT).pathname;
  const once = ["bundle", "--quiet", "--minify"];
  await deno([...once, "--output", path("sinch.js"), main]);
  await deno([...once, "--code-splitting", "--outdir", path("split"), main]);
}

/** The file's name in `dist/`; nothing where the runtime cannot be had. */
async function compile(name: string): Promise<string | undefined> {
  const file = `sinch-${manifest.version}-${name}` +
    (name.startsWith("windows") ? ".exe" : "");
  const compiled = await deno([
    "compile",
    "--quiet",
    "--no-config",
    `--target=${TARGETS[name]}`,
    `--output=${path(file)}`,
    ...PERMISSIONS,
    path("split/main.js"),
  ], { mayFail: true });
  return compiled ? file : undefined;
}

/** `SHA256SUMS`, in the form that `sha256sum --check` reads. */
async function writeSums(files: string[]): Promise<void> {
  const lines = await Promise.all(files.map(async (file) => {
    const bytes = await Deno.readFile(new URL(file, DIST));
    const sum = await crypto.subtle.digest("SHA-256", bytes);
    return `${new Uint8Array(sum).toHex()}  ${file}\n`;
  }));
  await Deno.writeTextFile(new URL("SHA256SUMS", DIST), lines.join(""));
}

/** Runs deno; tells whether it succeeded only where it `mayFail` to download. */
async function deno(
  args: string[],
  { mayFail = false } = {},
): Promise<boolean> {
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args,
    stdout: "inherit",
    stderr: "piped",
  }).output();
  if (success) return true;
  const text = new TextDecoder().decode(stderr);
  if (mayFail && /download|error sending request/i.test(text)) return false;
  console.error(text);
  Deno.exit(1);
}

function path(file: string): string {
  return new URL(file, DIST).pathname;
}
