/** `sinch sandbox clock`: tells the sandbox's time, and puts it forward. */
import { Command } from "@cliffy/command";
import type { View } from "../../../output/view.ts";
import { action } from "../../action.ts";
import {
  type AnyCommand,
  type Cli,
  createGroup,
  type Entry,
} from "../../cli.ts";
import type { Context } from "../../context.ts";
import { askSandbox } from "../control.ts";
import { clockView } from "./clock_view.ts";

const ENTRIES: readonly Entry[] = [
  {
    name: "advance",
    summary: "Put the time forward",
    load: () => import("./advance.ts"),
  },
];

export function create(cli: Cli, words: string[]): Promise<AnyCommand> {
  return createGroup(cli, {
    summary:
      "The sandbox's time, which can be put forward and goes on from there. Only a reset of the sandbox brings it back.",
    entries: ENTRIES,
    words,
    itself: new Command()
      .example("What time it is there", "sinch sandbox clock")
      .example("How far ahead it is", "sinch sandbox clock --query ahead_ms")
      .action(action(cli, tell)) as AnyCommand,
  });
}

async function tell(context: Context): Promise<View> {
  return clockView(await askSandbox(context, "GET", "clock"));
}
