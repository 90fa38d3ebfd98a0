/** What a new app needs. */
import { appName } from "../options/app_options.ts";
import { askText } from "./fields/questions.ts";
import type { Prompter } from "./prompter.ts";

export function askAppName(prompter: Prompter): Promise<string> {
  return askText(prompter, {
    message: "Name of the app",
    hint: "for yourself; recipients do not see it",
    check: appName,
  });
}
