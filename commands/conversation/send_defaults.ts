/**
 * The app and the channel of a send, where the project leaves no choice: its
 * only app, the app's only channel.
 */
import { type App, getApp, listApps } from "../../api/apps.ts";
import type { Channel } from "../../api/channel.ts";
import { parseChannel } from "../../options/channel.ts";
import type { SendMessageBody } from "../../api/messages.ts";
import { usageError } from "../../errors.ts";
import {
  type Missing,
  missingFailure,
  type SendOptions,
  type SendType,
} from "../../options/send.ts";
import { requestBody } from "../../options/send_request.ts";
import { safeLine } from "../../output/safe_text.ts";
import { suggest } from "../../runtime/suggest.ts";
import type { Context } from "../context.ts";
import { nameOfApp } from "../default_app.ts";

/**
 * The request of a send that lacks nothing but app or channel, and says on
 * stderr which ones it found.
 *
 * @throws {Failure} "usage" for what is missing; listing the app's channels, if
 * there are several.
 */
export async function bodyWithDefaults(
  context: Context,
  type: SendType,
  options: SendOptions,
  { missing, sender }: { missing: Missing; sender?: string },
): Promise<SendMessageBody> {
  const lacks = (name: string) => missing.some(([first]) => first === name);
  const findable =
    missing.length === Number(lacks("app")) + Number(lacks("channel"));
  if (!findable) throw missingFailure(missing, options, !context.inSandbox);
  // Built before the API is asked for the app: the options may be wrong.
  const body = lacks("channel")
    ? undefined
    : await requestBody(type, options, sender);
  if (body && options.app !== undefined) {
    return { app_id: options.app, ...body };
  }
  const app = await findApp(context, options.app);
  if (!app) throw missingFailure(missing, options, !context.inSandbox);
  if (options.app === undefined) {
    context.note(`Using the project's only app: ${nameOfApp(app)}`);
  }
  const found = body ??
    await requestBody(
      type,
      { ...options, channel: onlyChannel(context, app) },
      sender,
    );
  return { app_id: app.id, ...found };
}

/** The app with this ID, or the project's only one. */
async function findApp(
  context: Context,
  id: string | undefined,
): Promise<App | undefined> {
  // A dry run needs no account.
  const { credentials } = await context.settings();
  if (context.flags.dryRun && !credentials) return undefined;
  if (id !== undefined) return await context.read(getApp(id));
  const { apps = [] } = await context.read(listApps());
  return apps.length === 1 ? apps[0] : undefined;
}

function onlyChannel(context: Context, app: App): Channel {
  const [only, ...others] = (app.channel_credentials ?? [])
    .map(({ channel }) => channel);
  if (only !== undefined && others.length === 0) {
    context.note(`Using the app's only channel: ${safeLine(only)}`);
    return parseChannel(only, "The app's channel");
  }
  const channels = [only, ...others].join(", ") || "no channels yet";
  throw usageError(
    `Missing --channel: the app ${nameOfApp(app)} has ${safeLine(channels)}`,
    `Set a default with \`${suggest`config set conversation channel=<channel>`}\`.`,
  );
}
