/** `sinch conversation apps use` */
import { getApp } from "../../../api/apps.ts";
import { done } from "../../../output/details.ts";
import type { View } from "../../../output/view.ts";
import { action } from "../../action.ts";
import type { Cli } from "../../cli.ts";
import { command } from "../../command.ts";
import type { Context } from "../../context.ts";
import {
  makeDefaultApp,
  nameOfApp,
  refuseDefaultInSandbox,
} from "../../default_app.ts";
import { idOf } from "../resource.ts";
import { APP } from "./app.ts";

export const create = (cli: Cli) =>
  command(
    "Make an app the default of the profile, for commands without --app. Checks first that it exists.",
  )
    .arguments("[id:app]")
    .example(
      "Set the default app",
      "sinch conversation apps use 01HW7APP0000000000000000AA",
    )
    .example(
      "Set the default app of another profile",
      "sinch conversation apps use 01HW7APP0000000000000000AA --profile work",
    )
    .action(action(cli, (context, _, id) => use(context, id)));

async function use(context: Context, given?: string): Promise<View> {
  refuseDefaultInSandbox(context);
  const id = await idOf(context, APP, given);
  const app = await context.read(getApp(id));
  const profile = await makeDefaultApp(context, id);
  return {
    json: { profile, key: "appId", value: id },
    text: (style) =>
      done(`Default app set to ${nameOfApp(app)} (profile ${profile})`, style),
  };
}
