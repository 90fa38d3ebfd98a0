/** `sinch auth status`: who is signed in, and where each value comes from. */
import { Command } from "@cliffy/command";
import type { AccessToken } from "../../api/http/token.ts";
import { requireCredentials, type Settings } from "../../config/resolve.ts";
import { EXIT_CODES, Failure } from "../../errors.ts";
import { details } from "../../output/details.ts";
import type { View } from "../../output/view.ts";
import { action } from "../action.ts";
import type { AnyCommand, Cli } from "../cli.ts";
import type { CommonFlags, Context } from "../context.ts";
import { settingsFields, settingsJson } from "../settings_view.ts";

interface StatusFlags extends CommonFlags {
  verify?: boolean;
}

export function create(cli: Cli): AnyCommand {
  return new Command()
    .description(
      "Show who is signed in, where each value comes from, and how long the cached access token is valid. " +
        "Exits with 3 when nobody is signed in. Asks no server, except with --verify.",
    )
    .option("--verify", "Check the credentials with a new token request.")
    .example("Is this machine signed in?", "sinch auth status --json")
    .example("Do the credentials still work?", "sinch auth status --verify")
    .action(action(cli, showStatus)) as AnyCommand;
}

async function showStatus(
  context: Context,
  { verify }: StatusFlags,
): Promise<View> {
  const settings = await context.settings();
  const problem = await signedOut(settings);
  if (problem) return signedOutView(settings, problem);
  const tokens = await context.tokenSource();
  const token = verify ? await tokens.fetch() : await tokens.cached();
  return signedInView(context, settings, token);
}

/** Why nobody is signed in: no credentials, or a secret that is gone. */
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
        ["Key secret", `there (${secretSource})`],
        [
          "Token",
          valid ? `valid for ${Math.ceil(leftMs / 60_000)} min` : "none cached",
        ],
      ], style),
  };
}
