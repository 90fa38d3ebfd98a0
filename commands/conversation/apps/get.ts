/** `sinch conversation apps get` */
import { Command } from "@cliffy/command";
import { getApp } from "../../../api/apps.ts";
import type { View } from "../../../output/view.ts";
import { pickApp } from "../../../wizard/pick_app.ts";
import { action } from "../../action.ts";
import type { AnyCommand, Cli } from "../../cli.ts";
import type { CommonFlags, Context } from "../../context.ts";
import { idOrPick } from "../../pick_id.ts";
import { SHOW_SECRETS_OPTION } from "../../shared_flags.ts";
import { appView } from "./app_view.ts";

export function create(cli: Cli): AnyCommand {
  const command: AnyCommand = new Command()
    .description("Show an app and the state of its channels.")
    .arguments("[id:plain]");
  return command
    .option(...SHOW_SECRETS_OPTION)
    .example(
      "Name, mode and channels",
      "sinch conversation apps get 01HW7APP0000000000000000AA",
    )
    .example(
      "Credentials, to change them and give them back to update",
      "sinch conversation apps get 01HW7APP0000000000000000AA --show-secrets --query channel_credentials",
    )
    .action(action(cli, get));
}

async function get(
  context: Context,
  _flags: CommonFlags,
  given?: string,
): Promise<View> {
  const id = await idOrPick(context, given, pickApp);
  return await appView(context, await context.read(getApp(id)));
}
