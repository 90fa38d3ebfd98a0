/** `sinch conversation templates delete` */
import { action } from "../../action.ts";
import type { Cli } from "../../cli.ts";
import { command, DRY_RUN, FORCE } from "../../command.ts";
import { deleteOne } from "../resource.ts";
import { TEMPLATE } from "./template.ts";

export const create = (cli: Cli) =>
  command(
    "Delete a template with all its translations. Messages sent with it are kept.",
  )
    .arguments("[id:template]")
    .option(...FORCE)
    .option(...DRY_RUN)
    .example(
      "Delete a template after a confirmation",
      "sinch conversation templates delete order_confirmed",
    )
    .example(
      "Delete a template in a script",
      "sinch conversation templates delete order_confirmed --force",
    )
    .action(action(
      cli,
      (context, { force }, id) => deleteOne(context, TEMPLATE, id, force),
    ));
