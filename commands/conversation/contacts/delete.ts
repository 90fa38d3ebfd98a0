/** `sinch conversation contacts delete` */
import { action } from "../../action.ts";
import type { Cli } from "../../cli.ts";
import { command, DRY_RUN, FORCE } from "../../command.ts";
import { deleteOne } from "../resource.ts";
import { contacts } from "./contact.ts";

export const create = (cli: Cli) =>
  command("Delete a contact, for all apps of the project")
    .arguments("[id:contact]")
    .option(...FORCE)
    .option(...DRY_RUN)
    .example(
      "Delete a contact after a confirmation",
      "sinch conversation contacts delete 01HW9CON0000000000000000BB",
    )
    .example(
      "Delete a contact in a script",
      "sinch conversation contacts delete 01HW9CON0000000000000000BB --force",
    )
    .action(action(
      cli,
      (context, { force }, id) => deleteOne(context, contacts(), id, force),
    ));
