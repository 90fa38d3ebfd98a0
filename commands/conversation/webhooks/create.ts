/** `sinch conversation webhooks create` */
import { Command } from "@cliffy/command";
import {
  completeChanges,
  newWebhook,
  webhookChanges,
  type WebhookOptions,
} from "../../../options/webhook_options.ts";
import { createWebhook } from "../../../api/webhooks.ts";
import { environmentWithFile } from "../../../config/environment.ts";
import type { View } from "../../../output/view.ts";
import { action } from "../../action.ts";
import type { AnyCommand, Cli } from "../../cli.ts";
import type { CommonFlags, Context } from "../../context.ts";
import { workingApp } from "../../default_app.ts";
import { addWebhookFlags, readWebhookOptions } from "./webhook_flags.ts";
import { webhookView } from "./webhook_view.ts";

interface CreateFlags extends WebhookOptions, CommonFlags {
  app?: string;
}

export function create(cli: Cli): AnyCommand {
  const command: AnyCommand = new Command()
    .description(
      "Create a webhook. Without target and triggers in a terminal, asks for them.\n" +
        "Its secret may also be in the variable SINCH_WEBHOOK_SECRET, the OAuth client secret in SINCH_WEBHOOK_CLIENT_SECRET.",
    )
    .option(
      "-a, --app <app-id:plain>",
      "Conversation app; the configured default if left out.",
    );
  return addWebhookFlags(command)
    .example(
      "Incoming messages and delivery reports, signed",
      "sinch conversation webhooks create --target https://example.com/sinch --triggers MESSAGE_INBOUND,MESSAGE_DELIVERY --secret @secret.txt",
    )
    .example(
      "Everything, to a server on this machine, as a dry run",
      "sinch conversation webhooks create --target http://localhost:3000 --triggers all --dry-run",
    )
    .action(action(cli, createOne));
}

async function createOne(
  context: Context,
  flags: CreateFlags,
): Promise<View> {
  const read = await readWebhookOptions(context, flags);
  const given = { ...read, ...await environmentSecrets(context, read) };
  // What will not do is refused before anything is asked.
  completeChanges(webhookChanges(given));
  const asks = context.canPrompt && !(given.target && given.triggers);
  const app = asks ? await workingApp(context, flags.app) : flags.app;
  const webhook = newWebhook(asks ? await ask(context, given) : given);
  const app_id = await workingApp(context, app);
  return await context.change(
    createWebhook({ app_id, ...webhook }),
    (webhook) => webhookView(context, webhook, "Webhook created"),
  );
}

/** Asks for what is missing. */
async function ask(
  context: Context,
  given: WebhookOptions,
): Promise<WebhookOptions> {
  const { completeWebhook } = await import("../../../wizard/webhook.ts");
  return await completeWebhook(await context.prompter(), given);
}

/** What the flags leave to the environment, where no shell keeps a history. */
async function environmentSecrets(
  { runtime, flags }: Context,
  { secret, oauthEndpoint, oauthClientSecret }: WebhookOptions,
): Promise<Pick<WebhookOptions, "secret" | "oauthClientSecret">> {
  const variables = await environmentWithFile(runtime, flags.envFile);
  return {
    secret: secret ?? variables("SINCH_WEBHOOK_SECRET")?.value,
    oauthClientSecret: oauthClientSecret ??
      (oauthEndpoint && variables("SINCH_WEBHOOK_CLIENT_SECRET")?.value),
  };
}
