/** `sinch config list` */
import { details } from "../../output/details.ts";
import type { View } from "../../output/view.ts";
import { action } from "../action.ts";
import type { Cli } from "../cli.ts";
import { command } from "../command.ts";
import type { Context } from "../context.ts";
import { settingsFields, settingsJson } from "../settings_view.ts";

export const create = (cli: Cli) =>
  command(
    "Show the settings that commands use, with their sources: an option, an environment variable, the profile or the default.",
  )
    .example("Show the active settings", "sinch config list")
    .example(
      "Show the settings of another profile as JSON",
      "sinch config list --profile work --json",
    )
    .action(action(cli, list));

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
        ["Batch API", urls.batch],
        ["Token service", urls.auth],
        ["Timeout", `${timeoutMs / 1000} s`],
      ], style),
  };
}
