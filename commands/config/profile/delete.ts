/** `sinch config profile delete`: a profile, with its secret and token. */
import { Command } from "@cliffy/command";
import {
  changeProfiles,
  DEFAULT_PROFILE,
  readProfiles,
} from "../../../config/profiles.ts";
import { resolveProfile } from "../../../config/resolve.ts";
import { usageError } from "../../../errors.ts";
import { done } from "../../../output/details.ts";
import type { View } from "../../../output/view.ts";
import { action } from "../../action.ts";
import type { AnyCommand, Cli } from "../../cli.ts";
import {
  confirmLoss,
  CONSENT_OPTION,
  type ConsentFlags,
} from "../../confirm.ts";
import type { Context } from "../../context.ts";
import { forgetCredentials } from "../../forget_credentials.ts";
import { suggest } from "../../../runtime/suggest.ts";

export function create(cli: Cli): AnyCommand {
  return (new Command() as AnyCommand)
    .description(
      "Delete a profile, its key secret and its cached access token. " +
        "The active one is deleted only with --force; `default` is then the active one.",
    )
    .arguments("<name:plain>")
    .option(...CONSENT_OPTION)
    .example("Delete a profile", "sinch config profile delete work")
    .example("Without a question", "sinch config profile delete work --force")
    .action(action(cli, deleteProfile));
}

async function deleteProfile(
  context: Context,
  flags: ConsentFlags,
  name: string,
): Promise<View> {
  const { runtime } = context;
  const named = await resolveProfile(runtime, { profile: name });
  const { activeProfile = DEFAULT_PROFILE } = await readProfiles(runtime);
  if (activeProfile === name && !flags.force) {
    throw usageError(
      `Profile ${name} is the active one`,
      `Choose another one with \`${suggest`config profile use <name>`}\`, or add --force.`,
    );
  }
  await confirmLoss(context, flags, {
    action: `Delete profile ${name} and its credentials`,
  });
  await forgetCredentials(context, named);
  await changeProfiles(runtime, (file) => {
    delete file.profiles[name];
    if (file.activeProfile === name) delete file.activeProfile;
  });
  return {
    json: { profile: name, deleted: true },
    text: (style) => done(`Profile ${name} deleted`, style),
  };
}
