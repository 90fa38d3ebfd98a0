/** `sinch conversation apps update` */
import { type AppInput, updateApp } from "../../../api/apps.ts";
import { usageError } from "../../../errors.ts";
import type { View } from "../../../output/view.ts";
import { action } from "../../action.ts";
import type { Cli } from "../../cli.ts";
import type { OptionsOf } from "../../command.ts";
import type { Context } from "../../context.ts";
import { idOf } from "../resource.ts";
import { APP } from "./app.ts";
import { appCommand } from "./app_options.ts";
import { appView } from "./app_view.ts";

const declare = () =>
  appCommand(
    "Update the given fields of an app. --channel-credentials replaces all channels of the app.",
  )
    .arguments("[id:app]")
    .option("--name <name:line>", "Display name")
    .example(
      "Change the name",
      'sinch conversation apps update 01HW7APP0000000000000000AA --name "Support EU"',
    )
    .example(
      "Store conversations from now on",
      "sinch conversation apps update 01HW7APP0000000000000000AA --processing-mode CONVERSATION",
    );

export const create = (cli: Cli) => declare().action(action(cli, update));

async function update(
  context: Context,
  { name, processingMode, channelCredentials }: OptionsOf<typeof declare>,
  given?: string,
): Promise<View> {
  const changes: AppInput = {
    ...name && { display_name: name },
    ...processingMode && { processing_mode: processingMode },
    ...channelCredentials && { channel_credentials: channelCredentials },
  };
  if (Object.keys(changes).length === 0) {
    throw usageError(
      "Nothing to update",
      "Add --name, --processing-mode or --channel-credentials.",
    );
  }
  const id = await idOf(context, APP, given);
  return await context.change(
    updateApp(id, changes),
    (app) => appView(context, app, "App updated"),
  );
}
