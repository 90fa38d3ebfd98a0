/** `sinch auth login` */
import { listApps } from "../../api/apps.ts";
import {
  chooseSecretStore,
  faultOfCredential,
  type SecretStore,
  secretStore,
  type SecretStoreKind,
} from "../../config/credentials.ts";
import { environmentWithFile } from "../../config/environment.ts";
import { isObject, readText } from "../../config/json_file.ts";
import {
  changeProfile,
  findProfile,
  profileName,
  readProfiles,
} from "../../config/profiles.ts";
import { type Region, REGIONS } from "../../config/region.ts";
import {
  environmentCredentials,
  requireCredentials,
  resolveSettings,
  type Settings,
} from "../../config/resolve.ts";
import { Failure, usageError } from "../../errors.ts";
import { Word } from "../../options/value_type.ts";
import { details, done } from "../../output/details.ts";
import type { View } from "../../output/view.ts";
import type { EnteredCredentials } from "../../wizard/login.ts";
import { action } from "../action.ts";
import type { Cli } from "../cli.ts";
import { command, type OptionsOf } from "../command.ts";
import type { Context } from "../context.ts";
import { stdinText } from "../text_reader.ts";

const declare = () =>
  command(
    "Verify and save credentials: the project ID and an access key from the Sinch dashboard (project > Access Keys). " +
      "They are saved only if Sinch accepts them: the key secret in the system keychain, or in a file that only you can read if there is no keychain; the rest in the profile.\n" +
      "Prompts in a terminal. In a script, use --credentials-file, or set SINCH_PROJECT_ID, SINCH_KEY_ID and SINCH_KEY_SECRET. " +
      "--region is saved in the profile too.",
  )
    .type("store", new Word(["keychain", "file"]))
    .option(
      "-f, --credentials-file <path:file>",
      'JSON file with {"projectId", "keyId", "keySecret"}, or - for standard input',
    )
    .option(
      "--store <store:store>",
      "Where to save the key secret (default: the keychain if there is one)",
    )
    .example("Sign in with prompts", "sinch auth login")
    .example(
      "Sign in from a file, for region eu",
      "sinch auth login -f key.json --region eu",
    )
    .example(
      "Sign in from a secret manager",
      "vault read -format=json secret/sinch | sinch auth login -f -",
    )
    .example(
      "Sign in to a second account",
      "sinch auth login --profile work",
    );

type Options = OptionsOf<typeof declare>;

export const create = (cli: Cli) => declare().action(action(cli, logIn));

async function logIn(context: Context, options: Options): Promise<View> {
  const { runtime, flags } = context;
  if (context.inSandbox) throw usageError("The sandbox needs no sign-in");
  const settings = await resolveSettings(runtime, flags, { newProfile: true });
  profileName(settings.profile, "--profile");
  const entered = await enteredCredentials(context, options, settings);
  const region = flags.region ?? entered.region;
  const account = settingsFor(
    entered,
    await resolveSettings(runtime, { ...flags, region }, { newProfile: true }),
  );
  await verify(context, account);

  const store = await announcedStore(context, options.store);
  await store.store(settings.profile, entered.keySecret);
  await saveInProfile(context, settings.profile, {
    projectId: entered.projectId,
    keyId: entered.keyId,
    secretStore: store.kind,
    ...region && { region },
  });
  return signedIn(account, store.kind);
}

/** Credentials, and the region if a person was asked for it. */
type Entered = EnteredCredentials & { region?: Region };

/** From the file, from the environment, or from a person. */
async function enteredCredentials(
  context: Context,
  { credentialsFile }: Options,
  settings: Settings,
): Promise<Entered> {
  if (credentialsFile !== undefined) {
    return await readCredentials(context, credentialsFile);
  }
  const { runtime, flags } = context;
  const found = environmentCredentials(
    await environmentWithFile(runtime, flags.envFile),
  );
  if (found) {
    const { projectId, keyId, keySecret } = found;
    context.note(
      `Using the credentials from the environment: project ${projectId.value} (${projectId.source}). They override every profile.`,
    );
    if (context.canPrompt) {
      const { confirmed } = await import("../../wizard/confirm.ts");
      await confirmed(
        await context.prompter(),
        `Save them in profile ${settings.profile}?`,
        false,
      );
    }
    return {
      projectId: projectId.value,
      keyId: keyId.value,
      keySecret: await keySecret(),
    };
  }
  if (context.canPrompt) {
    const { askCredentials, askRegion } = await import(
      "../../wizard/login.ts"
    );
    const prompter = await context.prompter();
    const credentials = await askCredentials(prompter, {
      projectId: settings.projectId?.value,
      keyId: settings.keyId?.value,
    }, faultOfCredential);
    if (flags.region) return credentials;
    const region = await askRegion(prompter, REGIONS, settings.region.value);
    return { ...credentials, region };
  }
  if (settings.missingVariables?.length) requireCredentials(settings);
  throw usageError(
    "Missing credentials, and there is no terminal to ask in",
    "Use --credentials-file <path>, or set SINCH_PROJECT_ID, SINCH_KEY_ID and SINCH_KEY_SECRET.",
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
  if (text === undefined) {
    throw usageError(
      `--credentials-file names a file that does not exist: "${path}"`,
    );
  }
  const content = parseCredentials(text);
  if (!content) {
    throw usageError(`${at} does not contain a JSON object`, FILE_SHAPE);
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
  'Use {"projectId": "…", "keyId": "…", "keySecret": "…"}, or the output of `vault read -format=json`.';

/** The object that has the credentials; Vault wraps it in `data`, its KV 2 twice. */
function parseCredentials(text: string): Record<string, unknown> | undefined {
  try {
    let content: unknown = JSON.parse(text);
    while (isObject(content) && isObject(content.data)) content = content.data;
    return isObject(content) ? content : undefined;
  } catch {
    return undefined;
  }
}

function settingsFor(
  { projectId, keyId, keySecret }: EnteredCredentials,
  settings: Settings,
): Settings {
  const source = "sign-in";
  const ids = {
    projectId: { value: projectId, source },
    keyId: { value: keyId, source },
  };
  return {
    ...settings,
    ...ids,
    credentials: {
      ...ids,
      keySecret: () => Promise.resolve(keySecret),
      secretSource: source,
    },
  };
}

/**
 * The token service checks the key, and the list of apps the project.
 *
 * @throws {Failure} auth, not_found: one of them refused
 */
async function verify(context: Context, settings: Settings): Promise<void> {
  context.note("Verifying credentials...");
  await using account = context.withSettings(settings);
  await (await account.tokenSource()).fetch();
  try {
    await account.read(listApps());
  } catch (error) {
    if (!(error instanceof Failure) || !isNoAnswer(error)) throw error;
    context.note(
      `Warning: the project was not verified: ${error.message}`,
    );
  }
}

/** A host that cannot be reached says nothing about the credentials. */
function isNoAnswer({ kind, status = 500 }: Failure): boolean {
  return kind === "network" || kind === "api" && status >= 429;
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
    ? `in the ${store.place}`
    : `unencrypted in ${store.place}, readable only by you`;
  const why = store.kind === "file" && !kind ? "No keychain available. " : "";
  context.note(`${why}Saving the key secret ${where}.`);
  return store;
}

async function saveInProfile(
  { runtime }: Context,
  name: string,
  values: Parameters<typeof changeProfile>[2],
): Promise<void> {
  const old = findProfile(await readProfiles(runtime), name)?.secretStore;
  await changeProfile(runtime, name, values);
  // The same secret, or an older one, must not stay behind elsewhere.
  if (old && old !== values.secretStore) {
    await secretStore(runtime, old).remove(name);
  }
}

function signedIn(settings: Settings, store: SecretStoreKind): View {
  const { profile } = settings;
  const { projectId, keyId } = requireCredentials(settings);
  const region = settings.region.value;
  return {
    json: {
      profile,
      projectId: projectId.value,
      keyId: keyId.value,
      region,
      secretStore: store,
    },
    text: (style) =>
      done("Authentication successful", style) +
      details([
        ["Profile", profile],
        ["Project ID", projectId.value],
        ["Key ID", keyId.value],
        ["Region", region],
      ], style),
  };
}
