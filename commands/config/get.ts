/** `sinch config get` */
import { Failure, usageError } from "../../errors.ts";
import { safeLine } from "../../output/safe_text.ts";
import type { View } from "../../output/view.ts";
import { suggest } from "../../runtime/suggest.ts";
import { action } from "../action.ts";
import type { Cli } from "../cli.ts";
import { command } from "../command.ts";
import type { Context } from "../context.ts";
import { KEY, NAMES, parseKey, withoutGroup } from "./setting_key.ts";

export const create = (cli: Cli) =>
  command(
    `Print the value of one setting: ${
      NAMES.join(", ")
    }. Exits with code 4 if it is not set.`,
  )
    .type("key", KEY)
    .arguments("<key...:key>")
    .example("Print the default app", "sinch config get appId")
    .example(
      "Print the region and its source as JSON",
      "sinch config get region --json",
    )
    .action(action(cli, (context, _, ...words) => get(context, words)));

async function get(context: Context, words: string[]): Promise<View> {
  const [word = "", ...more] = withoutGroup(words);
  if (more.length > 0) {
    throw usageError(`Get one key at a time, got "${words.join(" ")}"`);
  }
  const key = parseKey(word, NAMES);
  const setting = (await context.settings())[key];
  if (!setting) {
    throw new Failure("not_found", `${key} is not set`, {
      hint: `Run \`${suggest`config list`}\` to see all settings.`,
    });
  }
  return {
    json: { key, ...setting },
    text: () => `${safeLine(setting.value)}\n`,
  };
}
