/** Which contact a command is about. */
import type { Context } from "../../context.ts";
import { idOrPick } from "../../pick_id.ts";

/** The id given, or that of a contact picked in a terminal. */
export function contactId(
  context: Context,
  given: string | undefined,
  question?: string,
): Promise<string> {
  return idOrPick(context, given, async (wizard) => {
    const { pickContact } = await import("../../../wizard/pick_contact.ts");
    return await pickContact(wizard, question);
  });
}
