/** `sinch conversation messages update` */
import { Command } from "@cliffy/command";
import { json, text } from "../../../api/checks.ts";
import { type Message, updateMessage } from "../../../api/messages.ts";
import { usageError } from "../../../errors.ts";
import { done } from "../../../output/details.ts";
import type { View } from "../../../output/view.ts";
import { action } from "../../action.ts";
import type { AnyCommand, Cli } from "../../cli.ts";
import type { CommonFlags, Context } from "../../context.ts";
import { DRY_RUN_OPTION } from "../../shared_flags.ts";
import { textReader } from "../../text_reader.ts";
import { messageId } from "./message_id.ts";

const METADATA_LENGTH = 1024;

export function create(cli: Cli): AnyCommand {
  const command: AnyCommand = new Command();
  return command
    .description(
      "Replace the metadata of a message; apps in CONVERSATION mode only. What is missing is asked for in a terminal.",
    )
    .arguments("[id:plain]")
    .option(
      "--metadata <json:plain>",
      "New metadata as JSON, or @file, or - for standard input; at most 1024 characters.",
    )
    .option(...DRY_RUN_OPTION)
    .example(
      "Note a ticket",
      `sinch conversation messages update 01JA7V5Q0M2N8B3C4D5E6F7G8H --metadata '{"ticket":"4711"}'`,
    )
    .example(
      "From a file",
      "sinch conversation messages update 01JA7V5Q0M2N8B3C4D5E6F7G8H --metadata @ticket.json",
    )
    .action(action(cli, update));
}

async function update(
  context: Context,
  flags: { metadata?: string } & CommonFlags,
  given?: string,
): Promise<View> {
  const early = flags.metadata === undefined ? undefined : parseMetadata(
    await textReader(context.runtime)(flags.metadata, "--metadata"),
    "--metadata",
  );
  if (early === undefined && !context.canPrompt) {
    throw usageError("Missing: --metadata", EXAMPLE);
  }
  const id = await messageId(context, given, "CONVERSATION_SOURCE");
  const metadata = early ?? await askMetadata(context);
  return await context.change(updateMessage(id, metadata), updated);
}

const EXAMPLE = `Such as --metadata '{"ticket":"4711"}'.`;

/**
 * The API's metadata is a text: an object becomes its JSON, a JSON string its
 * content.
 */
function parseMetadata(given: string, at: string): string {
  const value = json((parsed) => parsed)(given, at);
  // An empty text takes the metadata away.
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
    json: message,
    text: (style) => done(`Metadata of message ${message.id} updated`, style),
  };
}
