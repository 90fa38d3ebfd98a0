/** The options that `webhooks create` and `webhooks update` share. */
import { secretsIn } from "../../../api/secrets.ts";
import { allOf } from "../../../options/checks.ts";
import type {
  ClientCredentials,
  Webhook,
  WebhookInput,
} from "../../../api/webhooks.ts";
import { usageError } from "../../../errors.ts";
import {
  SCOPE,
  SECRET,
  SECURE_URL,
  TARGET,
  TARGET_TYPE,
  TRIGGER,
  triggersIn,
} from "../../../options/webhook.ts";
import {
  command,
  DRY_RUN,
  type OptionsOf,
  SHOW_SECRETS,
} from "../../command.ts";
import type { Context } from "../../context.ts";

export const webhookCommand = (description: string) =>
  command(description)
    .type("target", TARGET)
    .type("trigger", TRIGGER)
    .type("target-type", TARGET_TYPE)
    .type("secret", SECRET)
    .type("secure-url", SECURE_URL)
    .type("scope", SCOPE)
    .option(
      // The official CLI's name; Cliffy infers no name from three flags.
      "-u, --target, --url <url:target>" as string as "-u, --target <url:target>",
      "URL to call: https, max 742 characters",
    )
    .option(
      "-t, --triggers <names:trigger[]>",
      "Events to report, comma-separated, such as MESSAGE_INBOUND,MESSAGE_DELIVERY; or all. Repeatable",
      { collect: true },
    )
    .option(
      "-s, --secret <secret:secret>",
      "Secret that signs the callbacks; use @file or - to keep it out of the shell history",
    )
    .option(
      "--target-type <type:target-type>",
      "DISMISS pauses the callbacks",
    )
    .group("OAuth 2.0 for the target")
    .option(
      "--oauth-endpoint <url:secure-url>",
      "URL where the API requests a token for the target",
    )
    .option("--oauth-client-id <id:line>", "Client ID")
    .option(
      "--oauth-client-secret <secret:secret>",
      "Client secret, @file or -",
    )
    .option("--oauth-scope <scope:scope>", "Scope of the token")
    .group("Output")
    .option(...DRY_RUN)
    .option(...SHOW_SECRETS)
    .group("Options");

/** The fields that options set; OAuth settings may be only some of them. */
export type WebhookChanges = Omit<WebhookInput, "client_credentials"> & {
  client_credentials?: Partial<ClientCredentials> | null;
};

/** The fields that these options set; their secrets are masked from here on. */
export function webhookChanges(
  { runtime: { secrets } }: Context,
  options: OptionsOf<typeof webhookCommand>,
): WebhookChanges {
  const { target, triggers, secret, targetType } = options;
  const oauth = Object.fromEntries(
    Object.entries({
      endpoint: options.oauthEndpoint,
      client_id: options.oauthClientId,
      client_secret: options.oauthClientSecret,
      scope: options.oauthScope,
    }).filter(([, value]) => value !== undefined),
  );
  const changes: WebhookChanges = {
    ...target && { target },
    ...targetType && { target_type: targetType },
    ...triggers && { triggers: triggersIn(triggers) },
    ...secret && { secret },
    ...Object.keys(oauth).length > 0 && { client_credentials: oauth },
  };
  // Before any question: Ctrl-C there shows the command line.
  for (const one of secretsIn(changes)) secrets.remember(one);
  return changes;
}

const OAUTH_FLAGS = {
  endpoint: "--oauth-endpoint",
  client_id: "--oauth-client-id",
  client_secret: "--oauth-client-secret",
} as const;

/**
 * The API replaces OAuth settings as a whole: the given ones override the
 * `current` ones.
 *
 * @throws {Failure} "usage" naming those that are missing.
 */
export function completeChanges(
  { client_credentials: given, ...changes }: WebhookChanges,
  current?: Webhook,
): WebhookInput {
  if (!given) {
    return given === null ? { ...changes, client_credentials: null } : changes;
  }
  const oauth = { ...current?.client_credentials, ...given };
  const { endpoint, client_id, client_secret } = oauth;
  if (endpoint && client_id && client_secret) {
    return {
      ...changes,
      client_credentials: { ...oauth, endpoint, client_id, client_secret },
    };
  }
  const missing = Object.entries({ endpoint, client_id, client_secret })
    .filter(([, value]) => !value)
    .map(([field]) => OAUTH_FLAGS[field as keyof typeof OAUTH_FLAGS]);
  throw usageError(`Missing ${allOf(missing)}`);
}
