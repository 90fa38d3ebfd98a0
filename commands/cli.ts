/** What every command module is handed, and how command modules are found. */
import { Command } from "@cliffy/command";
import { usageError } from "../errors.ts";
import type { Guarded } from "../output/door.ts";
import type { CommonFlags } from "./common_options.ts";
import { unknownCommand } from "./did_you_mean.ts";
import { named } from "./mistakes.ts";
import type { AnyCommand } from "./tree.ts";

export interface Cli {
  readonly runtime: Guarded;
  /** Aborted by Ctrl-C; its reason is a `Failure` of kind `interrupted`. */
  readonly signal: AbortSignal;
  /** Load every command, not just the one called: completions, docs, tests. */
  readonly loadAll?: boolean;
  /** The names of the commands that were called, as far as they are known. */
  readonly path: string[];
  /** Set by an action whose answer is a no. */
  exitCode: number;
  /** How long the command may take to end after Ctrl-C, if not two seconds. */
  graceMs?: number;
}

/** A command that is loaded only when it is called. */
export interface Entry {
  name: string;
  aliases?: readonly string[];
  /** One line for the list of its parent. */
  summary: string;
  /**
   * The module; its `create` builds the command. A group's `create` is handed
   * the words that follow its own name on the command line.
   */
  load(): Promise<
    { create(cli: Cli, words: string[]): AnyCommand | Promise<AnyCommand> }
  >;
}

export interface Group {
  summary: string;
  entries: readonly Entry[];
  /** A title, which begins with a verb, and a command line each; those of `itself` come first. */
  examples?: readonly (readonly [title: string, line: string])[];
  /** What the group does without the name of a child; else it shows its help. */
  itself?(cli: Cli): AnyCommand;
}

const BARE = "<command>";

/** Whether the command does nothing without the name of a child. */
export function isBareGroup(command: AnyCommand): boolean {
  return command.getUsage() === BARE;
}

/**
 * What a command that has children exports as `create`. It is handed the words
 * that follow the group's name on the command line.
 */
export const group =
  ({ summary, entries, examples = [], itself }: Group) =>
  async (cli: Cli, words: string[]): Promise<AnyCommand> => {
    const bare: AnyCommand = new Command();
    const command = (itself?.(cli) ?? bare.action(showGroup(cli)))
      .description(summary)
      .usage(itself ? "[command]" : BARE);
    for (const [title, line] of examples) command.example(title, line);
    await addEntries(cli, command, entries, words);
    return command;
  };

/** The action of a command that only has children: a program cannot read help. */
export function showGroup(cli: Cli) {
  return function (this: AnyCommand, { json, query }: CommonFlags): void {
    if (!json && query === undefined) {
      return cli.runtime.stdout.write(this.getHelp());
    }
    throw usageError("Missing command", `See \`${this.getPath()} --help\`.`);
  };
}

/**
 * Adds the entry that `words` name as it is, the others by name and summary.
 *
 * @throws {Failure} usage: they name none
 */
export async function addEntries(
  cli: Cli,
  command: AnyCommand,
  entries: readonly Entry[],
  words: string[],
): Promise<void> {
  // `sinch conversation help send` asks for the help of `send`.
  const isHelp = words[0] === "help" && !named("help", entries);
  const [word, ...rest] = isHelp ? words.slice(1) : words;
  const called = word === undefined ? undefined : named(word, entries);
  if (word !== undefined && !called) {
    const names = entries.map(({ name }) => name);
    throw unknownCommand(word, cli.path, names, rest);
  }
  if (called) cli.path.push(called.name);
  for (const entry of entries) {
    const child: AnyCommand = entry === called || cli.loadAll
      ? await (await entry.load()).create(cli, entry === called ? rest : [])
      : new Command().description(entry.summary);
    command.command(entry.name, child);
    for (const alias of entry.aliases ?? []) child.alias(alias);
  }
  // `command.command` selects the child; later calls mean the parent again.
  command.reset();
}
