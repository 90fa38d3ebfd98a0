/** `sinch conversation contacts delete` */
import { Command } from "@cliffy/command";
import { deleteContact } from "../../../api/contacts.ts";
import type { View } from "../../../output/view.ts";
import { action } from "../../action.ts";
import type { AnyCommand, Cli } from "../../cli.ts";
import {
  confirmLoss,
  CONSENT_OPTION,
  type ConsentFlags,
} from "../../confirm.ts";
import type { Context } from "../../context.ts";
import { deleted } from "../../deleted.ts";
import { DRY_RUN_OPTION } from "../../shared_flags.ts";
import { contactId } from "./contact_id.ts";

export function create(cli: Cli): AnyCommand {
  const command: AnyCommand = new Command()
    .description("Delete a contact, for all apps of the project.")
    .arguments("[id:plain]");
  return command
    .option(...CONSENT_OPTION)
    .option(...DRY_RUN_OPTION)
    .example(
      "Ask, then delete",
      "sinch conversation contacts delete 01HW9CON0000000000000000BB",
    )
    .example(
      "In a script",
      "sinch conversation contacts delete 01HW9CON0000000000000000BB --force",
    )
    .action(action(cli, remove));
}

async function remove(
  context: Context,
  flags: ConsentFlags,
  given?: string,
): Promise<View> {
  const id = await contactId(context, given);
  await confirmLoss(context, flags, {
    action: `Delete contact ${id}`,
    consequence:
      "It goes for all apps of the project, and cannot be brought back.",
  });
  return await context.change(
    deleteContact(id),
    () => deleted("Contact", id),
  );
}
