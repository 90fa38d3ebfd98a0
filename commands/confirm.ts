/** Consent to a loss: the flag, and the question where it is not given. */
import { usageError } from "../errors.ts";
import { confirmed } from "../wizard/confirm.ts";
import type { Context } from "./context.ts";

export interface Loss {
  /** `Delete app "Support" (01HW7…)`: what is about to happen. */
  action: string;
  /** What cannot be undone, or what is kept: one or two sentences. */
  consequence?: string;
}

/**
 * Returns if it may be done: `--force` says so, or a person does now.
 *
 * @throws {Failure} declined: the answer was no; usage: no terminal to ask in
 */
export async function confirmLoss(
  context: Context,
  force: boolean | undefined,
  { action, consequence }: Loss,
): Promise<void> {
  const { nonInteractive, dryRun } = context.flags;
  // --non-interactive says that no person is there to answer.
  if (force || nonInteractive || dryRun) return;
  if (!context.canPrompt) {
    throw usageError(
      `${action}: confirmation required, and there is no terminal to ask in`,
      "Add --force to skip the confirmation.",
    );
  }
  const prompter = await context.prompter();
  if (consequence) prompter.say(consequence);
  await confirmed(prompter, `${action}?`, false);
}
