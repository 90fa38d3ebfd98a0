import { assertEquals, assertMatch } from "@std/assert";
import { runCli } from "../run_cli.ts";

const MISTAKES: [line: string, error: string, hint: string][] = [
  [
    "convrsation",
    'Unknown command "convrsation"',
    "Did you mean conversation? See `sinch --help`.",
  ],
  [
    "conv snd",
    'Unknown command "snd"',
    "Did you mean send? See `sinch conversation --help`.",
  ],
  [
    "--profile=x conversation messages lst",
    'Unknown command "lst"',
    "Did you mean list? See `sinch conversation messages --help`.",
  ],
  [
    "config profile ues",
    'Unknown command "ues"',
    "Did you mean use? See `sinch config profile --help`.",
  ],
  [
    "frobnicate",
    'Unknown command "frobnicate"',
    "See `sinch --help`.",
  ],
  ["--jsno", 'Unknown option "--jsno"', "Did you mean --json?"],
  [
    "conversation send --chanel=SMS",
    'Unknown option "--chanel"',
    "Did you mean --channel? See `sinch conversation send --help`.",
  ],
  [
    "conversation send +15551234567 --bdy hi",
    'Unknown option "--bdy"',
    "See `sinch conversation send --help`.",
  ],
  [
    "conversation messages get --jsn x",
    'Unknown option "--jsn"',
    "Did you mean --json?",
  ],
];

for (const [line, error, hint] of MISTAKES) {
  Deno.test(`sinch ${line}: exit 2, and what was meant`, async () => {
    const { code, stdout, stderr, requests } = await runCli(line.split(" "));
    assertEquals([code, stdout, requests.length], [2, "", 0]);
    assertEquals(stderr.startsWith(`error: ${error}\nhint: ${hint}`), true);

    const asJson = await runCli([...line.split(" "), "--json"]);
    assertEquals([asJson.code, asJson.stdout], [2, ""]);
    const document = JSON.parse(asJson.stderr).error;
    assertEquals([document.code, document.message], ["USAGE", error]);
    assertEquals(document.hint.startsWith(hint), true);
  });
}

Deno.test("the value of an option may look like a flag", async () => {
  const { stderr } = await runCli([
    "config",
    "get",
    "--profile",
    "--jsn",
    "region",
  ]);
  assertMatch(stderr, /"--jsn" does not exist/);
});

Deno.test("`sinch conv` is `sinch conversation`", async () => {
  const [short, long] = await Promise.all(
    [["conv", "--help"], ["conversation", "--help"]].map((args) =>
      runCli(args)
    ),
  );
  assertEquals(short!.code, 0);
  assertEquals(short!.stdout, long!.stdout);
});
