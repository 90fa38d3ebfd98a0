/** `sinch conversation contacts get` */
import { action } from "../../action.ts";
import type { Cli } from "../../cli.ts";
import { command } from "../../command.ts";
import { showOne } from "../resource.ts";
import { contacts } from "./contact.ts";

export const create = (cli: Cli) =>
  command("Show a contact. Without an ID in a terminal, asks which.")
    .arguments("[id:contact]")
    .example(
      "Show a contact",
      "sinch conversation contacts get 01HW9CON0000000000000000BB",
    )
    .example(
      "Print only its first identity",
      "sinch conversation contacts get 01HW9CON0000000000000000BB --query 'channel_identities[0].identity'",
    )
    .action(action(
      cli,
      (context, _, id) => showOne(context, contacts(), id),
    ));
