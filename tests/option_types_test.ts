/** An option that is renamed where it is declared, and only there, is a type error. */
import { assert, assertEquals } from "@std/assert";

const ROOT = new URL("../", import.meta.url);

/** A command, and the flag of it that gets another name; where that is an error. */
const RENAMED: [command: string, flag: string, use?: string][] = [
  ["conversation/send.ts", "--correlation-id <"],
  ["conversation/messages/list.ts", "--since <"],
  ["conversation/contacts/create.ts", "--phone <"],
  ["common_options.ts", '--sandbox"', "context.ts"],
];

Deno.test("a flag that is renamed in its declaration alone does not compile", async () => {
  const folder = await Deno.makeTempDir();
  try {
    for await (const { name } of Deno.readDir(ROOT)) {
      if (!/^[a-z]+(\.ts)?$|^deno\.json$/.test(name)) continue;
      if (["docs", "tests", "scripts", "dist"].includes(name)) continue;
      await copy(new URL(name, ROOT), `${folder}/${name}`);
    }
    const files = RENAMED.map(([command, , use]) =>
      `commands/${use ?? command}`
    );
    for (const [command, flag] of RENAMED) {
      const path = `${folder}/commands/${command}`;
      const source = await Deno.readTextFile(path);
      const renamed = source.replace(
        flag,
        flag.replace(/[a-z-]+/, "--renamed"),
      );
      assert(renamed !== source, `${command} declares ${flag}`);
      await Deno.writeTextFile(path, renamed);
    }
    assertEquals((await typeErrors(folder, files)).sort(), files.toSorted());
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

async function copy(from: URL, to: string): Promise<void> {
  const { isDirectory } = await Deno.stat(from);
  if (!isDirectory) return await Deno.copyFile(from, to);
  await Deno.mkdir(to);
  for await (const { name } of Deno.readDir(from)) {
    await copy(new URL(`${from.href}/${name}`), `${to}/${name}`);
  }
}

/** Those of the files that have type errors; `deno task check` finds none here. */
async function typeErrors(folder: string, files: string[]): Promise<string[]> {
  const { stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["check", ...files],
    cwd: folder,
    env: { NO_COLOR: "1" },
  }).output();
  const text = new TextDecoder().decode(stderr);
  return files.filter((file) => text.includes(`${folder}/${file}:`));
}
