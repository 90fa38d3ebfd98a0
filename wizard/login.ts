/** The three questions of `auth login`. It sends nothing and keeps nothing. */
import type { Prompter } from "./prompter.ts";

export interface EnteredCredentials {
  projectId: string;
  keyId: string;
  keySecret: string;
}

/**
 * @param known What is on record already, offered as the answer.
 * @param faultOf Why an answer will not do, as in "It is empty".
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
    keySecret: await prompter.secret({ message: "Key Secret", check }),
  };
}
