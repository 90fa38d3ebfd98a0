/**
 * Common options that would do nothing in some commands. They are refused: a
 * `--region` that is ignored looks as if it had been obeyed.
 */
import { type Failure, usageError } from "../errors.ts";
import { suggest } from "../runtime/suggest.ts";
import type { AnyCommand, CommandLine } from "./tree.ts";

const NO_REQUEST = "The command makes no request to the API.";

/** The first words of commands, the options that they have no use for, and why. */
const UNUSED: [
  path: string,
  options: readonly string[],
  why: string,
][] = [
  [
    "sandbox env",
    ["sandbox", "profile", "region", "env-file", "curl"],
    "It prints the variables of the sandbox that was started last.",
  ],
  [
    "sandbox start",
    ["sandbox", "profile", "region", "curl"],
    "The sandbox has no profiles and regions; it serves one test account.",
  ],
  [
    "sandbox",
    ["profile", "region", "curl"],
    "The sandbox has no profiles and regions; it serves one test account.",
  ],
  [
    "help",
    ["json", "query", "curl", "sandbox", "profile", "region", "env-file"],
    "Help is text for people, and needs no account.",
  ],
  [
    "completion",
    ["curl", "sandbox", "profile", "region", "env-file"],
    "The script is the same for every account.",
  ],
  [
    "upgrade",
    ["curl", "sandbox", "profile", "region"],
    "The command changes only this program.",
  ],
  ["config profile list", ["curl", "sandbox", "region", "profile"], NO_REQUEST],
  [
    "config profile",
    ["curl", "sandbox", "region", "profile"],
    "The profile is the argument of the command.",
  ],
  ["config set", ["curl", "sandbox", "region"], NO_REQUEST],
  ["config", ["curl"], NO_REQUEST],
  ["auth logout", ["curl", "region"], NO_REQUEST],
  ["auth token", ["curl"], "A token is not fetched with curl."],
];

function entryOf(command: AnyCommand) {
  const path = command.getPath().split(" ").slice(1).join(" ");
  const [, unused = [], why] =
    UNUSED.find(([start]) => `${path} `.startsWith(`${start} `)) ?? [];
  return { path, unused, why };
}

/** The names of the common options that the command would ignore. */
export function unusedIn(command: AnyCommand): readonly string[] {
  return entryOf(command).unused;
}

/** @returns usage: an option that the command would ignore. */
export function unusedOption(
  { command, options }: CommandLine,
): Failure | undefined {
  const { path, unused, why } = entryOf(command);
  const given = options.find(({ option }) => unused.includes(option.name));
  if (!given) return undefined;
  const { option: { name }, value } = given;
  const isValue = path === "config set" && name === "region";
  return usageError(
    `--${name} cannot be used with ${path}`,
    isValue
      ? `Did you mean \`${suggest`config set ${`region=${value}`}`}\`?`
      : why,
  );
}
