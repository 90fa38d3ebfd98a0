import { assertEquals, assertStringIncludes } from "@std/assert";
import { runCli } from "../run_cli.ts";

for (
  const args of [
    ["conversation", "apps", "list", "--help"],
    ["conversation", "apps", "list", "--limit", "3", "--help"],
    ["conversation", "apps", "list", "-h", "--json"],
    ["--json", "conversation", "apps", "--sandbox", "list", "--help"],
  ]
) {
  Deno.test(`sinch ${args.join(" ")} shows the command's help`, async () => {
    const { code, stdout, stderr } = await runCli(args);
    assertEquals([code, stderr], [0, ""]);
    assertStringIncludes(stdout, "sinch conversation apps list");
  });
}

Deno.test("--help behind -- is an argument like any other", async () => {
  const { stdout } = await runCli(["conversation", "send", "--", "--help"]);
  assertEquals(stdout, "");
});

Deno.test("a mistyped command with --help is still a mistake", async () => {
  const { code, stderr } = await runCli(["conversatoin", "--help"]);
  assertEquals(code, 2);
  assertStringIncludes(stderr, "conversation");
});
