/**
 * The app and the channel of a send, where the project leaves no choice: its
 * only app, the app's only channel.
 */
import { type App, getApp, listApps } from "../../api/apps.ts";
import {
  isGiven,
  missingOptions,
  type SendDefaults,
  type SendOptions,
} from "../../api/send_options.ts";
import { usageError } from "../../errors.ts";
import { safeLine } from "../../output/safe_text.ts";
import type { Context } from "../context.ts";

/**
 * The options, with app and channel added where only one can be meant. Asks the
 * API only when nothing else is missing, and says on stderr what it chose.
 *
 * @throws {Failure} "usage" listing the app's channels, where nobody can be asked.
 */
export async function findSendDefaults(
  context: Context,
  options: SendOptions,
  defaults: SendDefaults,
): Promise<SendOptions> {
  const missing = missingOptions(options, defaults).map((group) => group[0]);
  const findable = missing.every((name) =>
    name === "app" || name === "channel"
  );
  if (missing.length === 0 || !findable || !await canLookUp(context)) {
    return options;
  }
  const app = await appOf(context, options, defaults);
  if (!app) return options;
  const found = { ...options };
  if (missing.includes("app")) {
    found.app = app.id;
    context.note(`Using the project's only app: ${nameOf(app)}`);
  }
  if (missing.includes("channel")) found.channel = channelOf(context, app);
  return found;
}

/** A dry run needs no account, and then has nobody to look things up. */
async function canLookUp(context: Context): Promise<boolean> {
  return !context.flags.dryRun ||
    (await context.settings()).credentials !== undefined;
}

async function appOf(
  context: Context,
  options: SendOptions,
  defaults: SendDefaults,
): Promise<App | undefined> {
  const id = isGiven(options, "app") ? options.app : defaults.app;
  if (id !== undefined) return await context.send(getApp(id));
  const { apps = [] } = await context.send(listApps());
  return apps.length === 1 ? apps[0] : undefined;
}

function channelOf(context: Context, app: App): string | undefined {
  const channels = (app.channel_credentials ?? []).map(({ channel }) =>
    channel
  );
  if (channels.length === 1) {
    context.note(`Using the app's only channel: ${safeLine(channels[0]!)}`);
    return channels[0];
  }
  if (context.canPrompt) return undefined;
  throw usageError(
    channels.length > 1
      ? `Missing: --channel; the app ${nameOf(app)} has ${channels.join(", ")}`
      : `Missing: --channel; the app ${nameOf(app)} has no channel yet`,
    "Set a default with `sinch config set conversation channel=<channel>`.",
  );
}

function nameOf({ id, display_name }: App): string {
  return display_name ? `${safeLine(display_name)} (${id})` : id;
}
