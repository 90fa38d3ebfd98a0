/** `sinch sandbox callbacks redeliver` */
import { done } from "../../../output/details.ts";
import type { View } from "../../../output/view.ts";
import type { Cli } from "../../cli.ts";
import { command } from "../../command.ts";
import type { Context } from "../../context.ts";
import { askSandbox } from "../control.ts";
import { action } from "../../action.ts";
import type { Callback } from "./callback.ts";

export const create = (cli: Cli) =>
  command(
    "Redeliver a callback: the same body with a new signature, to the webhook's current target",
  )
    .arguments("<id:line>")
    .example("Redeliver a callback", "sinch sandbox callbacks redeliver 1")
    .example(
      "Redeliver a callback in a script",
      "sinch sandbox callbacks redeliver 1 --json",
    )
    .action(action(cli, redeliver));

async function redeliver(
  context: Context,
  _options: unknown,
  id: string,
): Promise<View> {
  const callback = await askSandbox<Callback>(context, {
    method: "POST",
    path: `callbacks/${encodeURIComponent(id)}:redeliver`,
  });
  const { trigger, target } = callback;
  return {
    json: callback,
    text: (style) =>
      done(`Callback ${callback.id} (${trigger}) queued for ${target}`, style),
  };
}
