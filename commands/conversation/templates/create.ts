/** `sinch conversation templates create` */
import { Command } from "@cliffy/command";
import {
  newTemplate,
  type TemplateOptions,
} from "../../../options/template_options.ts";
import { createTemplate } from "../../../api/templates.ts";
import type { View } from "../../../output/view.ts";
import { action } from "../../action.ts";
import type { AnyCommand, Cli } from "../../cli.ts";
import type { CommonFlags, Context } from "../../context.ts";
import { wizardContext } from "../../pick_id.ts";
import { addTemplateFlags, readTemplateOptions } from "./template_flags.ts";
import { templateView } from "./template_view.ts";

export function create(cli: Cli): AnyCommand {
  const command: AnyCommand = new Command()
    .description(
      "Create a message template. Without text, message and JSON in a terminal, asks for everything.\n" +
        "A text or JSON value may be @file or - (standard input); @@ at its start is a plain @.",
    )
    .option(
      "--id <id:plain>",
      "Id of your own choice; made by the API if left out.",
    );
  return addTemplateFlags(command)
    .example(
      "In two languages",
      "sinch conversation templates create --id order_confirmed --text 'Hi ${name}, your order is confirmed.' --variable name=Jane --translation 'sv-SE=Hej ${name}!'",
    )
    .example(
      "From a file, without sending it",
      "sinch conversation templates create --json-template @order.json --dry-run",
    )
    .action(action(cli, createOne));
}

async function createOne(
  context: Context,
  flags: TemplateOptions & CommonFlags,
): Promise<View> {
  const options = await complete(
    context,
    await readTemplateOptions(context, flags),
  );
  return await context.change(
    createTemplate(newTemplate(options)),
    (created) => templateView(created, "Template created"),
  );
}

/** Asks for what is missing, where somebody can be asked. */
async function complete(
  context: Context,
  options: TemplateOptions,
): Promise<TemplateOptions> {
  const { text, message, jsonTemplate } = options;
  const isComplete = [text, message, jsonTemplate].some((one) =>
    one !== undefined
  );
  if (isComplete || !context.canPrompt) return options;
  // What will not do is refused before anything is asked.
  newTemplate({ ...options, text: "…", variable: undefined });
  const { completeTemplate } = await import("../../../wizard/template.ts");
  return await completeTemplate(await wizardContext(context), options);
}
