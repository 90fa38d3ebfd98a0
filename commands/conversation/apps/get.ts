/** `sinch conversation apps get` */
import { action } from "../../action.ts";
import type { Cli } from "../../cli.ts";
import { command, SHOW_SECRETS } from "../../command.ts";
import { showOne } from "../resource.ts";
import { APP } from "./app.ts";

export const create = (cli: Cli) =>
  command(
    "Show an app and the state of its channels. Without an ID in a terminal, asks which.",
  )
    .arguments("[id:app]")
    .option(...SHOW_SECRETS)
    .example(
      "Show name, mode and channels",
      "sinch conversation apps get 01HW7APP0000000000000000AA",
    )
    .example(
      "Print the credentials, to edit and pass to update",
      "sinch conversation apps get 01HW7APP0000000000000000AA --show-secrets --query channel_credentials",
    )
    .action(action(cli, (context, _, id) => showOne(context, APP, id)));
