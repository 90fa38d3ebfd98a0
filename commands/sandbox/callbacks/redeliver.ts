/** `sinch sandbox callbacks redeliver` */
import { Command } from "@cliffy/command";
import { done } from "../../../output/details.ts";
import type { View } from "../../../output/view.ts";
import { action } from "../../action.ts";
import type { AnyCommand, Cli } from "../../cli.ts";
import type { Context } from "../../context.ts";
import { askSandbox } from "../control.ts";
import type { Callback } from "./callback.ts";

export function create(cli: Cli): AnyCommand {
  const command: AnyCommand = new Command();
  return command
    .description(
      "Post a callback of the sandbox once more: the same body, signed anew, to where its webhook is now.",
    )
    .arguments("<id:plain>")
    .example("Again", "sinch sandbox callbacks redeliver 1")
    .example(
      "As JSON, for a script",
      "sinch sandbox callbacks redeliver 1 --json",
    )
    .action(action(cli, redeliver));
}

async function redeliver(
  context: Context,
  _flags: unknown,
  id: string,
): Promise<View> {
  const callback = await askSandbox<Callback>(
    context,
    "POST",
    `callbacks/${encodeURIComponent(id)}:redeliver`,
  );
  return {
    json: callback,
    text: (style) =>
      done(
        `Callback ${callback.id} (${callback.trigger}) will be posted again`,
        style,
      ),
  };
}
