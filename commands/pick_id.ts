/** The ID of what a command is about. */
import { usageError } from "../errors.ts";
import type { WizardContext } from "../wizard/pick.ts";
import type { Context } from "./context.ts";

/**
 * The given ID, or that of what a person picks.
 *
 * @throws {Failure} "usage" without a terminal to ask in.
 */
export async function idOrPick(
  context: Context,
  given: string | undefined,
  pick: (wizard: WizardContext) => Promise<{ id: string }>,
): Promise<string> {
  if (given !== undefined) return given;
  if (!context.canPrompt) {
    throw usageError("Missing <id>", "Run the `list` command to see the IDs.");
  }
  const wizard = await wizardContext(context);
  const { id } = await pick(wizard);
  wizard.prompter.answered(id);
  return id;
}

/** What a wizard needs of this run. Check `canPrompt` before. */
export async function wizardContext(context: Context): Promise<WizardContext> {
  return {
    prompter: await context.prompter(),
    read: (request) => context.read(request),
  };
}
