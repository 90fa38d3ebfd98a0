/** `sinch conversation apps use` */
import { Command } from "@cliffy/command";
import { getApp } from "../../../api/apps.ts";
import { done } from "../../../output/details.ts";
import type { View } from "../../../output/view.ts";
import { pickApp } from "../../../wizard/pick_app.ts";
import { action } from "../../action.ts";
import type { AnyCommand, Cli } from "../../cli.ts";
import type { CommonFlags, Context } from "../../context.ts";
import {
  makeDefaultApp,
  nameOfApp,
  refuseDefaultInSandbox,
} from "../../default_app.ts";
import { idOrPick } from "../../pick_id.ts";

export function create(cli: Cli): AnyCommand {
  const command: AnyCommand = new Command()
    .description(
      "Make an app the default of the profile: it is meant where --app is left out. Checks first that it exists.",
    )
    .arguments("[id:plain]");
  return command
    .example(
      "The default app",
      "sinch conversation apps use 01HW7APP0000000000000000AA",
    )
    .example(
      "Of another profile",
      "sinch conversation apps use 01HW7APP0000000000000000AA --profile work",
    )
    .action(action(cli, use));
}

async function use(
  context: Context,
  _flags: CommonFlags,
  given?: string,
): Promise<View> {
  refuseDefaultInSandbox(context);
  const id = await idOrPick(context, given, pickApp);
  const app = await context.read(getApp(id));
  const profile = await makeDefaultApp(context, id);
  return {
    json: { profile, key: "appId", value: id },
    text: (style) =>
      done(`Default app is ${nameOfApp(app)} (profile ${profile})`, style),
  };
}
