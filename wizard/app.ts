/** What a new app needs. */
import type { AppInput } from "../api/apps.ts";
import { askText } from "./fields/questions.ts";
import type { Prompter } from "./prompter.ts";

export async function askAppName(prompter: Prompter): Promise<string> {
  const name = await askText(prompter, {
    message: "App name",
    hint: "not shown to recipients",
  });
  prompter.answered(name);
  return name;
}

export function askProcessingMode(
  prompter: Prompter,
): Promise<NonNullable<AppInput["processing_mode"]>> {
  return prompter.select<NonNullable<AppInput["processing_mode"]>>({
    message: "Processing mode",
    choices: [
      {
        value: "CONVERSATION",
        label: "CONVERSATION: stores contacts, conversations and messages",
      },
      { value: "DISPATCH", label: "DISPATCH: only sends" },
    ],
  });
}
