/** Command lines that are shown for pasting. */

import { quoteForShell } from "./shell.ts";

/** The common flags that say which account and which API a command is about. */
const REPEATED = ["--profile", "--region", "--env-file"];

/** Those of this process's own command line. */
let given: string[][] = [];

let typed: readonly string[] = [];

/** Sets the command line whose flags every suggested command repeats. */
export function suggestFor(args: readonly string[]): void {
  given = givenFlags(args);
  typed = args;
}

/** The command line as it was typed, with these flags and arguments as well. */
export function typedWith(words: readonly string[]): string {
  const end = typed.indexOf("--");
  const before = end < 0 ? typed : typed.slice(0, end);
  const after = end < 0 ? [] : typed.slice(end);
  return ["sinch", ...[...before, ...words, ...after].map(quoteForShell)]
    .join(" ");
}

/**
 * A command that a person may paste, for the account that this one is for: the
 * flags `--sandbox`, `--profile`, `--region` and `--env-file` are repeated as they
 * were given. Inserted values are quoted, one word each, or one for each of a
 * list: `` suggest`conversation messages get ${id}` ``.
 */
export function suggest(
  texts: TemplateStringsArray,
  ...values: (string | readonly string[])[]
): string {
  const words = values.map((value) =>
    typeof value === "string"
      ? quoteValue(value)
      : value.map(quoteForShell).join(" ")
  );
  const command = String.raw({ raw: texts }, ...words);
  const flags = given.filter(([flag]) => !names(command, flag!));
  return ["sinch", command, ...flags.flat().map(quoteForShell)].join(" ");
}

/** Whether the command has the flag, or cannot take it. */
function names(command: string, flag: string): boolean {
  return /^(?:--version|upgrade|completion)/.test(command) ||
    command.includes(` ${flag} `) ||
    flag === "--region" && command.startsWith("config set region=") ||
    flag === "--profile" && command.startsWith("config profile ") ||
    /^--(profile|region)$/.test(flag) && command.startsWith("sandbox ");
}

/** A value from elsewhere that begins with a dash would be taken for a flag. */
function quoteValue(value: string): string {
  return value.startsWith("-") ? "<value>" : quoteForShell(value);
}

function givenFlags(args: readonly string[]): string[][] {
  const end = args.indexOf("--");
  const words = end < 0 ? args : args.slice(0, end);
  const valued = REPEATED.flatMap((flag) => {
    const at = words.findLastIndex((word) =>
      word === flag || word.startsWith(`${flag}=`)
    );
    const value = words[at] === flag
      ? words[at + 1]
      : words[at]?.slice(flag.length + 1);
    return value ? [[flag, value]] : [];
  });
  return words.includes("--sandbox") ? [["--sandbox"], ...valued] : valued;
}
