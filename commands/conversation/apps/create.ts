/** `sinch conversation apps create` */
import { type App, type AppInput, createApp } from "../../../api/apps.ts";
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
  const { setDefault, channelCredentials = [] } = options;
  if (setDefault) refuseDefaultInSandbox(context);
  const asked = given === undefined
    ? await askApp(context, options.processingMode)
    : {
      display_name: given,
      processing_mode: options.processingMode,
    };
  const request = createApp({
    ...asked,
    // The API requires the field, if only as an empty list.
    channel_credentials: channelCredentials,
  });
  return await context.change(request, async (app) => {
    if (setDefault) await makeDefaultApp(context, app.id);
    return {
      ...await appView(context, app, "App created"),
      hint: nextSteps(context, app, setDefault),
    };
  });
}

async function askApp(
  context: Context,
  mode: AppInput["processing_mode"],
): Promise<Pick<AppInput, "display_name" | "processing_mode">> {
  if (!context.canPrompt) throw usageError("Missing name");
  const { askAppName, askProcessingMode } = await import(
    "../../../wizard/app.ts"
  );
  const prompter = await context.prompter();
  return {
    display_name: await askAppName(prompter),
    processing_mode: mode ?? await askProcessingMode(prompter),
  };
}

function nextSteps(
  context: Context,
  { id, channel_credentials = [], processing_mode }: App,
  isDefault: boolean | undefined,
): string | undefined {
  const steps = [];
  if (channel_credentials.length === 0) {
    steps.push(
      `Next: add a channel in the dashboard, or run \`${suggest`conversation apps update ${id} --channel-credentials @channels.json`}\``,
    );
  }
  if (!isDefault && !context.inSandbox) {
    steps.push(
      `To make it the default app: \`${suggest`conversation apps use ${id}`}\``,
    );
  }
  if (processing_mode === "DISPATCH") {
    steps.push(
      `In DISPATCH mode the app stores no contacts and no conversations. To change it: \`${suggest`conversation apps update ${id} --processing-mode CONVERSATION`}\``,
    );
  }
  return steps.join("\n") || undefined;
}
