/** `sinch conversation apps delete` */
import { action } from "../../action.ts";
import type { Cli } from "../../cli.ts";
import { command, DRY_RUN, FORCE } from "../../command.ts";
import { deleteOne } from "../resource.ts";
import { APP } from "./app.ts";

export const create = (cli: Cli) =>
  command(
    "Delete an app with its webhooks and conversations. Contacts and channel resources, such as WhatsApp senders, are kept.",
  )
    .arguments("[id:app]")
    .option(...FORCE)
    .option(...DRY_RUN)
    .example(
      "Delete an app after a confirmation",
      "sinch conversation apps delete 01HW7APP0000000000000000AA",
    )
    .example(
      "Delete an app in a script",
      "sinch conversation apps delete 01HW7APP0000000000000000AA --force",
    )
    .action(action(
      cli,
      (context, { force }, id) => deleteOne(context, APP, id, force),
    ));
