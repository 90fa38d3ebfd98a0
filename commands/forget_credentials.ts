/** Forgets a profile's credentials, for signing out and for deleting it. */
import { secretStore } from "../config/credentials.ts";
import type { NamedProfile } from "../config/resolve.ts";
import type { Context } from "./context.ts";

/**
 * Removes a profile's key secret and its cached access token; the profile itself
 * stays.
 */
export async function forgetCredentials(
  context: Context,
  { name, profile }: NamedProfile,
): Promise<void> {
  const source = `profile ${name}`;
  const { projectId = "", keyId, secretStore: kind } = profile;
  if (keyId) {
    await using account = context.withSettings({
      ...await context.settings(),
      credentials: {
        projectId: { value: projectId, source },
        keyId: { value: keyId, source },
        keySecret: () => Promise.resolve(""),
        secretSource: source,
      },
    });
    await (await account.tokenSource()).forget();
  }
  if (kind) await secretStore(context.runtime, kind).remove(name);
}
