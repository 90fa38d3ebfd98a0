/** `sinch sandbox env`: the variables that point a client at the running sandbox. */
import { Word } from "../../options/value_type.ts";
import type { View } from "../../output/view.ts";
import type { Cli } from "../cli.ts";
import { command, type OptionsOf } from "../command.ts";
import type { Context } from "../context.ts";
import { requireRunning } from "./running.ts";
import { action } from "../action.ts";
import { assignments, defaultShell, SHELLS, useLine } from "./shells.ts";

const declare = () =>
  command(
    "Print commands that set environment variables for the running sandbox\n" +
      `In PowerShell: ${useLine("powershell")}\n` +
      `In fish: ${useLine("fish")}\n` +
      `In cmd: ${useLine("cmd")}`,
  )
    .type("shell", new Word(SHELLS))
    .option(
      "--shell <shell:shell>",
      "Shell to print for (default: powershell on Windows, bash elsewhere)",
    )
    .example("Set the variables in bash or zsh", useLine("bash"))
    .example("Write a file for --env-file", "sinch sandbox env > .env");

export const create = (cli: Cli) => declare().action(action(cli, showEnv));

async function showEnv(
  { runtime }: Context,
  { shell = defaultShell(runtime) }: OptionsOf<typeof declare>,
): Promise<View> {
  const running = await requireRunning(runtime);
  const variables = {
    SINCH_API_URL: running.url,
    SINCH_BATCH_URL: running.batch_url,
    SINCH_PROJECT_ID: running.project_id,
    SINCH_KEY_ID: running.key_id,
    SINCH_KEY_SECRET: running.key_secret,
    SINCH_APP_ID: running.app_id,
    SINCH_REGION: "us",
  };
  return {
    json: variables,
    text: () => assignments(shell, variables),
    reveals: true,
  };
}
