/**
 * The commands that README.md gives for Deno, run as they stand there: only the
 * addresses are replaced by loopback servers. As on GitHub, the address of the
 * bundle redirects to another host.
 */
import { assertEquals, assertMatch } from "@std/assert";
import { delimiter, dirname } from "node:path";
import { smokeTest } from "../../scripts/smoke.ts";
import { buildBundle, ROOT, runProgram } from "./build.ts";

const README = await Deno.readTextFile(new URL("README.md", ROOT));
const { publish: { include: published } } = JSON.parse(
  await Deno.readTextFile(new URL("deno.json", ROOT)),
);

/** A port that nothing listens on: whoever asks a registry fails. */
const NOWHERE = "http://127.0.0.1:1/";

const BUNDLE = await buildBundle(await Deno.makeTempDir());

interface Hosts extends AsyncDisposable {
  /** The folder that everything is kept in. */
  folder: string;
  /** A home and a cache with nothing in them. */
  env: Record<string, string>;
  /** A command of the README with loopback addresses, as words. */
  words(command: string): string[];
}

Deno.test("the bundle runs from its address, as the README says, without any registry", async () => {
  await using hosts = await serve();
  const [deno, run, ...flags] = hosts.words(documented("deno run", "sinch.js"));
  assertEquals([deno, run, flags.pop()], ["deno", "run", "--help"]);
  const env = {
    ...hosts.env,
    JSR_URL: NOWHERE,
    NPM_CONFIG_REGISTRY: NOWHERE,
  };
  await smokeTest(
    (args) =>
      runProgram(Deno.execPath(), ["run", ...flags, ...args], {
        env,
        cwd: hosts.folder,
      }),
  );
});

Deno.test("the sources run from their address, as the README says", async () => {
  await using hosts = await serve();
  const [, run, ...flags] = hosts.words(documented("deno run", "main.ts"));
  assertEquals([run, flags.pop()], ["run", "--help"]);
  const { env, folder: cwd } = hosts;
  await smokeTest(
    (args) =>
      runProgram(Deno.execPath(), ["run", ...flags, ...args], {
        env,
        cwd,
      }),
  );
});

Deno.test("deno install makes a command of the bundle, as the README says", async () => {
  await using hosts = await serve();
  const [, ...args] = hosts.words(documented("deno install", "sinch.js"));
  const root = `${hosts.folder}/root`;
  const options = { env: hosts.env, cwd: hosts.folder };
  const installed = await runProgram(
    Deno.execPath(),
    [...args.slice(0, -1), "--root", root, ...args.slice(-1)],
    options,
  );
  assertEquals(installed.code, 0, installed.stderr);
  const suffix = Deno.build.os === "windows" ? ".cmd" : "";
  await smokeTest(
    (args) => runProgram(`${root}/bin/sinch${suffix}`, args, options),
  );
});

Deno.test("deno publish would publish everything that is imported, with fast types", async () => {
  // In a folder of its own: a stand-in registry inside the repository would
  // count as part of the package.
  const folder = await Deno.makeTempDir();
  for (const path of published) await copy(path, folder);
  const { code, stderr } = await runProgram(
    Deno.execPath(),
    // `deno task check` checks the types; the fast ones are checked all the same.
    ["publish", "--dry-run", "--allow-dirty", "--no-check"],
    { cwd: folder, env: { NO_COLOR: "1" } },
  );
  await Deno.remove(folder, { recursive: true });
  assertEquals(code, 0, stderr);
  assertMatch(stderr, /Success Dry run complete/);
  assertEquals(/(warning|error)\[/.test(stderr), false, stderr);
});

/** Copies a file or folder of the repository into `folder`. */
async function copy(path: string, folder: string): Promise<void> {
  const source = new URL(path, ROOT);
  if ((await Deno.stat(source)).isFile) {
    return await Deno.copyFile(source, `${folder}/${path}`);
  }
  await Deno.mkdir(`${folder}/${path}`);
  for await (const { name } of Deno.readDir(source)) {
    await copy(`${path}/${name}`, folder);
  }
}

/** The command in a code block of the README that ends with the file `name`. */
function documented(start: string, name: string): string {
  const blocks = [...README.matchAll(/^```sh\n(.*?)^```$/gms)]
    .map(([, code]) => code!.replaceAll("\\\n", " "));
  const command = blocks.find((code) =>
    code.startsWith(start) && code.includes(`/${name}`)
  );
  if (!command) throw new Error(`README has no ${start} of ${name}`);
  return command;
}

/** Serves the repository, and the bundle behind a redirect, on loopback. */
async function serve(): Promise<Hosts> {
  const folder = await Deno.makeTempDir();
  const listen = { hostname: "127.0.0.1", port: 0, onListen: () => {} };
  const sources = Deno.serve(
    listen,
    (request) => file(new URL(`.${new URL(request.url).pathname}`, ROOT)),
  );
  const assets = Deno.serve(listen, () => file(BUNDLE));
  const releases = Deno.serve(
    listen,
    () =>
      Response.redirect(
        `http://127.0.0.1:${assets.addr.port}/2f9d?name=sinch.js`,
      ),
  );
  const host = ({ addr }: { addr: Deno.NetAddr }) => `127.0.0.1:${addr.port}`;
  const env = {
    // What `deno install` writes looks for `deno` there.
    PATH: `${dirname(Deno.execPath())}${delimiter}${Deno.env.get("PATH")}`,
    HOME: `${folder}/home`,
    USERPROFILE: `${folder}/home`,
    DENO_DIR: `${folder}/deno`,
    SINCH_SANDBOX_STORE: ":memory:",
    NO_COLOR: "1",
  };
  return {
    folder,
    env,
    words: (command) =>
      command
        .replaceAll(
          /https:\/\/raw\.githubusercontent\.com\/[^/]+\/[^/]+\/v[\d.]+/g,
          `http://${host(sources)}`,
        )
        .replaceAll(
          /https:\/\/github\.com\/[^/]+\/[^/]+\/releases/g,
          `http://${host(releases)}`,
        )
        .replaceAll(
          "github.com,release-assets.githubusercontent.com",
          `${host(releases)},${host(assets)}`,
        )
        .trim().split(/\s+/),
    async [Symbol.asyncDispose]() {
      await Promise.all(
        [sources, assets, releases].map((server) => server.shutdown()),
      );
      await Deno.remove(folder, { recursive: true });
    },
  };
}

async function file(path: string | URL): Promise<Response> {
  try {
    const type = String(path).endsWith(".json")
      ? "application/json"
      : String(path).endsWith(".js")
      ? "application/octet-stream"
      : "text/plain";
    return new Response(await Deno.readFile(path), {
      headers: { "content-type": type },
    });
  } catch {
    return new Response(null, { status: 404 });
  }
}
