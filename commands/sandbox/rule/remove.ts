/** `sinch sandbox rule remove` */
import { Command } from "@cliffy/command";
import { usageError } from "../../../errors.ts";
import { done } from "../../../output/details.ts";
import type { View } from "../../../output/view.ts";
import { action } from "../../action.ts";
import type { AnyCommand, Cli } from "../../cli.ts";
import type { Context } from "../../context.ts";
import { askSandbox } from "../control.ts";

export function create(cli: Cli): AnyCommand {
  return (new Command() as AnyCommand)
    .description("Remove a rule, or all of them.")
    .arguments("[id:plain]")
    .option("--all", "Remove every rule.")
    .example("One rule", "sinch sandbox rule remove 1")
    .example("From now on, all goes well", "sinch sandbox rule remove --all")
    .action(action(cli, remove));
}

async function remove(
  context: Context,
  { all = false }: { all?: boolean },
  id?: string,
): Promise<View> {
  if (all === (id !== undefined)) {
    throw usageError("Give the id of one rule, or --all");
  }
  const path = all ? "rules" : `rules/${encodeURIComponent(id!)}`;
  await askSandbox(context, "DELETE", path);
  return {
    json: all ? { all, deleted: true } : { id, deleted: true },
    text: (style) =>
      done(all ? "All rules removed" : `Rule ${id} removed`, style),
  };
}
