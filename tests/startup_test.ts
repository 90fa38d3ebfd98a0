/**
 * What each command line loads: prompts, tables, the sandbox and the phone
 * library cost more than everything else together, so a help text that pulls
 * them in is a regression that nobody would notice.
 */
import { assertEquals } from "@std/assert";

const MAIN = new URL("../main.ts", import.meta.url).href;
const ROOT = new URL("../", import.meta.url).href;

/** Loaded only by the commands that use them. */
const HEAVY =
  /^(sandbox|wizard)\/|^api\/http\/client|cliffy-?\/?prompt|libphonenumber|jmespath|std\/dotenv/;

/** Every module that V8 ran, by its path in the project or its address. */
async function loadedModules(...args: string[]): Promise<string[]> {
  const folder = await Deno.makeTempDir();
  try {
    const { code } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", `--coverage=${folder}`, MAIN, ...args],
      env: { SINCH_SANDBOX_STORE: ":memory:" },
      stdout: "null",
      stderr: "null",
    }).output();
    assertEquals(code, 0, args.join(" "));
    const modules: string[] = [];
    for await (const { name } of Deno.readDir(folder)) {
      const { url } = JSON.parse(await Deno.readTextFile(`${folder}/${name}`));
      modules.push(url.replace(ROOT, ""));
    }
    return modules.sort();
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("--version loads six small modules", async () => {
  assertEquals(await loadedModules("--version"), [
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
    const modules = await loadedModules(...args);
    assertEquals(modules.includes("commands/root.ts"), true);
    assertEquals(modules.filter((module) => HEAVY.test(module)), []);
  });
}

Deno.test("a send that needs no question loads no prompt, and no table", async () => {
  const modules = await loadedModules(
    "--sandbox",
    "conversation",
    "send",
    "+15551234567",
    "Hello",
    "--channel",
    "SMS",
  );
  assertEquals(modules.includes("sandbox/sandbox.ts"), true);
  assertEquals(
    modules.filter((module) => /^wizard\/|^output\/table/.test(module)),
    [],
  );
});
