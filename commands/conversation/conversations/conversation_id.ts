/** Which conversation a command is about. */
import type { Context } from "../../context.ts";
import { workingApp } from "../../default_app.ts";
import { idOrPick } from "../../pick_id.ts";

/** The id given, or that of one of the app's conversations, picked in a terminal. */
export function conversationId(
  context: Context,
  given: string | undefined,
): Promise<string> {
  return idOrPick(context, given, async (wizard) => {
    const app = await workingApp(context, undefined);
    const { pickConversation } = await import(
      "../../../wizard/pick_conversation.ts"
    );
    return await pickConversation(wizard, app);
  });
}
