/** `sinch sandbox tap`: a person taps a choice in a message. */
import { Command } from "@cliffy/command";
import type { View } from "../../output/view.ts";
import { action } from "../action.ts";
import type { AnyCommand, Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import { receive } from "./phone.ts";

export function create(cli: Cli): AnyCommand {
  const command: AnyCommand = new Command();
  return command
    .description(
      "Tap a choice of a message in the sandbox. The app's webhooks hear of it.",
    )
    .arguments("<message-id:plain> <choice:plain>")
    .example(
      "By its title or postback data",
      "sinch sandbox tap 01JA7V5Q0M2N8B3C4D5E6F7G8H Yes",
    )
    .example(
      "By its number",
      "sinch sandbox tap 01JA7V5Q0M2N8B3C4D5E6F7G8H 1 --json",
    )
    .action(action(cli, tap));
}

function tap(
  context: Context,
  _flags: unknown,
  message_id: string,
  choice: string,
): Promise<View> {
  return receive(context, { from: { message_id }, choice });
}
