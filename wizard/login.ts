/** The questions of `auth login`. They send and save nothing. */
import type { Prompter } from "./prompter.ts";

export interface EnteredCredentials {
  projectId: string;
  keyId: string;
  keySecret: string;
}

/**
 * @param known Offered as answers.
 * @param faultOf Why an answer is refused, as in "It is empty".
 */
export async function askCredentials(
  prompter: Prompter,
  known: Partial<EnteredCredentials>,
  faultOf: (answer: string) => string | undefined,
): Promise<EnteredCredentials> {
  prompter.say("Enter your Sinch API credentials (from the Sinch Dashboard).");
  const check = (answer: string) => {
    const fault = faultOf(answer);
    return fault && `It ${fault}`;
  };
  return {
    projectId: await prompter.input({
      message: "Project ID (from Sinch Dashboard)",
      default: known.projectId,
      check,
    }),
    keyId: await prompter.input({
      message: "Key ID (from Project > Access Keys)",
      default: known.keyId,
      check,
    }),
    keySecret: await prompter.secret({ message: "Key secret", check }),
  };
}

/** The region of the apps; the first one offered is `current`. */
export function askRegion<Region extends string>(
  prompter: Prompter,
  regions: readonly Region[],
  current: Region,
): Promise<Region> {
  return prompter.select({
    message: "Region of your apps",
    choices: regions.map((value) => ({ value, label: value })),
    default: current,
  });
}
