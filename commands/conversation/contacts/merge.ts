/** `sinch conversation contacts merge` */
import { Command } from "@cliffy/command";
import { mergeContacts } from "../../../api/contacts.ts";
import { usageError } from "../../../errors.ts";
import type { View } from "../../../output/view.ts";
import { action } from "../../action.ts";
import type { AnyCommand, Cli } from "../../cli.ts";
import {
  confirmLoss,
  CONSENT_OPTION,
  type ConsentFlags,
} from "../../confirm.ts";
import type { Context } from "../../context.ts";
import { DRY_RUN_OPTION } from "../../shared_flags.ts";
import { contactId } from "./contact_id.ts";
import { contactView } from "./contact_view.ts";

export function create(cli: Cli): AnyCommand {
  const command: AnyCommand = new Command()
    .description(
      "Move conversations and identities of the source to the destination, and delete the source. Fields that the destination has stay as they are.",
    )
    .arguments("[source-id:plain] [destination-id:plain]");
  return command
    .option(...CONSENT_OPTION)
    .option(...DRY_RUN_OPTION)
    .example(
      "Two records of one person",
      "sinch conversation contacts merge 01HW9CON0000000000000000CC 01HW9CON0000000000000000BB",
    )
    .example(
      "Look first",
      "sinch conversation contacts merge 01HW9CON0000000000000000CC 01HW9CON0000000000000000BB --dry-run",
    )
    .action(action(cli, merge));
}

async function merge(
  context: Context,
  flags: ConsentFlags,
  givenSource?: string,
  givenDestination?: string,
): Promise<View> {
  const source = await contactId(context, givenSource, "Merge which contact");
  const destination = await contactId(context, givenDestination, "Into which");
  if (source === destination) {
    throw usageError(`A contact cannot be merged with itself: ${source}`);
  }
  // Whoever writes both ids into a script has decided; a person may have
  // mixed them up.
  if (context.canPrompt) {
    await confirmLoss(context, flags, {
      action: `Merge contact ${source} into ${destination}`,
      consequence: `Contact ${source} is deleted, and cannot be brought back.`,
    });
  }
  return await context.change(
    mergeContacts(source, destination),
    (contact) => contactView(contact, "Contacts merged"),
  );
}
