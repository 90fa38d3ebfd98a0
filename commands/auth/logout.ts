/** `sinch auth logout`: takes a profile's credentials away. */
import { Command } from "@cliffy/command";
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
import type { AnyCommand, Cli } from "../cli.ts";
import { confirmLoss, CONSENT_OPTION, type ConsentFlags } from "../confirm.ts";
import type { Context } from "../context.ts";
import { forgetCredentials } from "../forget_credentials.ts";

export function create(cli: Cli): AnyCommand {
  return (new Command() as AnyCommand)
    .description(
      "Remove the profile's project ID, key ID, key secret and cached access token from this machine. " +
        "Its region, app, channel and sender stay. The key itself stays valid until it is deleted in the Sinch dashboard.",
    )
    .option(...CONSENT_OPTION)
    .example("Sign out", "sinch auth logout")
    .example("Without a question", "sinch auth logout --force")
    .action(action(cli, logOut));
}

async function logOut(
  context: Context,
  flags: ConsentFlags,
): Promise<View> {
  const { runtime } = context;
  if (context.inSandbox) {
    throw usageError("The sandbox has its own account: nobody signs out of it");
  }
  const named = await resolveProfile(runtime, flags);
  const { projectId, keyId, secretStore } = named.profile;
  const wasSignedIn = Boolean(projectId || keyId || secretStore);
  if (wasSignedIn) {
    await confirmLoss(
      context,
      flags,
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
      "The environment has credentials, too: unset them to be signed out.",
    );
  }
  return {
    json: { profile: named.name, signedOut: wasSignedIn },
    text: (style) =>
      wasSignedIn
        ? done(`Signed out (profile ${named.name})`, style)
        : `Nobody was signed in (profile ${named.name}).\n`,
  };
}
