/** `sinch help`: the help of a command, or a topic that belongs to all of them. */
import { Command } from "@cliffy/command";
import { styleOf } from "../../output/style.ts";
import type { AnyCommand, Cli } from "../cli.ts";
import { readCommandLine } from "../command_line.ts";
import { unknownCommand } from "../did_you_mean.ts";
import { createRoot, ENTRIES } from "../root.ts";
import { TOPIC_NAMES } from "./topic_names.ts";

export function create(cli: Cli): AnyCommand {
  return (new Command() as AnyCommand)
    .description(
      `Show the help of a command, or a topic: ${TOPIC_NAMES.join(", ")}.`,
    )
    .arguments("[command-or-topic...:plain]")
    .example("A command", "sinch help conversation send")
    .example("What an exit code means", "sinch help exit-codes")
    .action((_flags: unknown, ...words: string[]) => showHelp(cli, words));
}

async function showHelp(cli: Cli, words: string[]): Promise<void> {
  const { runtime } = cli;
  const [first, ...others] = words;
  const topic = TOPIC_NAMES.find((name) => name === first);
  if (topic && others.length === 0) {
    const { topicText, TOPICS } = await import("./topics.ts");
    const style = styleOf(runtime, runtime.stdout);
    runtime.stdout.write(topicText(TOPICS[topic], style));
    return;
  }
  const names = ENTRIES.map(({ name }) => name);
  const isCommand = ENTRIES.some(({ name, aliases }) =>
    name === first || aliases?.includes(first!)
  );
  if (first !== undefined && !isCommand) {
    throw unknownCommand(first, ["sinch"], [...names, ...TOPIC_NAMES]);
  }
  const root = await createRoot({ ...cli, path: ["sinch"] }, words);
  runtime.stdout.write(readCommandLine(root, words).command.getHelp());
}
