/** `sinch conversation conversations get` */
import { action } from "../../action.ts";
import type { Cli } from "../../cli.ts";
import { command } from "../../command.ts";
import { showOne } from "../resource.ts";
import { CONVERSATION } from "./conversation.ts";

export const create = (cli: Cli) =>
  command("Show a conversation. Without an ID in a terminal, asks which.")
    .arguments("[id:conversation]")
    .example(
      "Show a conversation",
      "sinch conversation conversations get 01HW9CNV0000000000000000CC",
    )
    .example(
      "Print only its contact ID",
      "sinch conversation conversations get 01HW9CNV0000000000000000CC --query contact_id",
    )
    .action(action(
      cli,
      (context, _, id) => showOne(context, CONVERSATION, id),
    ));
