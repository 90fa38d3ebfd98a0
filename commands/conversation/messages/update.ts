/** `sinch conversation messages update` */
import { source } from "../../../api/answer.ts";
import { json, text } from "../../../options/checks.ts";
import { type Message, updateMessage } from "../../../api/messages.ts";
import { usageError } from "../../../errors.ts";
import { SourceType } from "../../../options/value_type.ts";
import { done } from "../../../output/details.ts";
import type { View } from "../../../output/view.ts";
import { action } from "../../action.ts";
import type { Cli } from "../../cli.ts";
import { command, DRY_RUN, type OptionsOf } from "../../command.ts";
import type { Context } from "../../context.ts";
import { idOf } from "../resource.ts";
import { messages } from "./message.ts";

const METADATA_LENGTH = 1024;

const declare = () =>
  command(
    "Replace the metadata of a message, for apps in CONVERSATION mode. Prompts for missing values in a terminal.",
  )
    .type("metadata", new SourceType(parseMetadata))
    .arguments("[id:message]")
    .option(
      "--metadata <json:metadata>",
      `Metadata as JSON, @file or - (max ${METADATA_LENGTH} characters)`,
    )
    .option(...DRY_RUN)
    .example(
      "Store a ticket number",
      `sinch conversation messages update 01JA7V5Q0M2N8B3C4D5E6F7G8H --metadata '{"ticket":"4711"}'`,
    )
    .example(
      "Read the metadata from a file",
      "sinch conversation messages update 01JA7V5Q0M2N8B3C4D5E6F7G8H --metadata @ticket.json",
    );

export const create = (cli: Cli) => declare().action(action(cli, update));

async function update(
  context: Context,
  options: OptionsOf<typeof declare>,
  given?: string,
): Promise<View> {
  if (options.metadata === undefined && !context.canPrompt) {
    throw usageError("Missing --metadata", EXAMPLE);
  }
  const id = await idOf(context, messages("conversation"), given);
  const metadata = options.metadata ?? await askMetadata(context);
  return await context.change(updateMessage(id, metadata), updated);
}

const EXAMPLE = `Example: --metadata '{"ticket":"4711"}'`;

/**
 * The API's metadata is a text: an object becomes its JSON, a JSON string its
 * content.
 */
function parseMetadata(given: string, at: string): string {
  const value = json((parsed) => parsed)(given, at);
  // An empty text removes the metadata.
  if (value === "") return "";
  const metadata = typeof value === "string" ? value : JSON.stringify(value);
  return text(METADATA_LENGTH)(metadata, at);
}

async function askMetadata(context: Context): Promise<string> {
  const { askText } = await import("../../../wizard/fields/questions.ts");
  const answer = await askText(await context.prompter(), {
    message: "Metadata (JSON)",
    check: parseMetadata,
  });
  return parseMetadata(answer, "Metadata");
}

function updated(message: Message): View {
  return {
    json: source(message),
    text: (style) => done(`Metadata of message ${message.id} updated`, style),
  };
}
