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
} from "../../options/send_options.ts";
import { sendRequest } from "../../options/send_request.ts";
import { usageError } from "../../errors.ts";
import { safeLine } from "../../output/safe_text.ts";
import type { Context } from "../context.ts";
import { nameOfApp } from "../default_app.ts";
import { suggest } from "../../runtime/suggest.ts";

/**
 * The options, with app and channel added where only one can be meant. Asks the
 * API only where nothing else is missing, and says on stderr what it chose.
 *
 * @throws {Failure} "usage" listing the app's channels, if there are several.
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
  if (!findable) return options;
  // What is wrong anyway is said before anything is asked of the API.
  if (!missing.includes("channel")) {
    await sendRequest({ ...options, app: options.app ?? "APP" }, defaults);
  }
  if (!await canLookUp(context)) return options;
  const app = await appOf(context, options, defaults);
  if (!app) return options;
  const found = { ...options };
  if (missing.includes("app")) {
    found.app = app.id;
    context.note(`Using the project's only app: ${nameOfApp(app)}`);
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
  if (id !== undefined) return await context.read(getApp(id));
  const { apps = [] } = await context.read(listApps());
  return apps.length === 1 ? apps[0] : undefined;
}

function channelOf(context: Context, app: App): string {
  const [only, ...others] = (app.channel_credentials ?? [])
    .map(({ channel }) => channel);
  if (only !== undefined && others.length === 0) {
    context.note(`Using the app's only channel: ${safeLine(only)}`);
    return only;
  }
  const channels = [only, ...others].join(", ") || "no channel yet";
  throw usageError(
    `Missing: --channel; the app ${nameOfApp(app)} has ${safeLine(channels)}`,
    `Set a default with \`${suggest`config set conversation channel=<channel>`}\`.`,
  );
}
