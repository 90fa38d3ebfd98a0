/** `sinch config profile create`: an empty profile. */
import { Command } from "@cliffy/command";
import {
  changeProfiles,
  checkProfileName,
  findProfile,
} from "../../../config/profiles.ts";
import { usageError } from "../../../errors.ts";
import { done } from "../../../output/details.ts";
import type { View } from "../../../output/view.ts";
import { action } from "../../action.ts";
import type { AnyCommand, Cli } from "../../cli.ts";
import type { CommonFlags, Context } from "../../context.ts";
import { suggest } from "../../../runtime/suggest.ts";

export function create(cli: Cli): AnyCommand {
  return (new Command() as AnyCommand)
    .description("Create an empty profile. It does not become the active one.")
    .arguments("<name:plain>")
    .example("Another account", "sinch config profile create staging")
    .example(
      "Then sign in with it",
      "sinch config profile create staging && sinch auth login --profile staging",
    )
    .action(action(cli, createProfile));
}

async function createProfile(
  context: Context,
  _flags: CommonFlags,
  name: string,
): Promise<View> {
  checkProfileName(name);
  await changeProfiles(context.runtime, (file) => {
    if (findProfile(file, name)) {
      throw usageError(`There is a profile "${name}" already`);
    }
    file.profiles[name] = {};
  });
  context.note(`Sign in with \`${suggest`auth login --profile ${name}`}\`.`);
  return {
    json: { profile: name, created: true },
    text: (style) => done(`Profile ${name} created`, style),
  };
}
