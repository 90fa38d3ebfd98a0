/** `sinch conversation contacts merge` */
import { mergeContacts } from "../../../api/contacts.ts";
import { usageError } from "../../../errors.ts";
import type { View } from "../../../output/view.ts";
import { action } from "../../action.ts";
import type { Cli } from "../../cli.ts";
import { command, DRY_RUN, FORCE, type OptionsOf } from "../../command.ts";
import { confirmLoss } from "../../confirm.ts";
import type { Context } from "../../context.ts";
import { idOf } from "../resource.ts";
import { contacts } from "./contact.ts";
import { contactView } from "./contact_view.ts";

const declare = () =>
  command(
    "Merge a contact into another: move its conversations and identities, then delete it. Fields that the destination already has are kept.",
  )
    .arguments("[source-id:contact] [destination-id:contact]")
    .option(...FORCE)
    .option(...DRY_RUN)
    .example(
      "Merge two records of one person",
      "sinch conversation contacts merge 01HW9CON0000000000000000CC 01HW9CON0000000000000000BB",
    )
    .example(
      "Print the request first",
      "sinch conversation contacts merge 01HW9CON0000000000000000CC 01HW9CON0000000000000000BB --dry-run",
    );

export const create = (cli: Cli) => declare().action(action(cli, merge));

async function merge(
  context: Context,
  { force }: OptionsOf<typeof declare>,
  givenSource?: string,
  givenDestination?: string,
): Promise<View> {
  const source = await idOf(
    context,
    contacts("Contact to merge and delete"),
    givenSource,
  );
  const destination = await idOf(
    context,
    contacts("Contact to keep"),
    givenDestination,
  );
  if (source === destination) {
    throw usageError(`A contact cannot be merged with itself: ${source}`);
  }
  // A script that names both IDs has decided; a person may have mixed them up.
  if (context.canPrompt) {
    await confirmLoss(context, force, {
      action: `Merge contact ${source} into ${destination}`,
      consequence: `This deletes contact ${source} and cannot be undone.`,
    });
  }
  return await context.change(
    mergeContacts(source, destination),
    (contact) => contactView(contact, "Contacts merged"),
  );
}
