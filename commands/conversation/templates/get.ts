/** `sinch conversation templates get` */
import { action } from "../../action.ts";
import type { Cli } from "../../cli.ts";
import { command } from "../../command.ts";
import { showOne } from "../resource.ts";
import { TEMPLATE } from "./template.ts";

export const create = (cli: Cli) =>
  command(
    "Show a template with its translations. Without an ID in a terminal, asks which.\n" +
      "With --json, the newest translation of each language appears a second time, as version latest, as the API returns it.",
  )
    .arguments("[id:template]")
    .example(
      "Show a template",
      "sinch conversation templates get order_confirmed",
    )
    .example(
      "Save it to a file, for update --json-template @order.json",
      "sinch conversation templates get order_confirmed --json > order.json",
    )
    .action(action(cli, (context, _, id) => showOne(context, TEMPLATE, id)));
