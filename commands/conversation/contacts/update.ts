/** `sinch conversation contacts update` */
import { updateContact } from "../../../api/contacts.ts";
import { usageError } from "../../../errors.ts";
import type { View } from "../../../output/view.ts";
import { action } from "../../action.ts";
import type { Cli } from "../../cli.ts";
import { DRY_RUN, type OptionsOf } from "../../command.ts";
import type { Context } from "../../context.ts";
import { idOf } from "../resource.ts";
import { contacts } from "./contact.ts";
import { contactCommand, contactFields } from "./contact_options.ts";
import { contactView } from "./contact_view.ts";

const declare = () =>
  contactCommand(
    "Update the given fields of a contact. Without an ID in a terminal, asks which.",
  )
    .arguments("[id:contact]")
    .option(...DRY_RUN)
    .example(
      "Change the name",
      'sinch conversation contacts update 01HW9CON0000000000000000BB --name "Jane Roe"',
    )
    .example(
      "Set its ID in another system",
      "sinch conversation contacts update 01HW9CON0000000000000000BB --external-id crm-7",
    );

export const create = (cli: Cli) => declare().action(action(cli, update));

async function update(
  context: Context,
  options: OptionsOf<typeof declare>,
  given?: string,
): Promise<View> {
  const fields = contactFields(options);
  if (Object.keys(fields).length === 0) {
    throw usageError(
      "Nothing to update",
      "Add --name, --email, --language, --external-id or --metadata.",
    );
  }
  const id = await idOf(context, contacts(), given);
  return await context.change(
    updateContact(id, fields),
    (contact) => contactView(contact, "Contact updated"),
  );
}
