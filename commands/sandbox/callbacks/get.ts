/** `sinch sandbox callbacks get` */
import { Command } from "@cliffy/command";
import type { View } from "../../../output/view.ts";
import { action } from "../../action.ts";
import type { AnyCommand, Cli } from "../../cli.ts";
import type { Context } from "../../context.ts";
import { askSandbox } from "../control.ts";
import { type Callback, callbackText } from "./callback.ts";

export function create(cli: Cli): AnyCommand {
  const command: AnyCommand = new Command();
  return command
    .description(
      "Show a callback of the sandbox: where it went, what came back, and its body.",
    )
    .arguments("<id:plain>")
    .example("One callback", "sinch sandbox callbacks get 1")
    .example(
      "Its body alone",
      "sinch sandbox callbacks get 1 --query body",
    )
    .action(action(cli, get));
}

async function get(
  context: Context,
  _flags: unknown,
  id: string,
): Promise<View> {
  const callback = await askSandbox<Callback>(
    context,
    "GET",
    `callbacks/${encodeURIComponent(id)}`,
  );
  return { json: callback, text: (style) => callbackText(callback, style) };
}
