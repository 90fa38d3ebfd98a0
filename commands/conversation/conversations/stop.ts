/** `sinch conversation conversations stop` */
import { stopConversation } from "../../../api/conversations.ts";
import { done } from "../../../output/details.ts";
import type { View } from "../../../output/view.ts";
import { action } from "../../action.ts";
import type { Cli } from "../../cli.ts";
import { command, DRY_RUN } from "../../command.ts";
import { idOf } from "../resource.ts";
import { CONVERSATION } from "./conversation.ts";

export const create = (cli: Cli) =>
  command(
    "Stop an active conversation. The next message in either direction starts a new one.",
  )
    .arguments("[id:conversation]")
    .option(...DRY_RUN)
    .example(
      "Stop a conversation",
      "sinch conversation conversations stop 01HW9CNV0000000000000000CC",
    )
    .example(
      "Print the request first",
      "sinch conversation conversations stop 01HW9CNV0000000000000000CC --dry-run",
    )
    .action(action(cli, async (context, _, given) => {
      const id = await idOf(context, CONVERSATION, given);
      return await context.change(stopConversation(id), () => stopped(id));
    }));

/** The API itself answers `{}`. */
function stopped(id: string): View {
  return {
    json: { id, active: false },
    text: (style) => done(`Conversation ${id} stopped`, style),
  };
}
