/** `sinch auth token`: the access token, for other programs. */
import { Command } from "@cliffy/command";
import type { View } from "../../output/view.ts";
import { action } from "../action.ts";
import type { AnyCommand, Cli } from "../cli.ts";
import type { Context } from "../context.ts";

export function create(cli: Cli): AnyCommand {
  return new Command()
    .description(
      "Print an access token that is valid for some minutes at least, an hour at most. " +
        "It is a secret: whoever has it can send messages at your expense. Keep it out of logs and files.",
    )
    .example(
      "For the commands that --curl prints",
      'export SINCH_ACCESS_TOKEN="$(sinch auth token)"',
    )
    .example(
      "For a request of your own",
      'curl -H "Authorization: Bearer $(sinch auth token)" https://us.conversation.api.sinch.com/v1/projects/$SINCH_PROJECT_ID/apps',
    )
    .action(action(cli, printToken)) as AnyCommand;
}

async function printToken(context: Context): Promise<View> {
  const token = await (await context.tokenSource()).get();
  return {
    json: { access_token: token },
    text: () => `${token}\n`,
    reveals: true,
  };
}
