/** `sinch auth logout`: takes a profile's credentials away. */
import { environmentWithFile } from "../../config/environment.ts";
import { changeProfile } from "../../config/profiles.ts";
import {
  environmentCredentials,
  resolveProfile,
} from "../../config/resolve.ts";
import { usageError } from "../../errors.ts";
import { done } from "../../output/details.ts";
import type { View } from "../../output/view.ts";
import { action } from "../action.ts";
import type { Cli } from "../cli.ts";
import { command, FORCE, type OptionsOf } from "../command.ts";
import { confirmLoss } from "../confirm.ts";
import type { Context } from "../context.ts";
import { forgetCredentials } from "../forget_credentials.ts";

const declare = () =>
  command(
    "Remove the profile's project ID, key ID, key secret and cached access token from this machine. " +
      "Its region, app, channel and sender are kept. The key stays valid until it is deleted in the Sinch dashboard.",
  )
    .option(...FORCE)
    .example("Sign out after a confirmation", "sinch auth logout")
    .example("Sign out in a script", "sinch auth logout --force");

export const create = (cli: Cli) => declare().action(action(cli, logOut));

async function logOut(
  context: Context,
  { force }: OptionsOf<typeof declare>,
): Promise<View> {
  const { runtime, flags } = context;
  if (context.inSandbox) {
    throw usageError(
      "The sandbox has its own account; there is no sign-in to remove",
    );
  }
  const named = await resolveProfile(runtime, flags);
  const { projectId, keyId, secretStore } = named.profile;
  const wasSignedIn = Boolean(projectId || keyId || secretStore);
  if (wasSignedIn) {
    await confirmLoss(
      context,
      force,
      { action: `Sign out of project ${projectId} (profile ${named.name})` },
    );
    await forgetCredentials(context, named);
    await changeProfile(runtime, named.name, {
      projectId: undefined,
      keyId: undefined,
      secretStore: undefined,
    });
  }
  const variables = await environmentWithFile(runtime, flags.envFile);
  if (environmentCredentials(variables)) {
    context.note(
      "The environment also has credentials; unset them to sign out.",
    );
  }
  return {
    json: { profile: named.name, signedOut: wasSignedIn },
    text: (style) =>
      wasSignedIn
        ? done(`Signed out (profile ${named.name})`, style)
        : `Not signed in (profile ${named.name}).\n`,
  };
}
