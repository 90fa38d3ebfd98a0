/** `sinch sandbox rule list` */
import type { View } from "../../../output/view.ts";
import type { Cli } from "../../cli.ts";
import { command } from "../../command.ts";
import type { Context } from "../../context.ts";
import { askSandbox } from "../control.ts";
import { action } from "../../action.ts";
import { type RuleList, rulesView } from "./rule_view.ts";

export const create = (cli: Cli) =>
  command("List fault rules in the order in which they are applied")
    .example("List all rules", "sinch sandbox rule list")
    .example(
      "Save the rules to a file for `rule add --file`",
      "sinch sandbox rule list --json > rules.json",
    )
    .action(action(cli, list));

async function list(context: Context): Promise<View> {
  return rulesView(
    await askSandbox<RuleList>(context, { method: "GET", path: "rules" }),
  );
}
