/** `sinch sandbox rule remove` */
import { usageError } from "../../../errors.ts";
import { done } from "../../../output/details.ts";
import type { View } from "../../../output/view.ts";
import type { Cli } from "../../cli.ts";
import { command, type OptionsOf } from "../../command.ts";
import type { Context } from "../../context.ts";
import { askSandbox } from "../control.ts";
import { action } from "../../action.ts";

const declare = () =>
  command("Remove a fault rule, or all of them")
    .arguments("[id:line]")
    .option("--all", "Remove all rules")
    .example("Remove a rule", "sinch sandbox rule remove 1")
    .example("Remove all rules", "sinch sandbox rule remove --all");

export const create = (cli: Cli) => declare().action(action(cli, remove));

async function remove(
  context: Context,
  { all }: OptionsOf<typeof declare>,
  id?: string,
): Promise<View> {
  if (id !== undefined && all) {
    throw usageError("[id] and --all cannot be used together");
  }
  if (id === undefined && !all) {
    throw usageError("Missing [id] or --all");
  }
  const path = id === undefined ? "rules" : `rules/${encodeURIComponent(id)}`;
  await askSandbox(context, { method: "DELETE", path });
  return {
    json: id === undefined
      ? { all: true, deleted: true }
      : { id, deleted: true },
    text: (style) =>
      done(
        id === undefined ? "All rules removed" : `Rule ${id} removed`,
        style,
      ),
  };
}
