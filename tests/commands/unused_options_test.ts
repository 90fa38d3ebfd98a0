/** Common options that a command has no use for are refused, not ignored. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { leavesOf, nameOf, wholeTree } from "../command_tree.ts";
import { runCli } from "../run_cli.ts";

const VALUES: Record<string, string[]> = {
  json: [],
  query: ["x"],
  curl: [],
  sandbox: [],
  profile: ["work"],
  region: ["eu"],
  "env-file": [".env"],
};

const LOCAL = ["profile", "region", "curl"];

/** By the first words of commands; a command that asks the API uses them all. */
const UNUSED: [path: string, options: string[]][] = [
  ["help", Object.keys(VALUES)],
  ["completion", [...LOCAL, "sandbox", "env-file"]],
  ["upgrade", [...LOCAL, "sandbox"]],
  ["sandbox", LOCAL],
  ["sandbox env", ["sandbox", "env-file"]],
  ["sandbox start", ["sandbox"]],
  ["config profile", [...LOCAL, "sandbox"]],
  ["config set", ["region", "curl", "sandbox"]],
  ["config get", ["curl"]],
  ["config list", ["curl"]],
  ["auth logout", ["region", "curl"]],
  ["auth token", ["curl"]],
];

const LEAVES = leavesOf(await wholeTree()).map(nameOf);

for (const [path, options] of UNUSED) {
  const commands = LEAVES.filter((name) =>
    name === path || name.startsWith(`${path} `)
  );
  Deno.test(`${path}: ${options.join(", ")} are refused`, async () => {
    assertEquals(commands.length > 0, true);
    for (const command of commands) {
      for (const option of options) {
        const { code, stdout, stderr } = await runCli(
          [...command.split(" "), `--${option}`, ...VALUES[option]!],
        );
        assertEquals([code, stdout], [2, ""], `${command} --${option}`);
        assertStringIncludes(stderr, `--${option} cannot be used with`);
      }
    }
  });
}
