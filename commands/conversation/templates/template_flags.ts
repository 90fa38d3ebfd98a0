/** The flags that `templates create` and `templates update` share. */
import {
  splitPair,
  type TemplateOptions,
} from "../../../options/template_options.ts";
import type { AnyCommand } from "../../cli.ts";
import type { Context } from "../../context.ts";
import { DRY_RUN } from "../../command.ts";
import { type TextReader, textReader } from "../../text_reader.ts";

export function addTemplateFlags(command: AnyCommand): AnyCommand {
  return command
    .option("--description <text:plain>", "What it is for.")
    .option(
      "--text <text:plain>",
      "A text message; ${name} is a placeholder. Quote it with ' ' for the shell.",
    )
    .option(
      "--message <json:plain>",
      "A message of another type, as JSON, instead of --text.",
    )
    .option(
      "--language <code:plain>",
      "Language of --text or --message, such as en-US.",
    )
    .option(
      "--translation <pair:plain>",
      "Another language: sv-SE='Hej ${name}', or a message as JSON after the =. Repeatable.",
      { collect: true },
    )
    .option(
      "--variable <pair:plain>",
      "What a placeholder stands for in previews: name=Jane. Repeatable.",
      { collect: true },
    )
    .option(
      "--json-template <json:plain>",
      "The whole template as JSON, instead of all the others.",
    )
    .option(...DRY_RUN);
}

/** The options with what `@file` and `-` stand for. */
export async function readTemplateOptions(
  { runtime }: Context,
  flags: TemplateOptions,
): Promise<TemplateOptions> {
  const read = textReader(runtime);
  const { id, language, variable, translation } = flags;
  return {
    id,
    language,
    variable,
    description: await readIfGiven(read, flags.description, "--description"),
    text: await readIfGiven(read, flags.text, "--text"),
    message: await readIfGiven(read, flags.message, "--message"),
    translation: translation && await readTranslations(read, translation),
    jsonTemplate: await readIfGiven(
      read,
      flags.jsonTemplate,
      "--json-template",
    ),
  };
}

async function readIfGiven(
  read: TextReader,
  value: string | undefined,
  at: string,
): Promise<string | undefined> {
  return value === undefined ? undefined : await read(value, at);
}

async function readTranslations(
  read: TextReader,
  pairs: string[],
): Promise<string[]> {
  const texts: string[] = [];
  for (const pair of pairs) {
    const [language, text] = splitPair(pair, "--translation", "sv-SE=Hej");
    texts.push(`${language}=${await read(text, `--translation ${language}`)}`);
  }
  return texts;
}
