/**
 * The options of an app as they are typed, and the request body they make.
 * Flags and wizard fill the same `AppOptions`.
 *
 * Nothing here quotes a credential: refusals end up in logs.
 */
import { usageError } from "../errors.ts";
import type { AppInput, ChannelCredential } from "../api/apps.ts";
import { parseChannel } from "../api/channel.ts";
import { type Check, secretJson, text, wordFromText } from "../api/checks.ts";
import { MASK } from "../runtime/secrets.ts";
import { hasMask } from "../api/secrets.ts";
import { suggest } from "../runtime/suggest.ts";

/** Texts as typed, `@file` and `-` already replaced by what they stand for. */
export interface AppOptions {
  name?: string;
  processingMode?: string;
  /** A JSON list, or one credential alone. */
  channelCredentials?: string;
}

export const PROCESSING_MODES = ["CONVERSATION", "DISPATCH"] as const;

export const appName: Check<string> = text();
const processingMode = wordFromText(PROCESSING_MODES);

/**
 * The body of a new app, `channel_credentials` always in it: the API requires
 * them, if only as an empty list.
 *
 * @throws {Failure} "usage" for values that will not do, and without a name.
 */
export function newApp(options: AppOptions): AppInput {
  const { display_name, channel_credentials = [], ...rest } = appChanges(
    options,
  );
  if (display_name === undefined) throw usageError("Missing: [name]");
  return { display_name, channel_credentials, ...rest };
}

/**
 * The fields that these options set.
 *
 * @throws {Failure} "usage" for values that will not do.
 */
export function appChanges(options: AppOptions): AppInput {
  const changes: AppInput = {};
  if (options.name !== undefined) {
    changes.display_name = appName(options.name, "name");
  }
  if (options.processingMode !== undefined) {
    changes.processing_mode = processingMode(
      options.processingMode,
      "--processing-mode",
    );
  }
  if (options.channelCredentials !== undefined) {
    changes.channel_credentials = channelCredentials(
      options.channelCredentials,
      "--channel-credentials",
    );
  }
  return changes;
}

/** The API checks what belongs to each channel, and says what is missing. */
const channelCredentials: Check<ChannelCredential[], string> = (text, at) => {
  const value = secretJson(text, at);
  const credentials = Array.isArray(value) ? value : [value];
  return credentials.map((credential, index) =>
    channelCredential(credential, `${at}[${index}]`)
  );
};

const channelCredential: Check<ChannelCredential> = (value, at) => {
  const { channel, ...rest } = Object(value);
  if (typeof channel !== "string") {
    throw usageError(
      `${at} must be an object with a channel`,
      'For example {"channel":"SMS","static_bearer":{"claimed_identity":"<service plan>","token":"<API token>"}}',
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
