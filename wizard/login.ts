/** The three questions of `auth login`. It sends nothing and keeps nothing. */
import type { Prompter } from "./prompter.ts";

export interface EnteredCredentials {
  projectId: string;
  keyId: string;
  keySecret: string;
}

/** @param known What is on record already, offered as the answer. */
export async function askCredentials(
  prompter: Prompter,
  known: Partial<EnteredCredentials>,
): Promise<EnteredCredentials> {
  prompter.say("Enter your Sinch API credentials (from the Sinch Dashboard).");
  const check = (answer: string) => {
    const fault = faultOfCredential(answer);
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

/** Why a text cannot be an ID or a secret: `is empty`. */
export function faultOfCredential(text: string): string | undefined {
  if (text.trim() === "") return "is missing or empty";
  return /\s/.test(text.trim()) ? "has a space in it" : undefined;
}
