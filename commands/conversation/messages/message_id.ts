/** Which message a command is about. */
import type { MessagesSource } from "../../../api/messages.ts";
import type { Context } from "../../context.ts";
import { idOrPick } from "../../pick_id.ts";

/** The id given, or that of one of the newest messages, picked in a terminal. */
export function messageId(
  context: Context,
  given: string | undefined,
  messages_source: MessagesSource | undefined,
): Promise<string> {
  return idOrPick(context, given, async (wizard) => {
    const { pickMessage } = await import("../../../wizard/pick_message.ts");
    return await pickMessage(wizard, { messages_source });
  });
}
