/**
 * The one reading of argv: which command is called, with which options and
 * arguments, and whether help or JSON is wanted. Everything is taken from the
 * declared options and arguments, and what is wrong is refused here. Cliffy gets
 * the result in a form that its versions read alike; it types the values and
 * calls the command.
 */
import { nearest } from "../options/nearest.ts";
import { type Failure, usageError } from "../errors.ts";
import { markedArgument, ValueType } from "../options/value_type.ts";
import { isPowerShell } from "../runtime/shell.ts";
import { unknownCommand } from "./did_you_mean.ts";
import { childNamed, instead, insteadOfArguments } from "./mistakes.ts";
import type { AnyCommand, CommandLine, GivenOption, Option } from "./tree.ts";
import { unusedOption } from "./unused_options.ts";

/** How the official CLI spells an option of ours. */
const OTHER_SPELLINGS = new Map([["--no-interactive", "--non-interactive"]]);

/**
 * Reads `argv` (without the name of `root` itself) as far as the tree below
 * `root` is loaded. Nothing is thrown: completion reads half-typed lines.
 */
export function readCommandLine(
  root: AnyCommand,
  argv: readonly string[],
): CommandLine {
  const line: CommandLine = {
    command: root,
    args: [],
    options: [],
    unknownFlags: [],
    words: [],
  };
  for (let at = 0; at < argv.length; at++) {
    const word = argv[at]!;
    if (word === "--") {
      line.args.push(...argv.slice(at + 1));
      line.pending = undefined;
      break;
    }
    const flags = readFlags(line.command, word);
    // A declared option is never the value of another: that one was forgotten.
    if (line.pending && (!flags || flags === "unknown")) {
      if (takesValue(line, line.pending, word, flags)) {
        line.options.at(-1)!.value = word;
        line.pending = undefined;
        continue;
      }
    }
    line.pending = undefined;
    if (flags === "unknown") line.unknownFlags.push(word.split("=")[0]!);
    else if (flags) readOptions(line, flags);
    else readWord(line, word);
  }
  return line;
}

/** The option that a flag such as `-c` or `--channel` names. */
export function findOption(
  command: AnyCommand,
  flag: string,
): Option | undefined {
  const name = OTHER_SPELLINGS.get(flag) ?? flag;
  return command.getOptions(true).find(({ flags }) => flags.includes(name));
}

export function isGiven({ options }: CommandLine, ...names: string[]): boolean {
  return options.some(({ option }) => names.includes(option.name));
}

/** Whether errors are to be JSON, too. */
export function wantsJson(line: CommandLine): boolean {
  return isGiven(line, "json", "jsonl", "query");
}

/** @throws {Failure} usage: what the command does not take, or cannot do without. */
export function checkCommandLine(line: CommandLine): void {
  const fault = unknownFlag(line) ?? faultyOption(line) ??
    unusedOption(line) ?? faultyArgument(line);
  if (fault) throw fault;
}

/**
 * The words that Cliffy gets: names in full, each value tied to its option.
 * Each argument is marked, so that none is taken for an option, a command or
 * nothing; `argumentText` takes the mark off again.
 */
export function cliffyArgs({ command, args, options }: CommandLine): string[] {
  return [
    ...command.getPath().split(" ").slice(1),
    ...args.map(markedArgument),
    ...options.map(({ option: { name }, value }) =>
      value === undefined ? `--${name}` : `--${name}=${value}`
    ),
  ];
}

/** The options that a word names, `undefined` if it is an argument. */
function readFlags(
  command: AnyCommand,
  word: string,
): GivenOption[] | "unknown" | undefined {
  if (!/^--?[a-z]/i.test(word)) return undefined;
  const [, flag = word, , value] = /^([^=]*)(=(.*))?$/s.exec(word) ?? [];
  const option = findOption(command, flag);
  if (option) return [{ option, flag, value }];
  const attached = readAttached(command, word);
  if (attached) return [attached];
  return readLetters(command, flag, value) ??
    (/\s/.test(word) ? undefined : "unknown");
}

/** `-csms`, `-a01HW…`: a value that cannot be more letters of options. */
function readAttached(
  command: AnyCommand,
  word: string,
): GivenOption | undefined {
  const flag = word.slice(0, 2);
  const value = word.slice(2);
  const option = findOption(command, flag);
  const [arg] = option?.args ?? [];
  if (!option || !arg || value === "" || /^[-=]/.test(value)) return undefined;
  const handler = command.getType(arg.type)?.handler;
  const words = handler instanceof ValueType ? handler.words : [];
  const isWord = words.some((one) => one.toUpperCase() === value.toUpperCase());
  return isWord || /^[^a-z]/i.test(value) ? { option, flag, value } : undefined;
}

/** `-fl 5`: switches, and at most the last one takes a value; `-l5` has its own. */
function readLetters(
  command: AnyCommand,
  flag: string,
  given: string | undefined,
): GivenOption[] | undefined {
  const [, letters, digits] = /^-([a-z]+)(\d+)?$/i.exec(flag) ?? [];
  if (!letters || digits && given !== undefined) return undefined;
  const flags: GivenOption[] = [];
  for (const letter of letters) {
    const option = findOption(command, `-${letter}`);
    if (!option) return undefined;
    flags.push({ option, flag: `-${letter}` });
  }
  flags.at(-1)!.value = given ?? digits;
  return flags.slice(0, -1).some(({ option }) => option.args.length > 0)
    ? undefined
    : flags;
}

/** A value that may be left out is one that looks like it, and not like a flag. */
function takesValue(
  { command }: CommandLine,
  { args: [arg] }: Option,
  word: string,
  flags: "unknown" | undefined,
): boolean {
  // An empty value is refused later.
  if (!arg?.optional || word === "") return true;
  const handler = command.getType(arg.type)?.handler;
  return flags === undefined &&
    (!(handler instanceof ValueType) || handler.like.test(word));
}

function readOptions(line: CommandLine, flags: GivenOption[]): void {
  line.options.push(...flags);
  const { option, value } = flags.at(-1)!;
  if (option.args.length > 0 && value === undefined) line.pending = option;
}

function readWord(line: CommandLine, word: string): void {
  if (line.unknownFlags.length === 0) line.words.push(word);
  const hasOwn = line.options.some(({ option }) => !option.global);
  const isName = line.args.length === 0 && !hasOwn &&
    line.command.hasCommands();
  const child = isName ? childNamed(line.command, word) : undefined;
  const help = isName && word === "help"
    ? findOption(line.command, "--help")
    : undefined;
  if (child) line.command = child;
  else if (help) line.options.push({ option: help, flag: "--help" });
  else line.args.push(word);
}

function unknownFlag(line: CommandLine): Failure | undefined {
  const { command, unknownFlags: [flag] } = line;
  if (flag === undefined) return undefined;
  const known = command.getOptions().flatMap(({ flags }) => flags)
    .filter((flag) => flag.startsWith("--"));
  const similar = nearest(flag, known);
  const other = instead(line, flag);
  return usageError(
    `Unknown option "${flag}"`,
    other !== undefined
      ? `${other} ${see(line)}`
      : similar !== undefined
      ? `Did you mean ${similar}? ${see(line)}`
      : command.hasArguments()
      ? `${see(line)} Put -- before an argument that starts with a dash.`
      : see(line),
  );
}

function faultyOption(line: CommandLine): Failure | undefined {
  const seen = new Set<string>();
  for (
    const { option: { name, args: [arg], collect }, value } of line.options
  ) {
    const fault = arg === undefined
      ? value !== undefined && "takes no value"
      // Cliffy 1.2 drops a blank value that may be left out.
      : value === "" || arg.optional && value?.trim() === ""
      ? "must not be empty"
      : value === undefined && !arg.optional && "requires a value";
    if (fault) {
      const isLost = isPowerShell() && fault === "requires a value";
      const quote = "In PowerShell, quote @file: '@file.json'. ";
      return usageError(
        `--${name} ${fault}`,
        `${isLost ? quote : ""}${see(line)}`,
      );
    }
    if (seen.has(name) && !collect) {
      return usageError(`--${name} can be given only once`, see(line));
    }
    seen.add(name);
  }
  for (const { option: { name, depends = [] } } of line.options) {
    const other = depends.find((other) => !seen.has(other));
    if (other) return usageError(`--${name} requires --${other}`, see(line));
  }
  for (const { option: { name, conflicts = [] } } of line.options) {
    const other = conflicts.find((other) => seen.has(other));
    if (!other) continue;
    return usageError(
      `--${name} and --${other} cannot be used together`,
      see(line),
    );
  }
  return undefined;
}

function faultyArgument(line: CommandLine): Failure | undefined {
  const { command, args } = line;
  const declared = command.getArguments();
  const placeholder = ({ name, optional }: typeof declared[number]) =>
    optional ? `[${name}]` : `<${name}>`;
  const isEndless = declared.at(-1)?.variadic;
  const surplus = isEndless ? undefined : args[declared.length];
  if (surplus !== undefined) {
    const commands = command.getCommands().map((child) => child.getName());
    if (commands.length > 0 && !childNamed(command, surplus)) {
      return unknownCommand(surplus, command.getPath().split(" "), commands);
    }
    return usageError(
      `Unexpected argument "${surplus}"`,
      insteadOfArguments(line) ?? see(line),
    );
  }
  const empty = args.indexOf("");
  if (empty >= 0) {
    const at = declared[empty] ?? declared.at(-1)!;
    return usageError(`${placeholder(at)} must not be empty`, see(line));
  }
  const missing = declared.slice(args.length).filter(({ optional }) =>
    !optional
  );
  return missing.length === 0 ? undefined : usageError(
    missing.length === 1
      ? `Missing ${placeholder(missing[0]!)}`
      : `Missing: ${missing.map(placeholder).join(", ")}`,
    see(line),
  );
}

function see({ command }: CommandLine): string {
  return `See \`${command.getPath()} --help\`.`;
}
