/** `sinch conversation conversations stop` */
import { Command } from "@cliffy/command";
import { stopConversation } from "../../../api/conversations.ts";
import { done } from "../../../output/details.ts";
import type { View } from "../../../output/view.ts";
import { action } from "../../action.ts";
import type { AnyCommand, Cli } from "../../cli.ts";
import type { CommonFlags, Context } from "../../context.ts";
import { DRY_RUN_OPTION } from "../../shared_flags.ts";
import { conversationId } from "./conversation_id.ts";

export function create(cli: Cli): AnyCommand {
  const command: AnyCommand = new Command()
    .description(
      "Stop an active conversation. The next message, from either side, starts a new one.",
    )
    .arguments("[id:plain]");
  return command
    .option(...DRY_RUN_OPTION)
    .example(
      "Stop one",
      "sinch conversation conversations stop 01HW9CNV0000000000000000CC",
    )
    .example(
      "See the request first",
      "sinch conversation conversations stop 01HW9CNV0000000000000000CC --dry-run",
    )
    .action(action(cli, stop));
}

async function stop(
  context: Context,
  _flags: CommonFlags,
  given?: string,
): Promise<View> {
  const id = await conversationId(context, given);
  return await context.change(stopConversation(id), () => stopped(id));
}

/** The API itself answers `{}`. */
function stopped(id: string): View {
  return {
    json: { id, active: false },
    text: (style) => done(`Conversation ${id} stopped`, style),
  };
}
