/** All checks, in parallel where none needs the answer of another. */
import { findFolder } from "../../config/folders.ts";
import type { Cli } from "../cli.ts";
import type { CommonFlags } from "../common_options.ts";
import { Context } from "../context.ts";
import { findApp, type InRegion } from "./app.ts";
import {
  findCredentials,
  findHostAndClock,
  findTemplates,
  findToken,
} from "./connection.ts";
import { attempt, DEADLINE_MS, type Finding } from "./finding.ts";
import { findRules } from "./rules.ts";
import { findFiles, findKeychain, findVariables } from "./machine.ts";

/** All findings, in the order in which they are shown. */
export async function diagnose(
  cli: Cli,
  flags: CommonFlags & { app?: string },
): Promise<Finding[]> {
  const signal = AbortSignal.any([
    cli.signal,
    AbortSignal.timeout(DEADLINE_MS),
  ]);
  const bounded = { ...cli, signal };
  await using context = new Context(bounded, flags);
  const inRegion: InRegion = (region) =>
    new Context(bounded, { ...flags, region });

  const [invalid] = await attempt("Settings", async () => {
    await context.settings();
    return [];
  });
  if (invalid) return [invalid, ...findVariables(cli.runtime)];
  const settings = await context.settings();

  // The embedded sandbox has no host, and its account is in no file.
  const { inSandbox } = context;
  const keepsFiles = !inSandbox && findFolder(cli.runtime, "config");
  const [credentials, host, files, keychain] = await Promise.all([
    attempt("Credentials", () => findCredentials(settings)),
    inSandbox ? [] : attempt("Host", () => findHostAndClock(context, settings)),
    keepsFiles ? attempt("File", () => findFiles(cli.runtime)) : [],
    keepsFiles
      ? attempt("Keychain", () => findKeychain(cli.runtime, settings))
      : [],
  ]);
  const signedIn = credentials.every(({ state }) => state === "ok");
  const token = signedIn
    ? await attempt("Token", () => findToken(context))
    : [];
  const hasToken = token.some(({ state }) => state === "ok");
  const [app, templates] = hasToken
    ? await Promise.all([
      attempt("App", () => findApp(context, inRegion)),
      attempt("Templates", () => findTemplates(context)),
    ])
    : [[], []];
  const rules = hasToken
    ? await attempt("Rules", () => findRules(context, settings))
    : [];
  return [
    ...credentials,
    ...host,
    ...token,
    ...app,
    ...templates,
    ...rules,
    ...findVariables(cli.runtime),
    ...files,
    ...keychain,
  ];
}
