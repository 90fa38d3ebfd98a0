/** `sinch auth token` */
import type { View } from "../../output/view.ts";
import { action } from "../action.ts";
import type { Cli } from "../cli.ts";
import { command } from "../command.ts";
import type { Context } from "../context.ts";

export const create = (cli: Cli) =>
  command(
    "Print an access token (keep it secret). It is valid for a few minutes to one hour. " +
      "Anyone who has it can send messages at your expense: keep it out of logs and files.",
  )
    .example(
      "Set the variable that --curl commands use",
      'export SINCH_ACCESS_TOKEN="$(sinch auth token)"',
    )
    .example(
      "Call the API with curl",
      'curl -H "Authorization: Bearer $(sinch auth token)" https://us.conversation.api.sinch.com/v1/projects/$SINCH_PROJECT_ID/apps',
    )
    .action(action(cli, printToken));

async function printToken(context: Context): Promise<View> {
  const token = await (await context.tokenSource()).get();
  return {
    json: { access_token: token },
    text: () => `${token}\n`,
    reveals: true,
  };
}
