/** The manual pages of a release. */
import { assertEquals } from "@std/assert";
import { parseTarGzip } from "nanotar";
import { writeMan } from "../../scripts/compile/man.ts";
import { isThere, runProgram } from "./build.ts";

const folder = await Deno.makeTempDir();
const archive = `${folder}/man.tar.gz`;
await writeMan(archive);
const bytes = await Deno.readFile(archive);
const pages = (await parseTarGzip(bytes))
  .map(({ name, text }) => ({ name, text }));

Deno.test("every command has a manual page with its sections, and no stray request", () => {
  const names = pages.map(({ name }) => name);
  for (const name of ["sinch.1", "sinch-conversation-send.1"]) {
    assertEquals(names.includes(name), true, name);
  }
  assertEquals(names.filter((name) => !/^sinch[a-z-]*\.1$/.test(name)), []);
  const requests = /^\.(TH|SH|SS|PP|TP|nf|fi|RS 4|RE|BR)\b|^(?!\.|').*$|^\\&\./;
  const wrong: string[] = [];
  for (const { name, text } of pages) {
    const sections = [...text.matchAll(/^\.SH (.+)$/gm)]
      .map(([, title]) => title);
    assertEquals(
      sections.slice(0, 3),
      ["NAME", "SYNOPSIS", "DESCRIPTION"],
      name,
    );
    for (const line of text.split("\n")) {
      // deno-lint-ignore no-control-regex -- ASCII alone is what is wanted
      if (!requests.test(line) || /[^\x00-\x7f]/.test(line)) {
        wrong.push(`${name}: ${line}`);
      }
    }
  }
  assertEquals(wrong, []);
});

Deno.test("the archive of the manual pages is the same each time", async () => {
  await writeMan(`${folder}/again.tar.gz`);
  assertEquals(await Deno.readFile(`${folder}/again.tar.gz`), bytes);
});

Deno.test({
  name: "mandoc finds no error in a manual page",
  // Where it is missing, CI fails.
  ignore: !Deno.env.get("CI") && !await isThere("mandoc"),
  async fn() {
    for (const { name, text } of pages) {
      await Deno.writeTextFile(`${folder}/${name}`, text);
    }
    const { stdout } = await runProgram("mandoc", [
      ...["-T", "lint", "-W", "warning"],
      ...pages.map(({ name }) => `${folder}/${name}`),
    ]);
    // They carry no date on purpose.
    assertEquals(
      stdout.trim().split("\n")
        .filter((line) => line && !line.includes("missing date")),
      [],
    );
  },
});
