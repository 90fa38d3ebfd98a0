/** `sinch conversation messages get` */
import { Command } from "@cliffy/command";
import { getMessage } from "../../../api/messages.ts";
import type { View } from "../../../output/view.ts";
import { action } from "../../action.ts";
import type { AnyCommand, Cli } from "../../cli.ts";
import type { CommonFlags, Context } from "../../context.ts";
import { messageId } from "./message_id.ts";
import { messageView } from "./message_view.ts";
import {
  SOURCE_OPTION,
  type SourceFlags,
  sourceOf,
  withSourceHint,
} from "./source.ts";

export function create(cli: Cli): AnyCommand {
  const command: AnyCommand = new Command();
  return command
    .description("Show a message. Without an id in a terminal, asks which.")
    .arguments("[id:plain]")
    .option(...SOURCE_OPTION)
    .example(
      "One message",
      "sinch conversation messages get 01JA7V5Q0M2N8B3C4D5E6F7G8H",
    )
    .example(
      "Only its text",
      "sinch conversation messages get 01JA7V5Q0M2N8B3C4D5E6F7G8H --query contact_message.text_message.text",
    )
    .action(action(cli, get));
}

async function get(
  context: Context,
  flags: SourceFlags & CommonFlags,
  given?: string,
): Promise<View> {
  const source = sourceOf(flags);
  const id = await messageId(context, given, source);
  const message = await withSourceHint(
    source,
    () => context.read(getMessage(id, source)),
  );
  return messageView(message);
}
