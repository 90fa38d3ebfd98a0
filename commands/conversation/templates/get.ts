/** `sinch conversation templates get` */
import { Command } from "@cliffy/command";
import { getTemplate } from "../../../api/templates.ts";
import type { View } from "../../../output/view.ts";
import { pickTemplate } from "../../../wizard/pick_template.ts";
import { action } from "../../action.ts";
import type { AnyCommand, Cli } from "../../cli.ts";
import type { CommonFlags, Context } from "../../context.ts";
import { idOrPick } from "../../pick_id.ts";
import { templateView } from "./template_view.ts";

export function create(cli: Cli): AnyCommand {
  const command: AnyCommand = new Command()
    .description(
      "Show a template with its translations. Without an id in a terminal, asks which.\n" +
        "JSON is what the API answers: the newest translation of each language once more, as version latest.",
    )
    .arguments("[id:plain]");
  return command
    .example(
      "One template",
      "sinch conversation templates get order_confirmed",
    )
    .example(
      "Keep it in a file, for update --json-template @order.json",
      "sinch conversation templates get order_confirmed --json > order.json",
    )
    .action(action(cli, get));
}

async function get(
  context: Context,
  _flags: CommonFlags,
  given?: string,
): Promise<View> {
  const id = await idOrPick(context, given, pickTemplate);
  return templateView(await context.read(getTemplate(id)));
}
