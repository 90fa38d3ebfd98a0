/** `sinch conversation conversations get` */
import { Command } from "@cliffy/command";
import { getConversation } from "../../../api/conversations.ts";
import type { View } from "../../../output/view.ts";
import { action } from "../../action.ts";
import type { AnyCommand, Cli } from "../../cli.ts";
import type { CommonFlags, Context } from "../../context.ts";
import { conversationId } from "./conversation_id.ts";
import { conversationView } from "./conversation_view.ts";

export function create(cli: Cli): AnyCommand {
  const command: AnyCommand = new Command()
    .description(
      "Show a conversation. Without an id in a terminal, asks which.",
    )
    .arguments("[id:plain]");
  return command
    .example(
      "One conversation",
      "sinch conversation conversations get 01HW9CNV0000000000000000CC",
    )
    .example(
      "Whose it is",
      "sinch conversation conversations get 01HW9CNV0000000000000000CC --query contact_id",
    )
    .action(action(cli, get));
}

async function get(
  context: Context,
  _flags: CommonFlags,
  given?: string,
): Promise<View> {
  const id = await conversationId(context, given);
  return conversationView(await context.read(getConversation(id)));
}
