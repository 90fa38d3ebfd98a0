/** `sinch sandbox callbacks get` */
import type { View } from "../../../output/view.ts";
import type { Cli } from "../../cli.ts";
import { command } from "../../command.ts";
import type { Context } from "../../context.ts";
import { askSandbox } from "../control.ts";
import { action } from "../../action.ts";
import { type Callback, callbackText } from "./callback.ts";

export const create = (cli: Cli) =>
  command("Show a callback: its target, last response and body")
    .arguments("<id:line>")
    .example("Show a callback", "sinch sandbox callbacks get 1")
    .example(
      "Print only its body",
      "sinch sandbox callbacks get 1 --query body",
    )
    .action(action(cli, get));

async function get(
  context: Context,
  _options: unknown,
  id: string,
): Promise<View> {
  const callback = await askSandbox<Callback>(context, {
    method: "GET",
    path: `callbacks/${encodeURIComponent(id)}`,
  });
  return { json: callback, text: (style) => callbackText(callback, style) };
}
