/** `sinch conversation apps create` */
import { type App, createApp } from "../../../api/apps.ts";
import { usageError } from "../../../errors.ts";
import type { View } from "../../../output/view.ts";
import { suggest } from "../../../runtime/suggest.ts";
import { action } from "../../action.ts";
import type { Cli } from "../../cli.ts";
import type { OptionsOf } from "../../command.ts";
import type { Context } from "../../context.ts";
import { makeDefaultApp, refuseDefaultInSandbox } from "../../default_app.ts";
import { appCommand } from "./app_options.ts";
import { appView } from "./app_view.ts";

const declare = () =>
  appCommand(
    "Create an app in this region. Without a name in a terminal, asks for it.",
  )
    .arguments("[name:line]")
    .option("--set-default", "Make it the default app of the profile")
    .example(
      "Create an app that stores conversations, and make it the default",
      'sinch conversation apps create "Support" --processing-mode CONVERSATION --set-default',
    )
    .example(
      "Create an app with its channels",
      'sinch conversation apps create "Alerts" --channel-credentials @channels.json',
    );

export const create = (cli: Cli) => declare().action(action(cli, createOne));

async function createOne(
  context: Context,
  options: OptionsOf<typeof declare>,
  given?: string,
): Promise<View> {
  const { setDefault, processingMode, channelCredentials = [] } = options;
  if (setDefault) refuseDefaultInSandbox(context);
  const request = createApp({
    display_name: given ?? await askName(context),
    // The API requires the field, if only as an empty list.
    channel_credentials: channelCredentials,
    ...processingMode && { processing_mode: processingMode },
  });
  return await context.change(request, async (app) => {
    if (setDefault) await makeDefaultApp(context, app.id);
    if (context.canPrompt) suggestNext(context, app, setDefault);
    return await appView(context, app, "App created");
  });
}

async function askName(context: Context): Promise<string> {
  if (!context.canPrompt) throw usageError("Missing name");
  const { askAppName } = await import("../../../wizard/app.ts");
  return await askAppName(await context.prompter());
}

function suggestNext(
  context: Context,
  { id, channel_credentials = [], processing_mode }: App,
  isDefault: boolean | undefined,
): void {
  if (channel_credentials.length === 0) {
    context.note(
      `Next: add a channel in the dashboard, or run ${suggest`conversation apps update ${id} --channel-credentials @channels.json`}`,
    );
  }
  if (!isDefault && !context.inSandbox) {
    context.note(
      `To make it the default app: ${suggest`conversation apps use ${id}`}`,
    );
  }
  if (processing_mode === "DISPATCH") {
    context.note(
      `In DISPATCH mode the app stores no contacts and no conversations. To change it: ${suggest`conversation apps update ${id} --processing-mode CONVERSATION`}`,
    );
  }
}
