/**
 * What each command line loads: prompts, tables, the sandbox and the phone
 * library cost more than everything else together, so a help text that pulls
 * them in is a regression that nobody would notice.
 */
import { assertEquals } from "@std/assert";
import { SandboxServer } from "./sandbox_server.ts";

const MAIN = new URL("../main.ts", import.meta.url).href;
const ROOT = new URL("../", import.meta.url).href;

/** Loaded only by the commands that use them. */
const HEAVY =
  /^(sandbox|wizard)\/|^api\/http\/client|cliffy-?\/?prompt|libphonenumber|jmespath|std\/dotenv/;

/**
 * Deno loads Node's timers when one is first named, and ICU its rules of words
 * with the first segmenter: 5 and 11 ms that a program of 30 ms can do without.
 */
const SLOW = `data:text/javascript,${
  encodeURIComponent(`
    const slow = (name) => ({
      get() {
        console.error(name + " was loaded");
        Deno.exit(99);
      },
    });
    for (const name of ["setTimeout", "clearTimeout", "setInterval"]) {
      Object.defineProperty(globalThis, name, slow(name));
    }
    Object.defineProperty(Intl, "Segmenter", slow("Segmenter"));
  `)
}`;

/**
 * Every module that V8 ran, by its path in the project or its address. What is
 * slow and no module makes the run fail.
 */
async function loadedModules(
  args: string[],
  env: Record<string, string> = {},
): Promise<string[]> {
  const folder = await Deno.makeTempDir();
  const coverage = `${folder}/coverage`;
  try {
    const { code, stderr } = await new Deno.Command(Deno.execPath(), {
      args: [
        ...["run", "-A", `--preload=${SLOW}`, `--coverage=${coverage}`, MAIN],
        ...args,
      ],
      env: {
        SINCH_CONFIG_DIR: folder,
        SINCH_CACHE_DIR: folder,
        SINCH_SANDBOX_STORE: ":memory:",
        ...env,
      },
      stdout: "null",
      stderr: "piped",
    }).output();
    assertEquals(code, 0, new TextDecoder().decode(stderr));
    const modules: string[] = [];
    for await (const { name } of Deno.readDir(coverage)) {
      const { url } = JSON.parse(
        await Deno.readTextFile(`${coverage}/${name}`),
      );
      if (url !== SLOW) modules.push(url.replace(ROOT, ""));
    }
    return modules.sort();
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("--version loads six small modules", async () => {
  assertEquals(await loadedModules(["--version"]), [
    "commands/version.ts",
    "main.ts",
    "runtime/deno.ts",
    "runtime/runtime.ts",
    "runtime/secrets.ts",
    "runtime/text.ts",
  ]);
});

for (
  const args of [
    ["--help"],
    ["conversation", "--help"],
    ["conversation", "send", "--help"],
    ["conversation", "messages", "list", "--help"],
    ["conversation", "webhooks", "create", "--help"],
    ["auth", "login", "--help"],
  ]
) {
  Deno.test(`sinch ${args.join(" ")} loads nothing heavy`, async () => {
    const modules = await loadedModules(args);
    assertEquals(modules.includes("commands/root.ts"), true);
    assertEquals(modules.filter((module) => HEAVY.test(module)), []);
  });
}

const SEND = ["conversation", "send", "+15551234567", "Hello", "-c", "SMS"];

Deno.test("a send that needs no question loads no prompt, no table and no phone rules", async () => {
  await using server = new SandboxServer();
  const modules = await loadedModules(SEND, server.env);
  assertEquals(server.calls.length, 1);
  assertEquals(modules.includes("api/http/client.ts"), true);
  assertEquals(
    modules.filter((module) =>
      /^wizard\/(?!rewind)|^output\/table|libphonenumber|jmespath|std\/dotenv|^sandbox\/(sandbox|store)/
        .test(module)
    ),
    [],
  );
});

Deno.test("a send to the built-in sandbox loads no prompt, and no table", async () => {
  const modules = await loadedModules(["--sandbox", ...SEND]);
  assertEquals(modules.includes("sandbox/sandbox.ts"), true);
  assertEquals(
    modules.filter((module) =>
      /^wizard\/(?!rewind)|^output\/table/.test(module)
    ),
    [],
  );
});
