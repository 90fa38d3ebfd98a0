/** The flags that `webhooks create` and `webhooks update` share. */
import type { WebhookOptions } from "../../../options/webhook_options.ts";
import type { AnyCommand } from "../../cli.ts";
import type { Context } from "../../context.ts";
import { DRY_RUN, SHOW_SECRETS } from "../../command.ts";
import { textReader } from "../../text_reader.ts";

/** The official CLI calls the target `--url` and has the three short forms. */
export function addWebhookFlags(command: AnyCommand): AnyCommand {
  return command
    .option(
      "-u, --target, --url <url:plain>",
      "Where the callbacks go: an https URL of at most 742 characters.",
    )
    .option(
      "-t, --triggers <names:plain>",
      "What is reported, such as MESSAGE_INBOUND,MESSAGE_DELIVERY; or all. Repeatable.",
      { collect: true },
    )
    .option(
      "-s, --secret <secret:plain>",
      "Signs the callbacks. @file, or - for standard input, keep it out of the shell's history.",
    )
    .option(
      "--target-type <type:plain>",
      "HTTP, or DISMISS to stop the callbacks for a while.",
    )
    .group("OAuth 2.0 towards the target")
    .option(
      "--oauth-endpoint <url:plain>",
      "Where the API fetches a token for the target.",
    )
    .option("--oauth-client-id <id:plain>", "Client ID for it.")
    .option(
      "--oauth-client-secret <secret:plain>",
      "Client secret for it; or @file, or -.",
    )
    .option("--oauth-scope <scope:plain>", "Scope of the token.")
    .group("Output")
    .option(...DRY_RUN)
    .option(...SHOW_SECRETS);
}

/** The options with what `@file` and `-` stand for. */
export async function readWebhookOptions(
  { runtime }: Context,
  flags: WebhookOptions,
): Promise<WebhookOptions> {
  const read = textReader(runtime);
  const { secret, oauthClientSecret } = flags;
  return {
    ...flags,
    secret: secret && await read(secret, "--secret"),
    oauthClientSecret: oauthClientSecret &&
      await read(oauthClientSecret, "--oauth-client-secret"),
  };
}
