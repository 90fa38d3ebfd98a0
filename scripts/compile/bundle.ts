/**
 * The whole program as one JavaScript file, in two steps. `deno bundle` resolves
 * what only Deno resolves (`jsr:`, `npm:`, the import map) and splits at each
 * dynamic import. esbuild joins the parts again, but so that a built-in module
 * (`node:sqlite`, `node:crypto`) is loaded with the part that uses it: as an
 * import at the top of the file, all of them would be loaded by `--version`.
 *
 * Measured, times of an empty script, `--version` and `send --help`: joined by
 * `deno bundle` 2.7 and 3.5, split 1.2 and 1.8, joined here 1.2 and 1.8.
 */
import * as esbuild from "esbuild";
import type { Build } from "../../commands/version.ts";

const MAIN = new URL("../../main.ts", import.meta.url);

/** A module of Node's that Deno has built in, fetched when it is first used. */
const lazyBuiltIns: esbuild.Plugin = {
  name: "lazy-built-ins",
  setup(build) {
    build.onResolve({ filter: /^node:/ }, ({ path }) => ({
      path,
      namespace: "built-in",
    }));
    build.onLoad({ filter: /.*/, namespace: "built-in" }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule("${path}")`,
    }));
  },
};

/** Writes the bundle to the path `file`, with `build` stamped in. */
export async function bundle(file: string, build: Build): Promise<void> {
  const parts = await Deno.makeTempDir();
  try {
    await run(["bundle", "--quiet", "--code-splitting", "--outdir", parts]);
    await esbuild.build({
      entryPoints: [`${parts}/main.js`],
      outfile: file,
      bundle: true,
      minify: true,
      format: "esm",
      target: "esnext",
      // Deno 2.0 would not read it, and could not say that it is too old.
      supported: { using: false },
      charset: "utf8",
      legalComments: "eof",
      define: { SINCH_BUILD: JSON.stringify(build) },
      plugins: [lazyBuiltIns],
      logLevel: "warning",
    });
    // An executable keeps the time of the file in it: a fixed one, so that the
    // same sources give the same bytes.
    const time = new Date("2000-01-01T00:00:00Z");
    await Deno.utime(file, time, time);
  } finally {
    await esbuild.stop();
    await Deno.remove(parts, { recursive: true });
  }
}

async function run(args: string[]): Promise<void> {
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [...args, MAIN.href],
    stdout: "null",
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr).trim());
}
