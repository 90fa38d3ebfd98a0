/** The last question before something is done. */
import { Failure } from "../errors.ts";
import type { Prompter } from "./prompter.ts";

/**
 * Returns at a yes.
 *
 * @throws {Failure} `declined` at a no.
 */
export async function confirmed(
  prompter: Prompter,
  message: string,
  preset: boolean,
): Promise<void> {
  if (!await prompter.confirm({ message, default: preset })) {
    throw new Failure("declined", "Cancelled");
  }
}
