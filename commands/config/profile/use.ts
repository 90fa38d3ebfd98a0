/** `sinch config profile use` */
import { changeProfiles } from "../../../config/profiles.ts";
import { requireProfile } from "../../../config/resolve.ts";
import { done } from "../../../output/details.ts";
import type { View } from "../../../output/view.ts";
import type { Cli } from "../../cli.ts";
import { command } from "../../command.ts";
import type { Context } from "../../context.ts";
import { profileAction } from "./profile_action.ts";

export const create = (cli: Cli) =>
  command(
    "Switch to a profile: commands use it unless --profile or SINCH_PROFILE selects another.",
  )
    .arguments("<name:profile>")
    .example("Switch to another account", "sinch config profile use work")
    .example(
      "Switch back to the default profile",
      "sinch config profile use default",
    )
    .action(
      profileAction(cli, (context, _, name) => useProfile(context, name)),
    );

async function useProfile(
  { runtime }: Context,
  name: string,
): Promise<View> {
  await requireProfile(runtime, name);
  await changeProfiles(runtime, (file) => {
    file.activeProfile = name;
  });
  return {
    json: { profile: name, active: true },
    text: (style) => done(`Switched to profile ${name}`, style),
  };
}
