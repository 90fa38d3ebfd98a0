/** `sinch conversation apps update` */
import { Command } from "@cliffy/command";
import { appChanges, type AppOptions } from "../../../options/app_options.ts";
import { updateApp } from "../../../api/apps.ts";
import { usageError } from "../../../errors.ts";
import type { View } from "../../../output/view.ts";
import { pickApp } from "../../../wizard/pick_app.ts";
import { action } from "../../action.ts";
import type { AnyCommand, Cli } from "../../cli.ts";
import type { CommonFlags, Context } from "../../context.ts";
import { idOrPick } from "../../pick_id.ts";
import { addAppFlags, readAppOptions } from "./app_flags.ts";
import { appView } from "./app_view.ts";

export function create(cli: Cli): AnyCommand {
  const command: AnyCommand = new Command()
    .description(
      "Change what the flags name; the rest stays. --channel-credentials replaces every channel of the app.",
    )
    .arguments("[id:plain]")
    .option("--name <name:plain>", "Display name.");
  return addAppFlags(command)
    .example(
      "Another name",
      'sinch conversation apps update 01HW7APP0000000000000000AA --name "Support EU"',
    )
    .example(
      "Keep conversations from now on",
      "sinch conversation apps update 01HW7APP0000000000000000AA --processing-mode CONVERSATION",
    )
    .action(action(cli, update));
}

async function update(
  context: Context,
  flags: AppOptions & CommonFlags,
  given?: string,
): Promise<View> {
  const changes = appChanges(await readAppOptions(context, flags));
  if (Object.keys(changes).length === 0) {
    throw usageError(
      "Nothing to update: give --name, --processing-mode or --channel-credentials",
    );
  }
  const id = await idOrPick(context, given, pickApp);
  return await context.change(
    updateApp(id, changes),
    (app) => appView(context, app, "App updated"),
  );
}
