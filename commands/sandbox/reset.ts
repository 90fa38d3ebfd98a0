/** `sinch sandbox reset`: the next command finds the sandbox as it was at first. */
import { Command } from "@cliffy/command";
import { Failure } from "../../errors.ts";
import { done } from "../../output/details.ts";
import type { View } from "../../output/view.ts";
import { resetSandbox } from "../../sandbox/sandbox.ts";
import { action } from "../action.ts";
import type { AnyCommand, Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import { defaultStore } from "./open.ts";

export function create(cli: Cli): AnyCommand {
  return new Command()
    .description(
      "Delete everything the sandbox has stored on this machine. The next command finds its first app, contacts and template again.",
    )
    .option("--store <file:string>", "File of the sandbox to reset.")
    .example("Start over", "sinch sandbox reset")
    .example("Another store", "sinch sandbox reset --store ./test.db")
    .action(action(cli, reset)) as AnyCommand;
}

async function reset(
  context: Context,
  options: { store?: string },
): Promise<View> {
  const store = options.store ?? defaultStore(context.runtime);
  let isReset: boolean;
  try {
    isReset = await resetSandbox(store);
  } catch (error) {
    const reason = error instanceof Error ? error.message : error;
    throw new Failure("config", `${store} is not a sandbox store: ${reason}`, {
      hint: "Nothing was deleted.",
      cause: error,
    });
  }
  if (!isReset) {
    throw new Failure("config", `A sandbox is using ${store}`, {
      hint: "Stop it first, with Ctrl-C where it was started.",
    });
  }
  return {
    json: { store, reset: true },
    text: (style) => done(`Sandbox reset (${store})`, style),
  };
}
