/** What a new app needs. */
import { askText } from "./fields/questions.ts";
import type { Prompter } from "./prompter.ts";

export function askAppName(prompter: Prompter): Promise<string> {
  return askText(prompter, {
    message: "App name",
    hint: "not shown to recipients",
  });
}
