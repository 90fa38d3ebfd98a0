/** What signing out and deleting a profile have in common. */
import { secretStore } from "../config/credentials.ts";
import type { NamedProfile } from "../config/resolve.ts";
import type { Context } from "./context.ts";

/**
 * Removes a profile's key secret and its cached access token; what the profiles
 * file says of it stays.
 */
export async function forgetCredentials(
  context: Context,
  { name, profile }: NamedProfile,
): Promise<void> {
  const source = `profile ${name}`;
  const { projectId = "", keyId, secretStore: kind } = profile;
  if (keyId) {
    const tokens = await context.tokenSource({
      ...await context.settings(),
      credentials: {
        projectId: { value: projectId, source },
        keyId: { value: keyId, source },
        keySecret: () => Promise.resolve(""),
        secretSource: source,
      },
    });
    await tokens.forget();
  }
  if (kind) await secretStore(context.runtime, kind).remove(name);
}
