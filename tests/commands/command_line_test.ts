/**
 * The reading of argv, with whichever Cliffy there is: what a line means is said
 * here, and never left to Cliffy's versions, which differ.
 */
import { assert, assertEquals, assertMatch } from "@std/assert";
import { Type } from "@cliffy/command";
import fc from "fast-check";
import { cliffyArgs, readCommandLine } from "../../commands/command_line.ts";
import { argumentText } from "../../options/value_type.ts";
import { leavesOf, nameOf, wholeTree } from "../command_tree.ts";
import { runCli } from "../run_cli.ts";
import { SandboxedCli } from "../sandboxed_cli.ts";
import { anyLines, AWKWARD, rightLines } from "./command_lines.ts";

const TREE = await wholeTree();
const LEAVES = leavesOf(TREE);

Deno.test("a line is read as it was meant, in whichever way it is written", () => {
  fc.assert(
    fc.property(rightLines(LEAVES), ({ argv, command, args, options }) => {
      const line = readCommandLine(TREE, argv);
      assertEquals(nameOf(line.command), nameOf(command));
      assertEquals(line.args, args);
      assertEquals(
        line.options.map(({ option: { name }, value }) => [name, value]),
        options.map(({ option: { name }, value }) => [name, value]),
      );
      assertEquals(line.unknownFlags, []);
    }),
    { numRuns: 1000 },
  );
});

Deno.test("Cliffy hands an action the very values of the line", async () => {
  const tree = await wholeTree();
  let seen: unknown[] = [];
  const leaves = leavesOf(tree);
  // Other tests use the same kinds.
  using kinds = new DisposableStack();
  for (const leaf of leaves) {
    leaf.action((options: unknown, ...args: string[]) => {
      seen = [options, args];
    });
  }
  // The line's own texts are of interest here, not what a kind makes of them.
  for (
    const { handler } of [tree, ...leaves].flatMap((one) => one.getBaseTypes())
  ) {
    if (!(handler instanceof Type)) continue;
    handler.parse = ({ value }) => argumentText(value);
    kinds.defer(() => Reflect.deleteProperty(handler, "parse"));
  }
  await fc.assert(
    fc.asyncProperty(rightLines(leaves), async (meant) => {
      const { args, options } = meant;
      const texts = options.filter(({ option }) =>
        option.args.every(({ type, list }) =>
          !list && type !== "number" && type !== "integer"
        )
      );
      // Refused before Cliffy 1.2 could drop such a value.
      fc.pre(
        texts.every(({ option: { args: [arg] }, value }) =>
          !arg?.optional || value?.trim() !== ""
        ),
      );
      // These are refusals of Cliffy's own.
      fc.pre(
        texts.every(({ option: { conflicts, depends } }) =>
          !conflicts?.length && !depends?.length
        ),
      );
      seen = [];
      const line = readCommandLine(tree, meant.argv);
      await tree.parse(cliffyArgs({
        ...line,
        options: line.options.filter(({ option }) =>
          texts.some(({ option: { name } }) => name === option.name)
        ),
      }));
      const [values, words] = seen as [Record<string, unknown>, string[]];
      assertEquals(words, args);
      for (const { option: { name, collect }, value = true } of texts) {
        const key = name.replaceAll(
          /-(\w)/g,
          (_, letter) => letter.toUpperCase(),
        );
        assertEquals(values[key], collect ? [value] : value, name);
      }
    }),
    { numRuns: 500 },
  );
});

Deno.test("no line, however wrong, is a bug or prints where it fails", async () => {
  const quiet = LEAVES.filter((leaf) =>
    !/^(sandbox|upgrade|completion|auth)/.test(nameOf(leaf))
  );
  await fc.assert(
    fc.asyncProperty(anyLines(quiet), async (args) => {
      const run = await runCli(args);
      assert(!run.stderr.includes("BUG"), run.stderr);
      assert(!run.stderr.includes("This is a bug"), run.stderr);
      const { options } = readCommandLine(TREE, args);
      // A query that cannot be applied to a result ends so, and shows it whole.
      const isApplied = options.some(({ option: { name } }) =>
        name === "query"
      );
      if (run.code !== 2 || isApplied && run.stdout !== "") return;
      assertEquals(run.stdout, "");
      assertEquals(run.requests.length, 0);
      if (options.some(({ option: { name } }) => name === "json")) {
        assertEquals(JSON.parse(run.stderr).error.code, "USAGE");
      }
    }),
    { numRuns: 300 },
  );
});

Deno.test("every option that takes a value refuses an empty one, in both spellings", async () => {
  for (const leaf of LEAVES) {
    for (const option of leaf.getOptions(true)) {
      if (option.args.length === 0) continue;
      for (const flag of option.flags) {
        const words = leaf.getPath().split(" ").slice(1);
        for (const given of [[flag, ""], [`${flag}=`]]) {
          const { code, stderr, stdout, requests } = await runCli([
            ...words,
            "--json",
            ...given,
          ]);
          assertEquals([code, stdout, requests.length], [2, "", 0]);
          assertEquals(
            JSON.parse(stderr).error.message,
            `--${option.name} must not be empty`,
          );
        }
      }
    }
  }
});

Deno.test("every argument refuses to be empty", async () => {
  for (const leaf of LEAVES) {
    if (!leaf.hasArguments()) continue;
    const words = leaf.getPath().split(" ").slice(1);
    const { code, stderr, requests } = await runCli([...words, ""]);
    assertEquals([code, requests.length], [2, 0]);
    assertMatch(stderr, /^error: [[<][\w-=]+[\]>] must not be empty\n/);
  }
});

const TO = ["conversation", "send", "+15551234567"];

/** What is sent, of texts that begin with a dash and the like. */
const TEXTS: [args: string[], text: string][] = [
  [[...TO, "-c", "sms", "--", "-5 degrees"], "-5 degrees"],
  [[...TO, "-20% today!", "-c", "sms"], "-20% today!"],
  [[...TO, "-Hello there", "-c", "sms"], "-Hello there"],
  [[...TO, "--json is a flag", "-c", "sms"], "--json is a flag"],
  [[...TO, "- item", "-c", "sms"], "- item"],
  [[...TO, "-5", "-c", "sms"], "-5"],
  [[...TO, "-c", "sms", "--", "--help"], "--help"],
  [[...TO, "-c", "sms", "--", "-x"], "-x"],
  [[...TO, "-c=sms", "--json", "--", "--json"], "--json"],
  [["conversation", "--", "send"], ""],
  ...["constructor", "toString", "valueOf", "hasOwnProperty", "__proto__"]
    .map((word): [string[], string] => [[...TO, word, "-c", "sms"], word]),
];

for (const [args, text] of TEXTS) {
  Deno.test(`sinch ${args.join(" ")}: ${text || "refused"}`, async () => {
    await using cli = new SandboxedCli();
    const run = await cli.run(args);
    if (text === "") {
      assertEquals([run.code, run.requests.length], [2, 0]);
      return;
    }
    assertEquals(run.code, 0, run.stderr);
    const { message_id } = args.includes("--json")
      ? JSON.parse(run.stdout)
      : { message_id: /01[0-9A-Z]{24}/.exec(run.stdout)![0] };
    const { app_message } = await cli.ask("GET", `messages/${message_id}`);
    assertEquals(app_message.text_message.text, text);
  });
}

Deno.test("sinch conversation apps create -- -x names an app -x", async () => {
  await using cli = new SandboxedCli();
  const run = await cli.run([
    ...["conversation", "apps", "create", "--json", "--", "-x"],
  ]);
  assertEquals(JSON.parse(run.stdout).display_name, "-x", run.stderr);
});

const REFUSED: [line: string, error: string][] = [
  ["conversation --json", "Missing command"],
  ["--json", "Missing command"],
  ["conversation messages --query a", "Missing command"],
  ["conversation send --channel", "--channel requires a value"],
  ["conversation send --channel --json", "--channel requires a value"],
  ["conversation send --json=yes", "--json takes no value"],
  ["conversation send --json=", "--json takes no value"],
  ["conversation send -c sms -c rcs", "--channel can be given only once"],
  [
    "upgrade --rollback --check",
    "--rollback and --check cannot be used together",
  ],
  ["conversation send a b c", 'Unexpected argument "c"'],
  ["conversation send -channel sms", 'Unknown option "-channel"'],
  ["conversation constructor", 'Unknown command "constructor"'],
  ["__proto__", 'Unknown command "__proto__"'],
  ["conversation send --constructor", 'Unknown option "--constructor"'],
  ["sandbox tap 01X", "Missing <choice>"],
  ["sandbox tap", "Missing: <message-id>, <choice>"],
];

for (const [line, error] of REFUSED) {
  Deno.test(`sinch ${line}: ${error}`, async () => {
    const run = await runCli([...line.split(" "), "--json"].slice(
      0,
      line.includes("--json") ? -1 : undefined,
    ));
    assertEquals([run.code, run.stdout, run.requests.length], [2, "", 0]);
    assertEquals(JSON.parse(run.stderr).error.message, error);
  });
}

Deno.test("a switch may be joined to another, and a number to its letter", () => {
  const read = (line: string) =>
    readCommandLine(TREE, line.split(" ")).options
      .map(({ option: { name }, value }) => [name, value]);
  assertEquals(read("conversation messages list -l5"), [["limit", "5"]]);
  assertEquals(read("conversation messages list -l=5"), [["limit", "5"]]);
  assertEquals(read("conversation messages delete 1 -fh"), [
    ["force", undefined],
    ["help", undefined],
  ]);
  // `-l` would take `f` for its value.
  assertEquals(read("conversation messages list -lf"), []);
});

Deno.test("one long word is read in no time", () => {
  const start = performance.now();
  for (const word of ["-", "--", "", "-l", "--x="]) {
    readCommandLine(TREE, [word + "a".repeat(1_000_000)]);
    readCommandLine(TREE, [word + "=".repeat(1_000_000)]);
  }
  assert(performance.now() - start < 2000);
});

Deno.test("there are enough awkward values to be of use", () => {
  assert(AWKWARD.length > 30 && LEAVES.length > 50);
});
