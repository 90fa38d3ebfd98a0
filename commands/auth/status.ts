/** `sinch auth status` */
import { listApps } from "../../api/apps.ts";
import type { AccessToken } from "../../api/http/token.ts";
import { requireCredentials, type Settings } from "../../config/resolve.ts";
import { EXIT_CODES, Failure } from "../../errors.ts";
import { details } from "../../output/details.ts";
import type { View } from "../../output/view.ts";
import { action } from "../action.ts";
import type { Cli } from "../cli.ts";
import { command, type OptionsOf } from "../command.ts";
import type { Context } from "../context.ts";
import { settingsFields, settingsJson } from "../settings_view.ts";

const declare = () =>
  command(
    "Show the active credentials and settings with their sources, and how long the cached access token is valid. " +
      "Exits with code 3 if you are not signed in. Sends no requests without --verify.",
  )
    .option(
      "--verify",
      "Verify the credentials: get a new token and read the project's apps",
    )
    .example("Show the active account as JSON", "sinch auth status --json")
    .example(
      "Check that the credentials still work",
      "sinch auth status --verify",
    );

export const create = (cli: Cli) => declare().action(action(cli, showStatus));

async function showStatus(
  context: Context,
  { verify }: OptionsOf<typeof declare>,
): Promise<View> {
  const settings = await context.settings();
  const problem = await signedOut(settings);
  if (problem) return signedOutView(settings, problem);
  const tokens = await context.tokenSource();
  const token = verify ? await tokens.fetch() : await tokens.cached();
  // A token says nothing about the project.
  if (verify) await context.read(listApps());
  return signedInView(context, settings, token);
}

/** Why there are no credentials: none were given, or the secret is gone. */
async function signedOut(settings: Settings): Promise<Failure | undefined> {
  try {
    await requireCredentials(settings).keySecret();
    return undefined;
  } catch (error) {
    if (error instanceof Failure && error.kind === "auth") return error;
    throw error;
  }
}

function signedOutView(settings: Settings, { message, hint }: Failure): View {
  return {
    json: {
      signedIn: false,
      reason: `${message}. ${hint}`,
      profile: settings.profile,
      ...settingsJson(settings),
      keySecret: null,
      token: null,
    },
    text: (style) =>
      `${message}. ${hint}\n` + details([
        ["Profile", settings.profile],
        ...settingsFields(settings),
      ], style),
    exitCode: EXIT_CODES.auth,
  };
}

function signedInView(
  { runtime }: Context,
  settings: Settings,
  token: AccessToken | undefined,
): View {
  const { secretSource } = requireCredentials(settings);
  const leftMs = token ? token.expiresAt - runtime.clock.now() : 0;
  const valid = token && leftMs > 0;
  return {
    json: {
      signedIn: true,
      profile: settings.profile,
      ...settingsJson(settings),
      keySecret: { source: secretSource },
      token: valid
        ? { expiresAt: new Date(token.expiresAt).toISOString() }
        : null,
    },
    text: (style) =>
      details([
        ["Profile", settings.profile],
        ...settingsFields(settings),
        ["Key secret", `set (${secretSource})`],
        [
          "Token",
          valid ? `valid for ${Math.ceil(leftMs / 60_000)} min` : "not cached",
        ],
      ], style),
  };
}
