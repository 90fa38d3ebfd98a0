/**
 * `sinch __complete -- <words>`: the completions of the last word, for the
 * scripts of `shells.ts`.
 *
 * The answer is a line `values` or `files` (complete file names too), then a
 * line for each value: the word, a tab, a description. It never fails, never
 * prompts and writes nothing to stderr, where a person is typing.
 */
import type { Guarded } from "../../output/door.ts";
import type { Cli } from "../cli.ts";
import { findOption, isGiven, readCommandLine } from "../command_line.ts";
import { TOPIC_NAMES } from "../help_command/topic_names.ts";
import { createBareRoot, createRoot } from "../root.ts";
import {
  type Candidate,
  type Candidates,
  ValueType,
} from "../../options/value_type.ts";
import type { AnyCommand, CommandLine } from "../tree.ts";
import { unusedIn } from "../unused_options.ts";

/** @param argv `__complete` and what follows it. */
export async function complete(
  cli: Cli,
  argv: readonly string[],
): Promise<void> {
  const words = argv.slice(argv.indexOf("--") + 1);
  const { files, candidates } = await completions(cli, words)
    .catch((): Completions => ({ candidates: [] }));
  const lines = candidates.map(({ value, text }) => `${value}\t${text}\n`);
  cli.runtime.stdout.write(
    `${files ? "files" : "values"}\n${lines.join("")}`,
  );
}

interface Completions {
  files?: boolean;
  candidates: Candidate[];
}

/** @param words Up to the cursor; the last one is being typed and may be empty. */
async function completions(cli: Cli, words: string[]): Promise<Completions> {
  const current = words.at(-1) ?? "";
  const quiet = { ...cli, path: ["sinch"], runtime: quietly(cli.runtime) };
  const before = words.slice(0, -1);
  const { words: names } = readCommandLine(createBareRoot(quiet), before);
  const helped = names[0] === "help" ? names.slice(1) : undefined;
  const inTopic = helped && await wordsOfTopic(helped);
  if (inTopic) return { candidates: matching(inTopic, current) };
  const root = await createRoot(quiet, helped ?? names);
  const line = readCommandLine(root, helped ?? before);
  const candidates = helped
    ? [...commandsOf(line), ...helped.length === 0 ? TOPICS : []]
    : undefined;
  return candidates
    ? { candidates: matching(candidates, current) }
    : await following(quiet, line, current);
}

/** What `sinch help channels` and `sinch help reasons` take. */
async function wordsOfTopic(
  [topic, ...taken]: readonly string[],
): Promise<Candidate[] | undefined> {
  const values = topic === "channels"
    ? Object.keys((await import("../../channels/channels.ts")).CHANNEL_RULES)
    : topic === "reasons"
    ? Object.keys((await import("../../channels/reasons.ts")).REASONS)
    : undefined;
  return values?.filter((value) => !taken.includes(value))
    .map((value) => ({ value, text: "" }));
}

const TOPICS = TOPIC_NAMES.filter((name) => name !== "sandbox")
  .map((value): Candidate => ({ value, text: "topic" }));

/** No word on stderr, and no keychain: a locked one opens a window. */
function quietly(runtime: Guarded): Guarded {
  return {
    ...runtime,
    stderr: {
      ...runtime.stderr,
      write: () => {},
      reveal: () => Promise.resolve(),
    },
    run: () => Promise.resolve(undefined),
  };
}

async function following(
  cli: Cli,
  line: CommandLine,
  current: string,
): Promise<Completions> {
  const { command, pending, args } = line;
  if (pending) {
    return await shown(cli, line, kindOf(command, pending.args[0]), current);
  }
  const [, flag, value] = /^(--[\w-]+=)(.*)$/s.exec(current) ?? [];
  if (flag !== undefined) {
    const option = findOption(command, flag.slice(0, -1));
    const kind = option && kindOf(command, option.args[0]);
    return await shown(cli, line, kind, value!, flag);
  }
  if (current.startsWith("-")) {
    return { candidates: matching(flagsLeft(line), current) };
  }
  const { files, candidates } = await shown(
    cli,
    line,
    kindOf(command, command.getArguments()[args.length]),
    current,
  );
  const words = [...matching(commandsOf(line), current), ...candidates];
  if (files || words.length > 0 || command.hasArguments()) {
    return { files, candidates: words };
  }
  return { candidates: matching(flagsLeft(line), current) };
}

/** The kind of a declared value; with `list`, several of them between commas. */
interface Kind {
  candidates: Candidates;
  list: boolean;
}

function kindOf(
  command: AnyCommand,
  declared: { type: string; list?: boolean } | undefined,
): Kind | undefined {
  if (!declared) return undefined;
  const handler = command.getType(declared.type)?.handler;
  return {
    // A text has none, but can be in a file.
    candidates: handler instanceof ValueType ? handler.candidates : [],
    list: declared.list ?? false,
  };
}

/** @param before The part of the word before the value, such as `--app=`. */
async function shown(
  cli: Cli,
  line: CommandLine,
  kind: Kind | undefined,
  current: string,
  before = "",
): Promise<Completions> {
  if (!kind) return { candidates: [] };
  const { candidates: known, list } = kind;
  if (known === "files" || current.startsWith("@")) {
    return { files: true, candidates: [] };
  }
  const candidates = "live" in known
    ? await (await import("./live_values.ts")).liveValues(
      cli,
      known.live,
      new Map(line.options.map(({ option, value }) => [option.name, value])),
      line.command.getPath().startsWith("sinch sandbox "),
    )
    : known;
  // Of a comma list, the last part is being typed.
  const start = list ? current.slice(0, current.lastIndexOf(",") + 1) : "";
  const taken = start.split(",");
  return {
    candidates: matching(
      candidates.filter(({ value }) => !taken.includes(value)),
      current.slice(start.length),
      before + start,
    ),
  };
}

/** Channels and the like are typed in any case. */
function matching(
  candidates: readonly Candidate[],
  current: string,
  before = "",
): Candidate[] {
  const typed = current.toLowerCase();
  return candidates
    .filter(({ value }) => value.toLowerCase().startsWith(typed))
    .map(({ value, text }) => ({ value: before + value, text }));
}

function commandsOf({ command, args }: CommandLine): Candidate[] {
  if (args.length > 0) return [];
  return command.getCommands().map((child) => ({
    value: child.getName(),
    text: child.getShortDescription(),
  }));
}

/** The long flags that may still be given. */
function flagsLeft(line: CommandLine): Candidate[] {
  const unused = unusedIn(line.command);
  const left = line.command.getOptions().filter(({ name, collect }) =>
    (collect || !isGiven(line, name)) && !unused.includes(name)
  );
  const own = left.filter(({ global }) => !global);
  const options = [...own, ...left.filter(({ global }) => global)];
  return options.flatMap(({ flags, description }) =>
    flags.filter((flag) => flag.startsWith("--"))
      .map((value) => ({ value, text: description }))
  );
}
