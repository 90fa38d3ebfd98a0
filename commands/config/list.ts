/** `sinch config list`: every value in force, and where it comes from. */
import { Command } from "@cliffy/command";
import { details } from "../../output/details.ts";
import type { View } from "../../output/view.ts";
import { action } from "../action.ts";
import type { AnyCommand, Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import { settingsFields, settingsJson } from "../settings_view.ts";

export function create(cli: Cli): AnyCommand {
  return new Command()
    .description(
      "Show every setting as commands see it, and where it comes from: a flag, an environment variable, the profile or the default.",
    )
    .example("What will the next command use?", "sinch config list")
    .example("Of another profile", "sinch config list --profile work --json")
    .action(action(cli, list)) as AnyCommand;
}

async function list(context: Context): Promise<View> {
  const settings = await context.settings();
  const { profile, urls, timeoutMs } = settings;
  return {
    json: { profile, ...settingsJson(settings), urls, timeoutMs },
    text: (style) =>
      details([
        ["Profile", profile],
        ...settingsFields(settings),
        ["Conversation API", urls.conversation],
        ["Template API", urls.template],
        ["Token service", urls.auth],
        ["Timeout", `${timeoutMs / 1000} s`],
      ], style),
  };
}
