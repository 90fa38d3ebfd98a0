/** `sinch conversation apps create` */
import { Command } from "@cliffy/command";
import {
  appChanges,
  type AppOptions,
  newApp,
} from "../../../options/app_options.ts";
import { type App, createApp } from "../../../api/apps.ts";
import type { View } from "../../../output/view.ts";
import { action } from "../../action.ts";
import type { AnyCommand, Cli } from "../../cli.ts";
import type { CommonFlags, Context } from "../../context.ts";
import { makeDefaultApp, refuseDefaultInSandbox } from "../../default_app.ts";
import { addAppFlags, readAppOptions } from "./app_flags.ts";
import { appView } from "./app_view.ts";
import { suggest } from "../../../runtime/suggest.ts";

interface CreateFlags extends CommonFlags {
  processingMode?: string;
  channelCredentials?: string;
  setDefault?: boolean;
}

export function create(cli: Cli): AnyCommand {
  const command: AnyCommand = new Command()
    .description(
      "Create an app in this region, where it stays. Without a name in a terminal, asks for it.",
    )
    .arguments("[name:plain]");
  return addAppFlags(command)
    .option("--set-default", "Make it the default app of the profile.")
    .example(
      "An app that keeps conversations, as the default",
      'sinch conversation apps create "Support" --processing-mode CONVERSATION --set-default',
    )
    .example(
      "With its channels",
      'sinch conversation apps create "Alerts" --channel-credentials @channels.json',
    )
    .action(action(cli, createOne));
}

async function createOne(
  context: Context,
  flags: CreateFlags,
  name?: string,
): Promise<View> {
  if (flags.setDefault) refuseDefaultInSandbox(context);
  const options = await readAppOptions(context, { ...flags, name });
  if (context.canPrompt) options.name ??= await askName(context, options);
  const request = createApp(newApp(options));
  return await context.change(request, async (app) => {
    if (flags.setDefault) await makeDefaultApp(context, app.id);
    if (context.canPrompt) suggestNext(context, app, flags);
    return await appView(context, app, "App created");
  });
}

async function askName(
  context: Context,
  given: AppOptions,
): Promise<string> {
  // What will not do is refused before anything is asked.
  appChanges(given);
  const { askAppName } = await import("../../../wizard/app.ts");
  return await askAppName(await context.prompter());
}

function suggestNext(
  context: Context,
  { id, channel_credentials = [], processing_mode }: App,
  flags: CreateFlags,
): void {
  if (channel_credentials.length === 0) {
    context.note(
      `Next: give it a channel in the dashboard, or with ${suggest`conversation apps update ${id} --channel-credentials @channels.json`}`,
    );
  }
  if (!flags.setDefault && !context.inSandbox) {
    context.note(
      `To make it the default: ${suggest`conversation apps use ${id}`}`,
    );
  }
  if (processing_mode === "DISPATCH") {
    context.note(
      `In DISPATCH mode there are no contacts and no conversations: ${suggest`conversation apps update ${id} --processing-mode CONVERSATION`}`,
    );
  }
}
