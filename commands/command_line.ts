/**
 * A command line read against the tree of commands, without running it: how far
 * it has come, for completion, and which of its flags nobody knows, for "did you
 * mean". Cliffy tells neither.
 */
import type { AnyCommand } from "./cli.ts";

export type Option = ReturnType<AnyCommand["getOptions"]>[number];

export interface CommandLine {
  /** The command that the words name. */
  command: AnyCommand;
  /** How many of its arguments are there. */
  argumentCount: number;
  /** The value of each option so far, by its name; `undefined` for a switch. */
  given: Map<string, string | undefined>;
  /** The option that waits for its value. */
  pending?: Option;
  /** Words that look like a flag and are none. */
  unknownFlags: string[];
}

/** @param words Without the name of `root` itself. */
export function readCommandLine(
  root: AnyCommand,
  words: readonly string[],
): CommandLine {
  const line: CommandLine = {
    command: root,
    argumentCount: 0,
    given: new Map(),
    unknownFlags: [],
  };
  for (const word of words) {
    if (word === "--") break;
    const { pending } = line;
    line.pending = undefined;
    // In the place of a value that may be left out, a flag is a flag.
    const isLeftOut = pending?.args[0]?.optional && looksLikeFlag(word);
    if (pending) line.given.set(pending.name, isLeftOut ? undefined : word);
    if (pending && !isLeftOut) continue;
    if (looksLikeFlag(word)) readFlag(line, word);
    else readWord(line, word);
  }
  return line;
}

/** The option that a flag such as `-c` or `--channel` names. */
export function findOption(
  command: AnyCommand,
  flag: string,
): Option | undefined {
  return command.getOptions(true).find(({ flags }) => flags.includes(flag));
}

function readFlag(line: CommandLine, word: string): void {
  const [flag, ...value] = word.split("=");
  const option = findOption(line.command, flag!);
  if (!option) line.unknownFlags.push(flag!);
  else if (value.length > 0) line.given.set(option.name, value.join("="));
  else if (option.args.length > 0) line.pending = option;
  else line.given.set(option.name, undefined);
}

function readWord(line: CommandLine, word: string): void {
  const child = line.argumentCount === 0
    ? line.command.getCommand(word, true)
    : undefined;
  if (child) line.command = child;
  else line.argumentCount++;
}

/** Not `-`, which is standard input, nor a negative number. */
function looksLikeFlag(word: string): boolean {
  return /^--?[a-z]/i.test(word);
}
