import { assertEquals, assertStringIncludes } from "@std/assert";
import { TOPIC_NAMES } from "../../../commands/help_command/topic_names.ts";
import { VARIABLES } from "../../../config/environment.ts";
import { EXIT_CODES } from "../../../errors.ts";
import { runCli } from "../../run_cli.ts";

for (
  const words of [
    [],
    ["conversation"],
    ["conv", "send"],
    ["conversation", "messages", "list"],
    ["config", "profile", "use"],
    ["help"],
  ]
) {
  Deno.test(`sinch help ${words.join(" ")} is its --help`, async () => {
    const helped = await runCli(["help", ...words]);
    const asked = await runCli([...words, "--help"]);
    assertEquals([helped.code, helped.stderr], [0, ""]);
    assertEquals(helped.stdout, asked.stdout);
  });
}

Deno.test("help exit-codes names every kind of failure with its code", async () => {
  const { code, stdout } = await runCli(["help", "exit-codes"]);
  assertEquals(code, 0);
  for (const [kind, exitCode] of Object.entries(EXIT_CODES)) {
    const line = new RegExp(`^  ${exitCode} +${kind}  `, "m");
    assertEquals(line.test(stdout), true, kind);
  }
});

Deno.test("help environment names every variable that is read", async () => {
  const { code, stdout } = await runCli(["help", "environment"]);
  assertEquals(code, 0);
  for (const name of Object.keys(VARIABLES)) {
    assertEquals(new RegExp(`^  ${name} `, "m").test(stdout), true, name);
  }
  assertStringIncludes(stdout, "(or CONVERSATION_APP_ID)");
});

for (const topic of TOPIC_NAMES) {
  Deno.test(`help ${topic} fits a narrow terminal, uncoloured in a pipe`, async () => {
    const { code, stdout } = await runCli(["help", topic], { columns: 60 });
    assertEquals(code, 0);
    assertEquals(stdout.split("\n").filter((line) => line.length > 60), []);
    assertEquals(stdout.includes("\x1b"), false);
  });
}

for (
  const [words, error, hint] of [
    ["exit-code", "exit-code", "Did you mean exit-codes? See `sinch --help`."],
    ["snadbox", "snadbox", "Did you mean sandbox? See `sinch --help`."],
    [
      "conversation sned",
      "sned",
      "Did you mean send? See `sinch conversation --help`.",
    ],
    [
      "sned",
      "sned",
      "Did you mean `sinch conversation send`? See `sinch --help`.",
    ],
    [
      "quux",
      "quux",
      "See `sinch --help`.\n" +
      `Topics: ${TOPIC_NAMES.join(", ")}.`,
    ],
  ] as const
) {
  Deno.test(`sinch help ${words}: exit 2, and what was meant`, async () => {
    const run = await runCli(["help", ...words.split(" ")]);
    assertEquals([run.code, run.stdout], [2, ""]);
    assertEquals(
      run.stderr,
      `error: Unknown command "${error}"\nhint: ${hint}\n`,
    );
  });
}
