/** Builds what is shipped, and runs programs, as the tests of this folder do. */
import { fileURLToPath } from "node:url";
import type { ProgramRun } from "../../scripts/smoke.ts";

export const ROOT = new URL("../../", import.meta.url);

export async function runProgram(
  command: string,
  args: string[],
  options: Omit<Deno.CommandOptions, "args"> = {},
): Promise<ProgramRun> {
  const decoder = new TextDecoder();
  const { code, stdout, stderr } = await new Deno.Command(command, {
    ...options,
    args,
    stdin: "null",
  }).output();
  return {
    code,
    stdout: decoder.decode(stdout),
    stderr: decoder.decode(stderr),
  };
}

/** Runs `scripts/compile.ts` for the targets that `names` name. */
export async function compile(
  out: string,
  names: string[],
  env: Record<string, string> = {},
): Promise<ProgramRun> {
  const script = fileURLToPath(new URL("scripts/compile.ts", ROOT));
  return await runProgram(
    Deno.execPath(),
    ["run", "--allow-all", "--quiet", script, `--out=${out}`, ...names],
    { env: { NO_COLOR: "1", ...env } },
  );
}

/** Builds the bundle alone; throws with the reason if that fails. */
export async function buildBundle(
  out: string,
  env?: Record<string, string>,
): Promise<string> {
  const { code, stderr } = await compile(out, ["sinch.js"], env);
  if (code !== 0) throw new Error(stderr);
  return `${out}/sinch.js`;
}

const fetched = new Map<string, Promise<string>>();

/** A file of an npm package, `name@version`, fetched once; its path. */
export async function fetchFromNpm(
  spec: string,
  path: string,
): Promise<string> {
  if (!fetched.has(spec)) fetched.set(spec, unpack(spec));
  return `${await fetched.get(spec)}/package/${path}`;
}

async function unpack(spec: string): Promise<string> {
  const folder = await Deno.makeTempDir();
  const npm = Deno.build.os === "windows" ? "npm.cmd" : "npm";
  const packed = await runProgram(npm, ["pack", spec, "--silent"], {
    cwd: folder,
  });
  if (packed.code !== 0) throw new Error(packed.stderr);
  const tarball = packed.stdout.trim();
  const unpacked = await runProgram("tar", ["xzf", tarball], { cwd: folder });
  if (unpacked.code !== 0) throw new Error(unpacked.stderr);
  return folder;
}

/** A key pair of a release, as the maintainers make theirs. */
export async function makeKeys() {
  const { code, stdout, stderr } = await runProgram(Deno.execPath(), [
    "run",
    new URL("../../scripts/release_key.ts", import.meta.url).href,
  ]);
  if (code !== 0) throw new Error(stderr);
  const value = (name: string) =>
    new RegExp(`^${name}=(\\S+)$`, "m").exec(stdout)![1]!;
  return {
    privateKey: value("SINCH_RELEASE_PRIVATE_KEY"),
    publicKey: value("SINCH_RELEASE_PUBLIC_KEY"),
  };
}

export async function isThere(program: string): Promise<boolean> {
  try {
    await new Deno.Command(program, { args: ["-h"] }).output();
    return true;
  } catch {
    return false;
  }
}
