/**
 * Builds what a release consists of into `dist/`: the program as one JavaScript
 * file, an executable for each system, what they are made of, manual pages,
 * install scripts, checksums, manifests for package managers. `deno task compile` builds all of
 * it, `deno task compile linux-x64 macos-arm64` only these executables,
 * `deno task compile sinch.js` only the bundle; `--out=FOLDER` builds elsewhere.
 * What an earlier build left there goes first.
 *
 * Exit codes: 1 a build failed, 2 there is no such target, 3 this network cannot
 * download Deno's runtime (the bundle is built all the same). The environment of
 * a release: SINCH_RELEASE_PRIVATE_KEY signs the checksums,
 * SINCH_RELEASE_PUBLIC_KEY is what `sinch upgrade` will trust.
 */
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { bundle } from "./compile/bundle.ts";
import { compile, NoRuntime } from "./compile/executable.ts";
import { writeMan } from "./compile/man.ts";
import { PACKAGES_FOLDER, writePackages } from "./compile/packages.ts";
import {
  BUNDLE_FILE,
  currentCommit,
  INSTALL_SCRIPTS,
  MAN_FILE,
  RELEASES_URL,
  SBOM_FILE,
  SIGNATURE_FILE,
  SUMS_FILE,
  TARGETS,
  VERSION,
  VERSION_FILE,
} from "./compile/release.ts";
import { writeSbom } from "./compile/sbom.ts";
import { isPair, writeSignature } from "./compile/sign.ts";
import { stamped } from "./compile/stamp.ts";
import { writeSums } from "./compile/sums.ts";

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

try {
  await build();
} catch (error) {
  if (error instanceof NoRuntime) {
    fail(
      3,
      `${error.message} cannot be downloaded from here; set DENORT_BIN to a ` +
        "copy of it (the bundle is built)",
    );
  }
  fail(1, error instanceof Error ? error.message : String(error));
}

async function build(): Promise<void> {
  const privateKey = Deno.env.get("SINCH_RELEASE_PRIVATE_KEY");
  const publicKey = Deno.env.get("SINCH_RELEASE_PUBLIC_KEY") || undefined;
  if (privateKey && !(publicKey && await isPair(privateKey, publicKey))) {
    throw new Error(
      "SINCH_RELEASE_PUBLIC_KEY does not belong to SINCH_RELEASE_PRIVATE_KEY: " +
        "nobody could upgrade to or from this build",
    );
  }
  await Deno.mkdir(out, { recursive: true });
  await removeOld();
  const bundleFile = `${out}/${BUNDLE_FILE}`;
  await bundle(bundleFile, {
    commit: await currentCommit(),
    releasesUrl: RELEASES_URL,
    releaseKey: publicKey,
  });
  await report(BUNDLE_FILE);
  await writeSbom(`${out}/${SBOM_FILE}`);
  await report(SBOM_FILE);
  await writeMan(`${out}/${MAN_FILE}`);
  await report(MAN_FILE);
  await Deno.writeTextFile(`${out}/${VERSION_FILE}`, `${VERSION}\n`);
  for (const script of INSTALL_SCRIPTS) {
    await Deno.writeTextFile(`${out}/${script}`, await stamped(script));
  }
  for (const target of targets) {
    await compile(target, bundleFile, `${out}/${target.file}`);
    await report(target.file);
  }
  await writeSums(out, [
    BUNDLE_FILE,
    SBOM_FILE,
    MAN_FILE,
    VERSION_FILE,
    ...INSTALL_SCRIPTS,
    ...targets.map(({ file }) => file),
  ]);
  if (privateKey) await writeSignature(out, privateKey);
  if (targets.length === TARGETS.length) await writePackages(out);
}

/** Sums and signature of another build would not fit this one's files. */
async function removeOld(): Promise<void> {
  const files = TARGETS.map(({ file }) => file);
  for (const name of [SUMS_FILE, SIGNATURE_FILE, PACKAGES_FOLDER, ...files]) {
    await Deno.remove(`${out}/${name}`, { recursive: true }).catch(
      (error) => {
        if (!(error instanceof Deno.errors.NotFound)) throw error;
      },
    );
  }
}

async function report(file: string): Promise<void> {
  const { size } = await Deno.stat(`${out}/${file}`);
  console.log(`${(size / 1e6).toFixed(1).padStart(6)} MB  ${out}/${file}`);
}

function fail(code: number, message: string): never {
  console.error(`error: ${message}`);
  Deno.exit(code);
}
