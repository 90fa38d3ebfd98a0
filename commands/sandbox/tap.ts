/** `sinch sandbox tap` */
import type { View } from "../../output/view.ts";
import type { Cli } from "../cli.ts";
import { command } from "../command.ts";
import type { Context } from "../context.ts";
import { receive } from "./inbound.ts";
import { action } from "../action.ts";

export const create = (cli: Cli) =>
  command(
    "Tap a choice of a message as its recipient. Webhooks with MESSAGE_INBOUND receive a callback.",
  )
    .arguments("<message-id:message> <choice:line>")
    .example(
      "Tap a choice by its title or postback data",
      "sinch sandbox tap 01JA7V5Q0M2N8B3C4D5E6F7G8H Yes",
    )
    .example(
      "Tap the first choice",
      "sinch sandbox tap 01JA7V5Q0M2N8B3C4D5E6F7G8H 1 --json",
    )
    .action(action(cli, tap));

function tap(
  context: Context,
  _options: unknown,
  message_id: string,
  choice: string,
): Promise<View> {
  return receive(context, { from: { message_id }, choice });
}
