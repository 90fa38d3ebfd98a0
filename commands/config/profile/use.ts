/** `sinch config profile use`: the profile of the commands that name none. */
import { Command } from "@cliffy/command";
import { changeProfiles } from "../../../config/profiles.ts";
import { resolveProfile } from "../../../config/resolve.ts";
import { done } from "../../../output/details.ts";
import type { View } from "../../../output/view.ts";
import { action } from "../../action.ts";
import type { AnyCommand, Cli } from "../../cli.ts";
import type { CommonFlags, Context } from "../../context.ts";

export function create(cli: Cli): AnyCommand {
  return (new Command() as AnyCommand)
    .description(
      "Make a profile the active one: it is used where neither --profile nor SINCH_PROFILE names another.",
    )
    .arguments("<name:plain>")
    .example("Another account", "sinch config profile use work")
    .example("Back to the first one", "sinch config profile use default")
    .action(action(cli, useProfile));
}

async function useProfile(
  { runtime }: Context,
  _flags: CommonFlags,
  name: string,
): Promise<View> {
  await resolveProfile(runtime, { profile: name });
  await changeProfiles(runtime, (file) => {
    file.activeProfile = name;
  });
  return {
    json: { profile: name, active: true },
    text: (style) => done(`Profile ${name} is the active one`, style),
  };
}
