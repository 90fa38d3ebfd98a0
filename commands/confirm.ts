/** Consent to a loss: the flag, and the question where it is not given. */
import { usageError } from "../errors.ts";
import { confirmed } from "../wizard/confirm.ts";
import type { CommonFlags, Context } from "./context.ts";

export interface ConsentFlags extends CommonFlags {
  force?: boolean;
}

/** The option of every command that takes something away. */
export const CONSENT_OPTION = [
  "-f, --force, --yes",
  "Do not ask for confirmation.",
] as const;

export interface Loss {
  /** `Delete app "Support" (01HW7…)`: what is about to happen. */
  action: string;
  /** What cannot be brought back, or what stays: one sentence. */
  consequence?: string;
}

/**
 * Returns if it may be done: a flag says so, or a person does now.
 *
 * @throws {Failure} declined: the answer was no; usage: nobody can be asked
 */
export async function confirmLoss(
  context: Context,
  { force, nonInteractive, dryRun }: ConsentFlags,
  { action, consequence }: Loss,
): Promise<void> {
  // --non-interactive says that nobody will be there to answer.
  if (force || nonInteractive || dryRun) return;
  if (!context.canPrompt) {
    throw usageError(
      `${action}: this needs a confirmation, and nobody can be asked`,
      "Add --force to go ahead.",
    );
  }
  const prompter = await context.prompter();
  if (consequence) prompter.say(consequence);
  await confirmed(prompter, `${action}?`, false);
}
