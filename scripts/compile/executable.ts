/** One standalone executable out of the bundle and Deno's runtime. */
import { fileURLToPath } from "node:url";
import type { Target } from "./release.ts";
import { addVersionInfo, ICON } from "./windows.ts";

/**
 * What the program does: call the API and serve the sandbox (net); read
 * variables (env); keep settings, tokens and the sandbox's data (read, write);
 * ask the system's keychain, and try a new version before it is swapped in
 * (run: a path that is not known yet). No native code, no code from elsewhere,
 * nothing about the system, and never a question of Deno's own.
 */
export const PERMISSIONS = [
  "--allow-net",
  "--allow-env",
  "--allow-read",
  "--allow-write",
  "--allow-run",
  "--no-prompt",
];

/** The runtime named by the message is not in Deno's cache, and cannot be had. */
export class NoRuntime extends Error {}

/**
 * Writes the executable to the path `file`.
 * @param runtime A copy of Deno's runtime; by default the one in Deno's cache,
 * or downloaded.
 * @throws {NoRuntime}
 */
export async function compile(
  target: Target,
  bundle: string,
  file: string,
  runtime = Deno.env.get("DENORT_BIN"),
): Promise<void> {
  const isWindows = target.name.startsWith("windows");
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      "compile",
      "--no-config",
      "--no-check",
      "--app-name=sinch",
      ...PERMISSIONS,
      ...isWindows ? [`--icon=${fileURLToPath(ICON)}`] : [],
      `--target=${target.triple}`,
      `--output=${file}`,
      bundle,
    ],
    env: { NO_COLOR: "1", ...runtime ? { DENORT_BIN: runtime } : {} },
    stdout: "null",
  }).output();
  if (success) {
    if (isWindows) await addVersionInfo(file);
    return;
  }
  const why = new TextDecoder().decode(stderr).trim();
  if (/Setting up base binary|denort.*\.zip/.test(why)) {
    throw new NoRuntime(`Deno's runtime for ${target.name}`);
  }
  throw new Error(why);
}
