/** `sinch conversation templates delete` */
import { Command } from "@cliffy/command";
import { deleteTemplate } from "../../../api/templates.ts";
import type { View } from "../../../output/view.ts";
import { pickTemplate } from "../../../wizard/pick_template.ts";
import { action } from "../../action.ts";
import type { AnyCommand, Cli } from "../../cli.ts";
import {
  confirmLoss,
  CONSENT_OPTION,
  type ConsentFlags,
} from "../../confirm.ts";
import type { Context } from "../../context.ts";
import { deleted } from "../../deleted.ts";
import { idOrPick } from "../../pick_id.ts";
import { DRY_RUN_OPTION } from "../../shared_flags.ts";

export function create(cli: Cli): AnyCommand {
  const command: AnyCommand = new Command()
    .description(
      "Delete a template with all its translations. Messages that were sent with it stay.",
    )
    .arguments("[id:plain]");
  return command
    .option(...CONSENT_OPTION)
    .option(...DRY_RUN_OPTION)
    .example(
      "Ask, then delete",
      "sinch conversation templates delete order_confirmed",
    )
    .example(
      "In a script",
      "sinch conversation templates delete order_confirmed --force",
    )
    .action(action(cli, remove));
}

async function remove(
  context: Context,
  flags: ConsentFlags,
  given?: string,
): Promise<View> {
  const id = await idOrPick(context, given, pickTemplate);
  await confirmLoss(context, flags, {
    action: `Delete template ${id}`,
    consequence:
      "Its translations go with it and cannot be brought back. Messages that were sent with it stay.",
  });
  return await context.change(
    deleteTemplate(id),
    () => deleted("Template", id),
  );
}
