/** What to type instead, for what people type who know other programs. */
import { suggest } from "../runtime/suggest.ts";
import type { AnyCommand, CommandLine } from "./tree.ts";

/** Other words for a command, accepted in every group that has no such command. */
const SYNONYMS = new Map([
  ["ls", "list"],
  ["new", "create"],
  ["add", "create"],
  ["show", "get"],
  ["rm", "delete"],
  ["remove", "delete"],
  ["edit", "update"],
  ["close", "stop"],
]);

/** The one of `all` that a word names: by its name, an alias, or a synonym. */
export function named<
  Command extends { name: string; aliases?: readonly string[] },
>(word: string, all: readonly Command[]): Command | undefined {
  const find = (word: string) =>
    all.find(({ name, aliases }) => name === word || aliases?.includes(word));
  return find(word) ?? find(SYNONYMS.get(word) ?? "");
}

/** The command of a group that a word names. */
export function childNamed(
  command: AnyCommand,
  word: string,
): AnyCommand | undefined {
  const all = command.getCommands().map((child) => ({
    child,
    name: child.getName(),
    aliases: child.getAliases(),
  }));
  return named(word, all)?.child;
}

/** Where a command is, by the words that it is looked for with. */
const ELSEWHERE = new Map([
  ...["send", "messages", "contacts", "conversations", "apps", "webhooks"]
    .concat("templates").map((name) => [name, `conversation ${name}`] as const),
  ...["login", "logout", "token"].map((name) =>
    [name, `auth ${name}`] as const
  ),
  ["status", "auth status"],
  ["whoami", "auth status"],
  ["auth whoami", "auth status"],
  ["config unset", "config set key="],
  ["profile", "config profile"],
  ["profiles", "config profile list"],
  ["version", "--version"],
  ["update", "upgrade"],
  ...["start", "reply", "tap", "rule", "clock", "trigger", "callbacks"]
    .map((name) => [name, `sandbox ${name}`] as const),
]);

/**
 * The words of the command that `words` (without `sinch`) are meant for.
 *
 * @param rest What was typed after them.
 */
export function elsewhere(
  words: readonly string[],
  [first]: readonly string[] = [],
): string | undefined {
  const found = ELSEWHERE.get(words.join(" "));
  return first === undefined ? found : found?.replace("key=", `${first}=`);
}

/** What {@linkcode elsewhere} knows in a group, such as `["auth"]`. */
export function wordsElsewhere(group: readonly string[]): string[] {
  return [...ELSEWHERE.keys()].map((words) => words.split(" "))
    .filter((words) => words.slice(0, -1).join(" ") === group.join(" "))
    .map((words) => words.at(-1)!);
}

const FORMAT = "Use --json for JSON; lists also have --jsonl and --csv.";
const QUIET =
  "Results go to stdout and notes to stderr: redirect stderr to see results only.";

const FLAGS = new Map([
  ["-v", "Use --version for the version, --debug to log requests."],
  ["--verbose", "Use --debug."],
  ["-q", QUIET],
  ["--quiet", QUIET],
  ["--silent", QUIET],
  ["-o", FORMAT],
  ["--output", FORMAT],
  ["--format", FORMAT],
]);

/** Options that are arguments here, by the place of the argument. */
const ARGUMENTS = [
  ["--to", "--recipient", "--phone", "--number", "-r"],
  ["--message", "--text", "--body", "--msg"],
];

/** What to type instead of an option that the command does not have. */
export function instead(
  { command, args }: CommandLine,
  flag: string,
): string | undefined {
  const path = command.getPath();
  if (path === "sinch config set" && flag.startsWith("--")) {
    return `Write key=value: \`${suggest`config set ${`${flag.slice(2)}=${
      args[0] ?? "value"
    }`}`}\``;
  }
  const place = takesText(command)
    ? ARGUMENTS.findIndex((flags) => flags.includes(flag))
    : -1;
  if (place >= 0) {
    const what = ["recipient is the first", "text is the second"][place];
    const words = path.split(" ").slice(1);
    return `The ${what} argument: \`${suggest`${words} +15551234567 "Hello"`}\`.`;
  }
  return FLAGS.get(flag) ?? apart(command, flag);
}

/** `-csms,rcs`: an option and its value in one word that could be a typing error. */
function apart(command: AnyCommand, flag: string): string | undefined {
  const [, short = "", value] = /^(-[a-z])([^-].*)$/is.exec(flag) ?? [];
  const options = command.getOptions(true);
  const isLong = options.some(({ flags }) => flags.includes(`-${flag}`));
  const option = options.find(({ flags }) => flags.includes(short));
  return value && !isLong && option?.args.length
    ? `Did you mean ${short} ${value}?`
    : undefined;
}

/** A recipient, then a text. */
function takesText(command: AnyCommand): boolean {
  return ["sinch conversation send", "sinch sandbox reply"]
    .includes(command.getPath());
}

const PHONE_NUMBER = /^\+?\d[\d\s().-]{5,}$/;

/** What to type instead of arguments that the command does not take. */
export function insteadOfArguments(
  { command, args }: CommandLine,
): string | undefined {
  const path = command.getPath();
  const most = command.getArguments().length;
  const surplus = args[most];
  if (surplus === undefined) return undefined;
  if (takesText(command)) {
    return args.slice(1, -1).every((word) => PHONE_NUMBER.test(word))
      ? "Give one recipient. Run the command once for each."
      : `Quote the text: "${args.slice(1).join(" ")}"`;
  }
  if (path === "sinch completion") {
    return `Did you mean \`${suggest`completion --shell ${surplus}`}\`?`;
  }
  const target = command.getOptions().find(({ name }) => name === "target");
  return target && /^https?:/i.test(surplus)
    ? `Did you mean --target ${surplus}?`
    : undefined;
}
