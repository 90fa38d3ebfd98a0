/** `sinch sandbox rule list` */
import { Command } from "@cliffy/command";
import type { View } from "../../../output/view.ts";
import { action } from "../../action.ts";
import type { AnyCommand, Cli } from "../../cli.ts";
import type { Context } from "../../context.ts";
import { askSandbox } from "../control.ts";
import { rulesView } from "./rule_view.ts";

export function create(cli: Cli): AnyCommand {
  return new Command()
    .description("List the rules, in the order in which they are looked at.")
    .example("All rules", "sinch sandbox rule list")
    .example("As a file for `rule add`", "sinch sandbox rule list --json")
    .action(action(cli, list)) as AnyCommand;
}

async function list(context: Context): Promise<View> {
  const { rules } = await askSandbox(context, "GET", "rules");
  return rulesView(rules);
}
