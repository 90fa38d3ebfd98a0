/** `deno task test`: what it prints of a test that passes, and of one that fails. */
import { assert, assertEquals } from "@std/assert";

const RUNNER = new URL("../../scripts/test.ts", import.meta.url).href;

async function run(tests: string): Promise<{ code: number; lines: string[] }> {
  const folder = await Deno.makeTempDir();
  await Deno.writeTextFile(`${folder}/some_test.ts`, tests);
  const { code, stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--quiet", "--no-config", RUNNER, folder],
    cwd: folder,
    stdin: "null",
  }).output();
  await Deno.remove(folder, { recursive: true });
  return { code, lines: new TextDecoder().decode(stdout).split("\n") };
}

Deno.test("tests that pass are dots, and the last line is alone", async () => {
  const { code, lines } = await run(`
    Deno.test("one", () => console.log("noise"));
    Deno.test("two", async (t) => { await t.step("step", () => {}); });
    Deno.test({ name: "three", ignore: true, fn() {} });
  `);
  assertEquals(code, 0);
  assertEquals(lines, ["...,", "2 passed, 0 failed, 1 skipped", ""]);
});

Deno.test("a test that fails is shown whole, by its name, above the last line", async () => {
  const { code, lines } = await run(`
    Deno.test("good", () => {});
    Deno.test("the bad one", async () => {
      console.log("printed by the test");
      const args = ["-c", "echo printed by a child >&2"];
      await new Deno.Command("sh", { args }).output();
      await new Deno.Command("sh", { args }).spawn().status;
      throw new Error("broken\\nin two lines");
    });
  `);
  assertEquals(code, 1);
  assertEquals(lines[0], ".!");
  for (
    const wanted of [
      /^printed by the test$/,
      /^printed by a child$/,
      /^the bad one => .*some_test\.ts:3:\d+$/,
      /^error: Error: broken$/,
      /^in two lines$/,
    ]
  ) {
    assert(lines.some((line) => wanted.test(line)), lines.join("\n"));
  }
  assertEquals(lines.slice(-2), ["1 passed, 1 failed, 0 skipped", ""]);
});

Deno.test("a test file that cannot be parsed is a failure, with its error", async () => {
  const { code, lines } = await run("const = 1;");
  assertEquals(code, 1);
  assert(
    lines.some((line) => /some_test\.ts:\d+:\d+/.test(line)),
    lines.join("\n"),
  );
  assertEquals(lines.slice(-2), ["0 passed, 1 failed, 0 skipped", ""]);
});
