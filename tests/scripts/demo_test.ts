import { assertEquals } from "@std/assert";

const DEMO = new URL("../../scripts/demo.ts", import.meta.url).href;

Deno.test("the demo sends all eight types, lists them and shows one", async () => {
  const { code, stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--quiet", DEMO],
    stdin: "null",
  }).output();
  assertEquals(code, 0);
  const text = new TextDecoder().decode(stdout);
  assertEquals(
    [...text.matchAll(/^ {2}Type +(\w+)$/gm)].map(([, type]) => type),
    // A media message with a caption is a card; the last one is the one shown.
    [
      "text",
      "media",
      "template",
      "card",
      "carousel",
      "choice",
      "location",
      "list",
      "list",
    ],
  );
  assertEquals(text.match(/\tTO_CONTACT\t/g)?.length, 8);
});
