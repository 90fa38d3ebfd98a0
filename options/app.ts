/**
 * The values of an app as they are typed.
 *
 * No refusal quotes a credential: refusals end up in logs.
 */
import type { ChannelCredential } from "../api/apps.ts";
import { parseChannel } from "./channel.ts";
import { type Check, secretJson } from "./checks.ts";
import { hasMask } from "../api/secrets.ts";
import { usageError } from "../errors.ts";
import { MASK } from "../runtime/secrets.ts";
import { suggest } from "../runtime/suggest.ts";
import { SourceType, Word } from "./value_type.ts";

export const PROCESSING_MODE = new Word(["CONVERSATION", "DISPATCH"]);

/** A JSON list, or one credential alone. The API checks what each channel needs. */
export const CHANNEL_CREDENTIALS = new SourceType((text, at) => {
  const value = secretJson(text, at);
  const credentials = Array.isArray(value) ? value : [value];
  return credentials.map((credential, index) =>
    channelCredential(credential, `${at}[${index}]`)
  );
});

const channelCredential: Check<ChannelCredential> = (value, at) => {
  const { channel, ...rest } = Object(value);
  if (typeof channel !== "string") {
    throw usageError(
      `${at} must be an object with a channel`,
      'Example: {"channel":"SMS","static_bearer":{"claimed_identity":"<service plan>","token":"<API token>"}}',
    );
  }
  if (hasMask(rest)) {
    throw usageError(
      `${at} has ${MASK} in place of a secret`,
      `Print an app's credentials with \`${suggest`conversation apps get <id> --json --show-secrets`}\`.`,
    );
  }
  return { channel: parseChannel(channel, `${at}: channel`), ...rest };
};
