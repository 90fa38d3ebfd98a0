/** `sinch help` */
import { parseChannel } from "../../options/channel.ts";
import { ValueType } from "../../options/value_type.ts";
import { styleOf } from "../../output/style.ts";
import type { Cli } from "../cli.ts";
import { command } from "../command.ts";
import { readCommandLine } from "../command_line.ts";
import { unknownCommand } from "../did_you_mean.ts";
import { helpOf } from "../help.ts";
import { elsewhere, named } from "../mistakes.ts";
import { createBareRoot, createRoot, ENTRIES } from "../root.ts";
import { TOPIC_NAMES } from "./topic_names.ts";

export const create = (cli: Cli) =>
  command(
    `Show help for a command or a topic. Topics: ${TOPIC_NAMES.join(", ")}.`,
  )
    .type("word", new ValueType((word) => word))
    .arguments("[command-or-topic...:word]")
    .example("Show help for a command", "sinch help conversation send")
    .example("List the exit codes", "sinch help exit-codes")
    .example("Show the limits of a channel", "sinch help channels RCS")
    .example(
      "Explain why a message failed",
      "sinch help reasons MEDIA_TOO_LARGE",
    )
    .action((_, ...words) => showHelp(cli, words));

async function showHelp(cli: Cli, words: string[]): Promise<void> {
  const { runtime } = cli;
  const [first, ...others] = words;
  const other = first === undefined ? undefined : elsewhere([first]);
  if (other && !other.startsWith("-") && !named(first!, ENTRIES)) {
    return await showHelp(cli, [...other.split(" "), ...others]);
  }
  const topic = TOPIC_NAMES.find((name) => name === first);
  if (topic && others.length === 0) {
    const { commonOptions, topicText, TOPICS } = await import("./topics.ts");
    const text = topic === "common-options"
      ? commonOptions(helpOf(createBareRoot(cli)))
      : TOPICS[topic];
    const style = styleOf(runtime, runtime.stdout);
    runtime.stdout.write(topicText(text, style));
    return;
  }
  if (topic === "channels") {
    const { channelTopic } = await import("./channel_topic.ts");
    const { topicText } = await import("./topics.ts");
    const style = styleOf(runtime, runtime.stdout);
    const shown = others.map((word) =>
      topicText(channelTopic(parseChannel(word, "channel")), style)
    );
    runtime.stdout.write(shown.join("\n"));
    return;
  }
  if (topic === "reasons") {
    const { reasonTopic } = await import("./reason_topic.ts");
    const { topicText } = await import("./topics.ts");
    const style = styleOf(runtime, runtime.stdout);
    const shown = others.map((word) => topicText(reasonTopic(word), style));
    runtime.stdout.write(shown.join("\n"));
    return;
  }
  const names = ENTRIES.map(({ name }) => name);
  if (first !== undefined && !named(first, ENTRIES)) {
    const unknown = unknownCommand(first, ["sinch"], [
      ...names,
      ...TOPIC_NAMES,
    ]);
    throw unknown.hint?.startsWith("Did you mean")
      ? unknown
      : unknown.withHint(`Topics: ${TOPIC_NAMES.join(", ")}.`);
  }
  const root = await createRoot({ ...cli, path: ["sinch"] }, words);
  runtime.stdout.write(readCommandLine(root, words).command.getHelp());
}
