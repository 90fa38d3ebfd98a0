/**
 * Builds what a release consists of into `dist/`: the program as one JavaScript
 * file, an executable for each system, checksums. `deno task compile` builds
 * all of it, `deno task compile linux-x64 macos-arm64` only these executables,
 * `deno task compile sinch.js` only the bundle; `--out=FOLDER` builds elsewhere.
 *
 * Exit codes: 1 a build failed, 2 there is no such target, 3 this network cannot
 * download Deno's runtime (the bundle is built all the same).
 */
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { bundle } from "./compile/bundle.ts";
import { writeSums } from "./compile/sums.ts";
import { compile, NoRuntime } from "./compile/executable.ts";
import {
  BUNDLE_FILE,
  currentCommit,
  RELEASES_URL,
  TARGETS,
} from "./compile/release.ts";

const { values: { out }, positionals: names } = parseArgs({
  args: Deno.args,
  options: {
    out: {
      type: "string",
      default: fileURLToPath(new URL("../dist", import.meta.url)),
    },
  },
  allowPositionals: true,
});

const known = [BUNDLE_FILE, ...TARGETS.map(({ name }) => name)];
const unknown = names.find((name) => !known.includes(name));
if (unknown !== undefined) {
  fail(2, `there is no target "${unknown}": ${known.join(", ")}`);
}
const targets = TARGETS.filter(({ name }) =>
  names.length === 0 || names.includes(name)
);

await Deno.mkdir(out, { recursive: true });
await bundle(`${out}/${BUNDLE_FILE}`, {
  commit: await currentCommit(),
  releasesUrl: RELEASES_URL,
  releaseKey: Deno.env.get("SINCH_RELEASE_PUBLIC_KEY"),
});
await report(BUNDLE_FILE);

for (const target of targets) {
  try {
    await compile(target, `${out}/${BUNDLE_FILE}`, `${out}/${target.file}`);
  } catch (error) {
    if (!(error instanceof NoRuntime)) throw error;
    fail(
      3,
      `Deno's runtime for ${target.name} cannot be downloaded from here; ` +
        "set DENORT_BIN to a copy of it (the bundle is built)",
    );
  }
  await report(target.file);
}
await writeSums(out, [BUNDLE_FILE, ...targets.map(({ file }) => file)]);

async function report(file: string): Promise<void> {
  const { size } = await Deno.stat(`${out}/${file}`);
  console.log(`${(size / 1e6).toFixed(1).padStart(6)} MB  ${out}/${file}`);
}

function fail(code: number, message: string): never {
  console.error(`error: ${message}`);
  Deno.exit(code);
}
