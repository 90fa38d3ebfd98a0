/** `sinch config profile delete` */
import {
  changeProfiles,
  DEFAULT_PROFILE,
  readProfiles,
} from "../../../config/profiles.ts";
import { requireProfile } from "../../../config/resolve.ts";
import { usageError } from "../../../errors.ts";
import { done } from "../../../output/details.ts";
import type { View } from "../../../output/view.ts";
import type { Cli } from "../../cli.ts";
import { command, FORCE, type OptionsOf } from "../../command.ts";
import { confirmLoss } from "../../confirm.ts";
import type { Context } from "../../context.ts";
import { forgetCredentials } from "../../forget_credentials.ts";
import { suggest } from "../../../runtime/suggest.ts";
import { profileAction } from "./profile_action.ts";

const declare = () =>
  command(
    "Delete a profile with its key secret and cached access token. " +
      "The active profile requires --force; `default` then becomes active.",
  )
    .arguments("<name:profile>")
    .option(...FORCE)
    .example(
      "Delete a profile after a confirmation",
      "sinch config profile delete work",
    )
    .example(
      "Delete a profile in a script",
      "sinch config profile delete work --force",
    );

export const create = (cli: Cli) =>
  declare().action(profileAction(cli, deleteProfile));

async function deleteProfile(
  context: Context,
  { force }: OptionsOf<typeof declare>,
  name: string,
): Promise<View> {
  const { runtime } = context;
  const named = await requireProfile(runtime, name);
  const { activeProfile = DEFAULT_PROFILE } = await readProfiles(runtime);
  if (activeProfile === name && !force) {
    throw usageError(
      `Profile "${name}" is the active profile`,
      `Run \`${suggest`config profile use <name>`}\` first, or add --force.`,
    );
  }
  await confirmLoss(context, force, {
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
