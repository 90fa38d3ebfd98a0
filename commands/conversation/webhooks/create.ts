/** `sinch conversation webhooks create` */
import { createWebhook } from "../../../api/webhooks.ts";
import { environmentWithFile } from "../../../config/environment.ts";
import { usageError } from "../../../errors.ts";
import type { View } from "../../../output/view.ts";
import { action } from "../../action.ts";
import type { Cli } from "../../cli.ts";
import type { OptionsOf } from "../../command.ts";
import type { Context } from "../../context.ts";
import { workingApp } from "../../default_app.ts";
import {
  completeChanges,
  webhookChanges,
  webhookCommand,
} from "./webhook_options.ts";
import { webhookView } from "./webhook_view.ts";

const declare = () =>
  webhookCommand(
    "Create a webhook. Prompts for missing values in a terminal.\n" +
      "The secrets can also be set as SINCH_WEBHOOK_SECRET and SINCH_WEBHOOK_CLIENT_SECRET.",
  )
    .option("-a, --app <app-id:app>", "App ID (default: the configured app)")
    .example(
      "Report inbound messages and delivery reports, signed",
      "sinch conversation webhooks create --target https://example.com/sinch --triggers MESSAGE_INBOUND,MESSAGE_DELIVERY --secret @secret.txt",
    )
    .example(
      "Print the request for all events to a server on this machine",
      "sinch conversation webhooks create --target http://localhost:3000 --triggers all --dry-run",
    );

type Options = OptionsOf<typeof declare>;

export const create = (cli: Cli) => declare().action(action(cli, createOne));

async function createOne(context: Context, options: Options): Promise<View> {
  const given = webhookChanges(context, {
    ...options,
    ...await secretsOf(context, options),
  });
  // Refused before any question.
  completeChanges(given);
  const missing = [
    ...given.target ? [] : ["--target"],
    ...given.triggers ? [] : ["--triggers"],
  ];
  if (missing.length > 0 && !context.canPrompt) {
    throw usageError(`Missing ${missing.join(" and ")}`);
  }
  const app_id = await workingApp(context, options.app);
  const changes = missing.length > 0
    ? { ...given, ...await ask(context, given) }
    : given;
  return await context.change(
    createWebhook({
      app_id,
      target_type: "HTTP",
      ...completeChanges(changes),
    }),
    (webhook) => webhookView(context, webhook, "Webhook created"),
  );
}

async function ask(
  context: Context,
  { target, triggers, secret }: ReturnType<typeof webhookChanges>,
) {
  const { completeWebhook } = await import("../../../wizard/webhook.ts");
  return await completeWebhook(await context.prompter(), {
    target,
    triggers,
    secret,
  });
}

/** Secrets that are set as variables, where no shell history keeps them. */
async function secretsOf(
  { runtime, flags }: Context,
  { secret, oauthEndpoint, oauthClientSecret }: Options,
): Promise<Pick<Options, "secret" | "oauthClientSecret">> {
  const variables = await environmentWithFile(runtime, flags.envFile);
  return {
    secret: secret ?? variables("SINCH_WEBHOOK_SECRET")?.value,
    oauthClientSecret: oauthClientSecret ??
      (oauthEndpoint && variables("SINCH_WEBHOOK_CLIENT_SECRET")?.value),
  };
}
