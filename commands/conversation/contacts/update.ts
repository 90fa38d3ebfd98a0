/** `sinch conversation contacts update` */
import { Command } from "@cliffy/command";
import { updateContact } from "../../../api/contacts.ts";
import { usageError } from "../../../errors.ts";
import type { View } from "../../../output/view.ts";
import { action } from "../../action.ts";
import type { AnyCommand, Cli } from "../../cli.ts";
import type { CommonFlags, Context } from "../../context.ts";
import { DRY_RUN_OPTION } from "../../shared_flags.ts";
import {
  addContactFlags,
  contactFields,
  type ContactFlags,
} from "./contact_flags.ts";
import { contactId } from "./contact_id.ts";
import { contactView } from "./contact_view.ts";

export function create(cli: Cli): AnyCommand {
  const command: AnyCommand = new Command()
    .description(
      "Change a contact: the fields that are given, and no others. Without an id in a terminal, asks which.",
    )
    .arguments("[id:plain]");
  return addContactFlags(command)
    .option(...DRY_RUN_OPTION)
    .example(
      "Another name",
      'sinch conversation contacts update 01HW9CON0000000000000000BB --name "Jane Roe"',
    )
    .example(
      "Its ID in another system",
      "sinch conversation contacts update 01HW9CON0000000000000000BB --external-id crm-7",
    )
    .action(action(cli, update));
}

async function update(
  context: Context,
  flags: ContactFlags & CommonFlags,
  given?: string,
): Promise<View> {
  const fields = contactFields(flags);
  if (Object.keys(fields).length === 0) {
    throw usageError(
      "Nothing to update",
      "Give --name, --email, --language, --external-id or --metadata.",
    );
  }
  const id = await contactId(context, given);
  return await context.change(
    updateContact(id, fields),
    (contact) => contactView(contact, "Contact updated"),
  );
}
