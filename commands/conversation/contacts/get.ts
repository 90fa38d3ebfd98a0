/** `sinch conversation contacts get` */
import { Command } from "@cliffy/command";
import { getContact } from "../../../api/contacts.ts";
import type { View } from "../../../output/view.ts";
import { action } from "../../action.ts";
import type { AnyCommand, Cli } from "../../cli.ts";
import type { CommonFlags, Context } from "../../context.ts";
import { contactId } from "./contact_id.ts";
import { contactView } from "./contact_view.ts";

export function create(cli: Cli): AnyCommand {
  const command: AnyCommand = new Command()
    .description("Show a contact. Without an id in a terminal, asks which.")
    .arguments("[id:plain]");
  return command
    .example(
      "One contact",
      "sinch conversation contacts get 01HW9CON0000000000000000BB",
    )
    .example(
      "Only its phone number",
      "sinch conversation contacts get 01HW9CON0000000000000000BB --query 'channel_identities[0].identity'",
    )
    .action(action(cli, get));
}

async function get(
  context: Context,
  _flags: CommonFlags,
  given?: string,
): Promise<View> {
  const id = await contactId(context, given);
  return contactView(await context.read(getContact(id)));
}
