/** `sinch sandbox clock` */
import type { View } from "../../../output/view.ts";
import type { Cli } from "../../cli.ts";
import { command } from "../../command.ts";
import type { Context } from "../../context.ts";
import { askSandbox } from "../control.ts";
import { action } from "../../action.ts";
import { type Clock, clockView } from "./clock_view.ts";

export const create = (cli: Cli) =>
  command("Show the sandbox clock")
    .example("Show the time in the sandbox", "sinch sandbox clock")
    .example(
      "Print how far it is ahead, in milliseconds",
      "sinch sandbox clock --query ahead_ms",
    )
    .action(action(cli, show));

async function show(context: Context): Promise<View> {
  return clockView(
    await askSandbox<Clock>(context, { method: "GET", path: "clock" }),
  );
}
