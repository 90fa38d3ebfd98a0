/** `sinch conversation messages get` */
import { action } from "../../action.ts";
import type { Cli } from "../../cli.ts";
import { command } from "../../command.ts";
import { showOne } from "../resource.ts";
import { messages, SOURCE, SOURCE_OPTION } from "./message.ts";

export const create = (cli: Cli) =>
  command("Show a message. Without an ID in a terminal, asks which.")
    .type("source", SOURCE)
    .arguments("[id:message]")
    .option(...SOURCE_OPTION)
    .example(
      "Show a message",
      "sinch conversation messages get 01JA7V5Q0M2N8B3C4D5E6F7G8H",
    )
    .example(
      "Print only its text",
      "sinch conversation messages get 01JA7V5Q0M2N8B3C4D5E6F7G8H --query contact_message.text_message.text",
    )
    .action(action(
      cli,
      (context, { source }, id) => showOne(context, messages(source), id),
    ));
