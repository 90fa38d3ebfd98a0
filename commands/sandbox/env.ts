/** `sinch sandbox env`: the variables that point a client at the running sandbox. */
import { Command } from "@cliffy/command";
import type { View } from "../../output/view.ts";
import { quote } from "../../runtime/suggest.ts";
import { action } from "../action.ts";
import type { AnyCommand, Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import { requireRunning } from "./running.ts";

export function create(cli: Cli): AnyCommand {
  return new Command()
    .description(
      "Print export lines for the sandbox that `sinch sandbox start` is serving.",
    )
    .example("Use it in this shell", 'eval "$(sinch sandbox env)"')
    .example("Keep it for --env-file", "sinch sandbox env > .env")
    .action(action(cli, showEnv)) as AnyCommand;
}

async function showEnv(context: Context): Promise<View> {
  const running = await requireRunning(context.runtime);
  const variables = {
    SINCH_API_URL: running.url,
    SINCH_BATCH_URL: running.batch_url,
    SINCH_PROJECT_ID: running.project_id,
    SINCH_KEY_ID: running.key_id,
    SINCH_KEY_SECRET: running.key_secret,
    SINCH_APP_ID: running.app_id,
    SINCH_REGION: "us",
  };
  const lines = Object.entries(variables).map(([name, value]) =>
    `export ${name}=${quote(value)}\n`
  );
  return { json: variables, text: () => lines.join(""), reveals: true };
}
