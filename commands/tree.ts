/** The tree of commands, and a command line read against it, as types. */
import type { Command } from "@cliffy/command";

/**
 * A command of which only its place in the tree matters. The type of a `Command`
 * has each of its options and arguments in it, so that no two commands share
 * one, and a tree of modules that are loaded by name can have none of them. What
 * a command's `run` gets is typed where the command is declared.
 */
// deno-lint-ignore no-explicit-any -- see above
export type AnyCommand = Command<any>;

export type Option = ReturnType<AnyCommand["getOptions"]>[number];

export interface GivenOption {
  option: Option;
  /** As it was typed: `-c` or `--channel`. */
  flag: string;
  /** `undefined` for a switch, or where the value is missing. */
  value?: string;
}

export interface CommandLine {
  /** The command that the first words name. */
  command: AnyCommand;
  /** Its arguments, without the words that name it. */
  args: string[];
  options: GivenOption[];
  /** The last option, while its value is missing. */
  pending?: Option;
  /** Words that look like a flag and are none. */
  unknownFlags: string[];
  /** All words before `--` and before the first unknown flag. */
  words: string[];
}
