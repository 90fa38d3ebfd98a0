/** `sinch auth login`: credentials are checked first, and kept only then. */
import { Command, EnumType } from "@cliffy/command";
import {
  chooseSecretStore,
  faultOfCredential,
  type SecretStore,
  secretStore,
  type SecretStoreKind,
} from "../../config/credentials.ts";
import { environmentWithFile } from "../../config/environment.ts";
import { isObject, readText } from "../../config/json_file.ts";
import { changeProfile, checkProfileName } from "../../config/profiles.ts";
import {
  environmentCredentials,
  requireCredentials,
  resolveProfile,
  resolveSettings,
  type Settings,
} from "../../config/resolve.ts";
import { usageError } from "../../errors.ts";
import { details, done } from "../../output/details.ts";
import type { View } from "../../output/view.ts";
import type { EnteredCredentials } from "../../wizard/login.ts";
import { action } from "../action.ts";
import type { AnyCommand, Cli } from "../cli.ts";
import type { CommonFlags, Context } from "../context.ts";
import { stdinText } from "../text_reader.ts";

interface LoginFlags extends CommonFlags {
  credentialsFile?: string;
  store?: SecretStoreKind;
}

export function create(cli: Cli): AnyCommand {
  return new Command()
    .description(
      "Sign in with the project ID and an access key of the Sinch dashboard (project, Access Keys). " +
        "They are checked with a token request, and kept only if that succeeds: the key secret in the system's keychain, " +
        "or in a file that only you can read where there is no keychain; the rest in the profile.\n" +
        "Asks in a terminal. Elsewhere the credentials come from --credentials-file, or from SINCH_PROJECT_ID, " +
        "SINCH_KEY_ID and SINCH_KEY_SECRET. A --region is kept in the profile.",
    )
    .type("store", new EnumType(["keychain", "file"]))
    .option(
      "-f, --credentials-file <path:string>",
      'JSON file, or - for standard input: {"projectId", "keyId", "keySecret"}.',
    )
    .option(
      "--store <where:store>",
      "Keep the key secret there: keychain or file.",
    )
    .example("Answer three questions", "sinch auth login")
    .example("From a file, for EU", "sinch auth login -f key.json --region eu")
    .example(
      "From a secret manager",
      "vault read -format=json sinch | sinch auth login -f -",
    )
    .example("A second account", "sinch auth login --profile work")
    .action(action(cli, logIn)) as AnyCommand;
}

async function logIn(context: Context, flags: LoginFlags): Promise<View> {
  const { runtime } = context;
  if (context.inSandbox) {
    throw usageError("The sandbox has its own account: nobody signs in to it");
  }
  const settings = await resolveSettings(runtime, flags, { newProfile: true });
  checkProfileName(settings.profile);
  const entered = await enteredCredentials(context, flags, settings);
  await verify(context, settings, entered);

  const store = await announcedStore(context, flags.store);
  await store.store(settings.profile, entered.keySecret);
  await keepInProfile(context, flags, settings, entered, store.kind);
  return signedIn(settings, entered, store.kind);
}

/** From the file, from the environment, or from a person. */
async function enteredCredentials(
  context: Context,
  flags: LoginFlags,
  settings: Settings,
): Promise<EnteredCredentials> {
  if (flags.credentialsFile !== undefined) {
    return await readCredentials(context, flags.credentialsFile);
  }
  const variables = await environmentWithFile(context.runtime, flags.envFile);
  const found = environmentCredentials(variables);
  if (found) {
    context.note(
      "Using the credentials of the environment, which win over any profile.",
    );
    return {
      projectId: found.projectId.value,
      keyId: found.keyId.value,
      keySecret: await found.keySecret(),
    };
  }
  if (context.canPrompt) {
    const { askCredentials } = await import("../../wizard/login.ts");
    return await askCredentials(await context.prompter(), {
      projectId: settings.projectId?.value,
      keyId: settings.keyId?.value,
    }, faultOfCredential);
  }
  if (settings.missingVariables?.length) requireCredentials(settings);
  throw usageError(
    "There are no credentials, and nobody to ask for them here",
    "Give --credentials-file <path|->, or set SINCH_PROJECT_ID, SINCH_KEY_ID and SINCH_KEY_SECRET.",
  );
}

async function readCredentials(
  { runtime }: Context,
  path: string,
): Promise<EnteredCredentials> {
  const at = path === "-" ? "Standard input" : path;
  const text = path === "-"
    ? await stdinText(runtime, "--credentials-file")
    : await readText(runtime, path);
  if (text === undefined) throw usageError(`There is no file "${path}"`);
  const content = parseObject(text);
  if (!content) {
    throw usageError(`${at} does not hold a JSON object`, FILE_SHAPE);
  }
  const value = (key: keyof EnteredCredentials): string => {
    const given = content[key];
    const text = typeof given === "string" ? given.trim() : "";
    const fault = faultOfCredential(text);
    // What is there instead is not quoted: it may be a secret all the same.
    if (fault) throw usageError(`${at}: ${key} ${fault}`, FILE_SHAPE);
    return text;
  };
  const keySecret = value("keySecret");
  runtime.secrets.remember(keySecret);
  return { projectId: value("projectId"), keyId: value("keyId"), keySecret };
}

const FILE_SHAPE =
  'It should hold {"projectId": "…", "keyId": "…", "keySecret": "…"}.';

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const content: unknown = JSON.parse(text);
    return isObject(content) ? content : undefined;
  } catch {
    return undefined;
  }
}

/** @throws {Failure} auth: the token service refused them */
async function verify(
  context: Context,
  settings: Settings,
  { projectId, keyId, keySecret }: EnteredCredentials,
): Promise<void> {
  const source = "sign-in";
  const tokens = await context.tokenSource({
    ...settings,
    credentials: {
      projectId: { value: projectId, source },
      keyId: { value: keyId, source },
      keySecret: () => Promise.resolve(keySecret),
      secretSource: source,
    },
  });
  context.note("Verifying credentials...");
  await tokens.fetch();
}

/** Says where the secret goes, before it goes there. */
async function announcedStore(
  context: Context,
  kind: SecretStoreKind | undefined,
): Promise<SecretStore> {
  const { runtime } = context;
  const store = kind
    ? secretStore(runtime, kind)
    : await chooseSecretStore(runtime);
  const where = store.kind === "keychain"
    ? `the ${store.place}`
    : `the file ${store.place}, unencrypted, readable by you only`;
  const why = store.kind === "file" && !kind
    ? "No keychain works on this system: the"
    : "The";
  context.note(`${why} key secret goes to ${where}.`);
  return store;
}

async function keepInProfile(
  context: Context,
  flags: LoginFlags,
  { profile: name, region }: Settings,
  { projectId, keyId }: EnteredCredentials,
  store: SecretStoreKind,
): Promise<void> {
  const { runtime } = context;
  const before = await resolveProfile(runtime, { ...flags, profile: name })
    .catch(() => undefined);
  await changeProfile(runtime, name, {
    projectId,
    keyId,
    secretStore: store,
    ...flags.region && { region: region.value },
  });
  const old = before?.profile.secretStore;
  // The same secret, or an older one, must not stay behind elsewhere.
  if (old && old !== store) await secretStore(runtime, old).remove(name);
}

function signedIn(
  { profile, region }: Settings,
  { projectId, keyId }: EnteredCredentials,
  store: SecretStoreKind,
): View {
  return {
    json: {
      profile,
      projectId,
      keyId,
      region: region.value,
      secretStore: store,
    },
    text: (style) =>
      done("Authentication successful", style) +
      details([
        ["Profile", profile],
        ["Project ID", projectId],
        ["Key ID", keyId],
        ["Region", region.value],
      ], style),
  };
}
