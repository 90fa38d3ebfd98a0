/** What the pages under docs/ that are written by hand say of the program. */
import { assert, assertEquals } from "@std/assert";
import { leavesOf, nameOf, wholeTree } from "./command_tree.ts";

const leaves = leavesOf(await wholeTree());
const official = await Deno.readTextFile(
  new URL("../docs/from-the-official-cli.md", import.meta.url),
);

/** The rows of the table below a heading, as cells. */
function rowsBelow(heading: string): string[][] {
  const [, text = ""] = official.split(`## ${heading}\n`);
  const [section = ""] = text.split("\n## ");
  return [...section.matchAll(/^\| (.*) \|$/gm)].slice(2)
    .map(([, row]) => row!.split(/ *\| */).map((cell) => cell.trim()));
}

/** `messages list` of the code `messages list -c -l` or `apps get <id>`. */
function commandsIn(cell: string): string[] {
  return [...cell.matchAll(/`([a-z]+(?: [a-z]+)?)[^`]*`/g)]
    .map(([, words]) => words!);
}

const rows = rowsBelow("Command by command").map(([theirs, here, more]) => ({
  commands: commandsIn(
    /^the same/.test(here!) || /^asks/.test(here!) ? theirs! : here!,
  ),
  flags: [...`${theirs} ${more}`.matchAll(/(?<![\w-])(--?[a-z][a-z-]*)/g)]
    .map(([, flag]) => flag!),
}));

Deno.test("every command of the conversation group is side by side with the official one", () => {
  const told = rows.flatMap(({ commands }) => commands).sort();
  const there = leaves.map(nameOf)
    .filter((name) => name.startsWith("conversation "))
    .map((name) => name.replace("conversation ", ""))
    .filter((name) => name.includes(" ") || name === "send").sort();
  assertEquals(told, there);
});

Deno.test("every flag that is told of a command there is one of it", () => {
  for (const { commands, flags } of rows) {
    for (const command of commands) {
      const leaf = leaves.find((one) =>
        nameOf(one) === `conversation ${command}`
      );
      assert(leaf, command);
      const known = leaf.getOptions(true).flatMap(({ flags }) => flags);
      assertEquals(flags.filter((flag) => !known.includes(flag)), [], command);
    }
  }
});
