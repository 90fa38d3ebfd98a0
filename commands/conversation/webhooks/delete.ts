/** `sinch conversation webhooks delete` */
import { action } from "../../action.ts";
import type { Cli } from "../../cli.ts";
import { command, DRY_RUN, FORCE } from "../../command.ts";
import { deleteOne } from "../resource.ts";
import { PICK_APP, webhooks } from "./webhook.ts";

export const create = (cli: Cli) =>
  command(
    "Delete a webhook. Its target is no longer called, and events in the meantime are never reported.",
  )
    .arguments("[id:webhook]")
    .option(...PICK_APP)
    .option(...FORCE)
    .option(...DRY_RUN)
    .example(
      "Delete a webhook after a confirmation",
      "sinch conversation webhooks delete 01HW8WHK0000000000000000EE",
    )
    .example(
      "Delete a webhook in a script",
      "sinch conversation webhooks delete 01HW8WHK0000000000000000EE --force",
    )
    .action(action(
      cli,
      (context, { app, force }, id) =>
        deleteOne(context, webhooks(app), id, force),
    ));
