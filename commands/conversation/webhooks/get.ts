/** `sinch conversation webhooks get` */
import { action } from "../../action.ts";
import type { Cli } from "../../cli.ts";
import { command, SHOW_SECRETS } from "../../command.ts";
import { showOne } from "../resource.ts";
import { PICK_APP, webhooks } from "./webhook.ts";

export const create = (cli: Cli) =>
  command("Show a webhook. Without an ID in a terminal, asks which.")
    .arguments("[id:webhook]")
    .option(...PICK_APP)
    .option(...SHOW_SECRETS)
    .example(
      "Show a webhook",
      "sinch conversation webhooks get 01HW8WHK0000000000000000EE",
    )
    .example(
      "Print the secret that signs its callbacks",
      "sinch conversation webhooks get 01HW8WHK0000000000000000EE --show-secrets --query secret",
    )
    .action(action(
      cli,
      (context, { app }, id) => showOne(context, webhooks(app), id),
    ));
