/** `sinch config profile create` */
import {
  changeProfiles,
  findProfile,
  profileName,
} from "../../../config/profiles.ts";
import { usageError } from "../../../errors.ts";
import { ValueType } from "../../../options/value_type.ts";
import { done } from "../../../output/details.ts";
import type { View } from "../../../output/view.ts";
import { suggest } from "../../../runtime/suggest.ts";
import type { Cli } from "../../cli.ts";
import { command } from "../../command.ts";
import type { Context } from "../../context.ts";
import { profileAction } from "./profile_action.ts";

export const create = (cli: Cli) =>
  command("Create an empty profile. The active profile does not change.")
    .type("new-name", new ValueType(profileName))
    .arguments("<name:new-name>")
    .example("Create a profile", "sinch config profile create staging")
    .example(
      "Create a profile and sign in with it",
      "sinch config profile create staging && sinch auth login --profile staging",
    )
    .action(
      profileAction(cli, (context, _, name) => createProfile(context, name)),
    );

async function createProfile(context: Context, name: string): Promise<View> {
  await changeProfiles(context.runtime, (file) => {
    if (findProfile(file, name)) {
      throw usageError(`Profile "${name}" already exists`);
    }
    file.profiles[name] = {};
  });
  context.note(`Run \`${suggest`auth login --profile ${name}`}\` to sign in.`);
  return {
    json: { profile: name, created: true },
    text: (style) => done(`Profile ${name} created`, style),
  };
}
