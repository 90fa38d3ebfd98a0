/** `sinch conversation apps delete` */
import { Command } from "@cliffy/command";
import { deleteApp, getApp } from "../../../api/apps.ts";
import type { View } from "../../../output/view.ts";
import { pickApp } from "../../../wizard/pick_app.ts";
import { action } from "../../action.ts";
import type { AnyCommand, Cli } from "../../cli.ts";
import {
  confirmLoss,
  CONSENT_OPTION,
  type ConsentFlags,
} from "../../confirm.ts";
import type { Context } from "../../context.ts";
import { nameOfApp } from "../../default_app.ts";
import { deleted } from "../../deleted.ts";
import { idOrPick } from "../../pick_id.ts";
import { DRY_RUN_OPTION } from "../../shared_flags.ts";

export function create(cli: Cli): AnyCommand {
  const command: AnyCommand = new Command()
    .description(
      "Delete an app with its webhooks and conversations. Contacts and channel resources, such as WhatsApp senders, stay.",
    )
    .arguments("[id:plain]");
  return command
    .option(...CONSENT_OPTION)
    .option(...DRY_RUN_OPTION)
    .example(
      "Ask, then delete",
      "sinch conversation apps delete 01HW7APP0000000000000000AA",
    )
    .example(
      "In a script",
      "sinch conversation apps delete 01HW7APP0000000000000000AA --force",
    )
    .action(action(cli, remove));
}

async function remove(
  context: Context,
  flags: ConsentFlags,
  given?: string,
): Promise<View> {
  const id = await idOrPick(context, given, pickApp);
  // A person is shown what it is; a script need not know.
  const app = context.canPrompt && !flags.force && !flags.dryRun
    ? await context.read(getApp(id))
    : { id };
  await confirmLoss(context, flags, {
    action: `Delete app ${nameOfApp(app)}`,
    consequence:
      "Its webhooks and conversations go, too, and cannot be brought back. Contacts and channel resources stay.",
  });
  return await context.change(deleteApp(id), () => deleted("App", id));
}
