/** `sinch config get`: one value as commands see it. */
import { Command } from "@cliffy/command";
import { Failure, usageError } from "../../errors.ts";
import { safeLine } from "../../output/safe_text.ts";
import type { View } from "../../output/view.ts";
import { action } from "../action.ts";
import type { AnyCommand, Cli } from "../cli.ts";
import type { CommonFlags, Context } from "../context.ts";
import { SETTINGS } from "../settings_view.ts";
import { parseKey, withoutGroup } from "./setting_key.ts";
import { suggest } from "../../runtime/suggest.ts";

export function create(cli: Cli): AnyCommand {
  return (new Command() as AnyCommand)
    .description(
      `Print the value in force of one setting: ${
        Object.keys(SETTINGS).join(", ")
      }. Exits with 4 when it has none.`,
    )
    .arguments("<key...:plain>")
    .example("Default app", "sinch config get conversation appID")
    .example("Value and source", "sinch config get region --json")
    .action(action(cli, get));
}

async function get(
  context: Context,
  _flags: CommonFlags,
  ...words: string[]
): Promise<View> {
  const [word = "", ...more] = withoutGroup(words);
  if (more.length > 0) {
    throw usageError(`One key at a time: "${words.join(" ")}"`);
  }
  const key = parseKey(word);
  const setting = (await context.settings())[key];
  if (!setting) {
    throw new Failure("not_found", `${key} is not set`, {
      hint: `\`${suggest`config list`}\` shows what is set.`,
    });
  }
  return {
    json: { key, ...setting },
    text: () => `${safeLine(setting.value)}\n`,
  };
}
