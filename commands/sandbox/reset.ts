/** `sinch sandbox reset`: the next command finds the sandbox as it was at first. */
import { Failure } from "../../errors.ts";
import { done } from "../../output/details.ts";
import type { View } from "../../output/view.ts";
import { resetSandbox } from "../../sandbox/sandbox.ts";
import type { Cli } from "../cli.ts";
import { command, FORCE, type OptionsOf } from "../command.ts";
import { confirmLoss } from "../confirm.ts";
import type { Context } from "../context.ts";
import { storeOf } from "./open.ts";
import { action } from "../action.ts";

const declare = () =>
  command(
    "Delete all sandbox data. The next command creates the first app, contacts and template again.",
  )
    .option(
      "--store <path:file>",
      "Store file to delete (default: SINCH_SANDBOX_STORE or the data folder)",
    )
    .option(...FORCE)
    .example("Delete all data after a confirmation", "sinch sandbox reset")
    .example(
      "Delete another store in a script",
      "sinch sandbox reset --store ./test.db --force",
    );

export const create = (cli: Cli) => declare().action(action(cli, reset));

async function reset(
  context: Context,
  { store: given, force }: OptionsOf<typeof declare>,
): Promise<View> {
  const store = given ?? await storeOf(context.runtime, context.flags.envFile);
  await confirmLoss(context, force, {
    action: `Delete all sandbox data in ${store}`,
    consequence:
      "This deletes the sandbox's apps, contacts, messages, callbacks and rules. It cannot be undone.",
  });
  if (!await isDeleted(store)) {
    throw new Failure("config", `A running sandbox is using ${store}`, {
      hint: "Stop it with Ctrl-C in its terminal, then try again.",
    });
  }
  return {
    json: { store, reset: true },
    text: (style) => done(`Sandbox data deleted (${store})`, style),
  };
}

/** @throws {Failure} config: it is another file */
async function isDeleted(store: string): Promise<boolean> {
  try {
    return await resetSandbox(store);
  } catch (error) {
    const reason = error instanceof Error ? error.message : error;
    throw new Failure("config", `${store} is not a sandbox store: ${reason}`, {
      hint: "Nothing was deleted.",
      cause: error,
    });
  }
}
