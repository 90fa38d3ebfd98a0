/** `sinch conversation messages delete` */
import { action } from "../../action.ts";
import type { Cli } from "../../cli.ts";
import { command, DRY_RUN, FORCE } from "../../command.ts";
import { deleteOne } from "../resource.ts";
import { messages, SOURCE, SOURCE_OPTION } from "./message.ts";

export const create = (cli: Cli) =>
  command(
    "Delete a message from Sinch's storage. A delivered message stays on the handset, and its conversation is kept.",
  )
    .type("source", SOURCE)
    .arguments("[id:message]")
    .option(...FORCE)
    .option(...SOURCE_OPTION)
    .option(...DRY_RUN)
    .example(
      "Delete a message after a confirmation",
      "sinch conversation messages delete 01JA7V5Q0M2N8B3C4D5E6F7G8H",
    )
    .example(
      "Delete a message in a script",
      "sinch conversation messages delete 01JA7V5Q0M2N8B3C4D5E6F7G8H --force",
    )
    .action(action(
      cli,
      (context, { source, force }, id) =>
        deleteOne(context, messages(source), id, force),
    ));
