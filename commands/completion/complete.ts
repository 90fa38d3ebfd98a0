/**
 * `sinch __complete -- <words>`: what may stand in the place of the last word.
 * The scripts of `shells.ts` ask; people never do.
 *
 * The answer is a line `values` or `files` (complete file names, too), then a
 * line for each value: the word, a tab, a description. It never fails, asks
 * nobody anything and writes nothing to stderr: somebody is typing there.
 */
import { Command } from "@cliffy/command";
import type { Runtime } from "../../runtime/runtime.ts";
import type { AnyCommand, Cli } from "../cli.ts";
import {
  type CommandLine,
  findOption,
  readCommandLine,
} from "../command_line.ts";
import { TOPIC_NAMES } from "../help_command/topic_names.ts";
import { arrange, createRoot } from "../root.ts";
import {
  argumentValues,
  type Candidate,
  optionValues,
  type Values,
} from "./values.ts";

export function create(cli: Cli): AnyCommand {
  return (new Command() as AnyCommand)
    .description("Answer the completion scripts.")
    .action(async () => {
      const { args, stdout } = cli.runtime;
      const words = args.slice(args.indexOf("--") + 1);
      const { files, candidates } = await completions(cli, words)
        .catch((): Completions => ({ candidates: [] }));
      const lines = candidates.map(({ value, text }) => `${value}\t${text}\n`);
      stdout.write(`${files ? "files" : "values"}\n${lines.join("")}`);
    });
}

interface Completions {
  files?: boolean;
  candidates: Candidate[];
}

/** @param words Up to the cursor; the last one is being typed and may be empty. */
async function completions(cli: Cli, words: string[]): Promise<Completions> {
  const current = words.at(-1) ?? "";
  const { words: names, args } = arrange(words.slice(0, -1));
  const quiet = { ...cli, path: ["sinch"], runtime: quietly(cli.runtime) };
  const helped = names[0] === "help" ? names.slice(1) : undefined;
  const root = await createRoot(quiet, helped ?? names);
  const line = readCommandLine(root, helped ?? args);
  const candidates = helped
    ? [...commandsOf(line), ...helped.length === 0 ? TOPICS : []]
    : undefined;
  return candidates
    ? { candidates: matching(candidates, current) }
    : await complete(quiet, line, current);
}

const TOPICS = TOPIC_NAMES.filter((name) => name !== "sandbox")
  .map((value): Candidate => ({ value, text: "topic" }));

/** No word on stderr, and no keychain: a locked one opens a window. */
function quietly(runtime: Runtime): Runtime {
  return {
    ...runtime,
    stderr: { ...runtime.stderr, write: () => {} },
    run: () => Promise.resolve(undefined),
  };
}

async function complete(
  cli: Cli,
  line: CommandLine,
  current: string,
): Promise<Completions> {
  const { command, pending, argumentCount } = line;
  if (pending) {
    return await shown(cli, line, optionValues(command, pending), current);
  }
  const [, flag, value] = /^(--[\w-]+=)(.*)$/s.exec(current) ?? [];
  if (flag !== undefined) {
    const option = findOption(command, flag.slice(0, -1));
    const values = option && optionValues(command, option);
    return await shown(cli, line, values, value!, flag);
  }
  if (/^-./.test(current)) {
    return { candidates: matching(flagsLeft(line), current) };
  }
  const { files, candidates } = await shown(
    cli,
    line,
    argumentValues(command, argumentCount),
    current,
  );
  const words = [...matching(commandsOf(line), current), ...candidates];
  if (files || words.length > 0 || command.hasArguments()) {
    return { files, candidates: words };
  }
  return { candidates: matching(flagsLeft(line), current) };
}

/** @param before What stands in the word before the value, such as `--app=`. */
async function shown(
  cli: Cli,
  line: CommandLine,
  values: Values | undefined,
  current: string,
  before = "",
): Promise<Completions> {
  if (values === undefined) return { candidates: [] };
  if (values === "files" || current.startsWith("@")) {
    return { files: true, candidates: [] };
  }
  const candidates = "fixed" in values
    ? values.fixed
    : await (await import("./live_values.ts")).liveValues(
      cli,
      values.live,
      line.given,
    );
  // Of a comma list, the last part is being typed.
  const start = values.list
    ? current.slice(0, current.lastIndexOf(",") + 1)
    : "";
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

function commandsOf({ command, argumentCount }: CommandLine): Candidate[] {
  if (argumentCount > 0) return [];
  return command.getCommands().map((child) => ({
    value: child.getName(),
    text: child.getShortDescription(),
  }));
}

/** The long flags that may still be given. */
function flagsLeft({ command, given }: CommandLine): Candidate[] {
  const left = command.getOptions()
    .filter(({ name, collect }) => collect || !given.has(name));
  const own = left.filter(({ global }) => !global);
  const options = [...own, ...left.filter(({ global }) => global)];
  const flags = options.flatMap(({ flags, description }) =>
    flags.filter((flag) => flag.startsWith("--"))
      .map((value) => ({ value, text: description }))
  );
  // Cliffy adds this one when it parses, and nothing is parsed here.
  return [
    ...flags.filter(({ value }) => value !== "--help"),
    { value: "--help", text: "Show help for the command." },
  ];
}
