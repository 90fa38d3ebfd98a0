/**
 * The settings of a command: credentials, region, hosts. Each value comes from
 * the first source that has it: flag, environment variable, `.env` file, profile,
 * the official CLI's file, default; and it names that source.
 */
import { Failure, usageError } from "../errors.ts";
import { isLoopback } from "../runtime/loopback.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { secretStore } from "./credentials.ts";
import {
  environment,
  environmentWithFile,
  type Sourced,
  type VariableName,
  type Variables,
} from "./environment.ts";
import {
  DEFAULT_PROFILE,
  findProfile,
  type Profile,
  readOfficialConfig,
  readProfiles,
} from "./profiles.ts";
import { type Region, REGIONS } from "./region.ts";
import { suggest } from "../runtime/suggest.ts";

export type { Sourced } from "./environment.ts";

export interface Credentials {
  projectId: Sourced<string>;
  keyId: Sourced<string>;
  /**
   * Reads the key secret, which is put off until a token has to be fetched.
   * @throws {Failure} auth: it is not where it was stored
   */
  keySecret(): Promise<string>;
  /** Where the key secret is: a variable's name, or the store of it. */
  secretSource: string;
}

export interface Settings {
  profile: string;
  /** Absent when signed out; `requireCredentials` says why. */
  credentials?: Credentials;
  /** Known even when signed out, so that a request can be shown without a token. */
  projectId?: Sourced<string>;
  keyId?: Sourced<string>;
  /** Credential variables that are not set although others of the three are. */
  missingVariables?: VariableName[];
  /** A host from a `.env` file that does not have the credentials for it. */
  strayHost?: Sourced<string>;
  region: Sourced<Region>;
  appId?: Sourced<string>;
  channel?: Sourced<string>;
  sender?: Sourced<string>;
  /** Origins, without a slash at the end. */
  urls: {
    auth: string;
    conversation: string;
    template: string;
    /** None where SINCH_API_URL is set, which cannot be the host of batches too. */
    batch?: string;
  };
  /** How long to wait for one answer. */
  timeoutMs: number;
}

/** The flags that settings depend on, under their names on the command line. */
export interface SettingFlags {
  profile?: string;
  region?: string;
  envFile?: string;
  app?: string;
  channel?: string;
  from?: string;
}

/**
 * @param options.newProfile Take a profile that does not exist for an empty one.
 * @throws {Failure} usage: a value is invalid, or the profile does not exist
 * @throws {Failure} config: the profiles file cannot be read
 */
export async function resolveSettings(
  runtime: Runtime,
  flags: SettingFlags,
  { newProfile = false } = {},
): Promise<Settings> {
  const variables = await environmentWithFile(runtime, flags.envFile);
  const { name, profile } = await selectProfile(
    runtime,
    flags,
    variables,
    newProfile,
  );
  const pick = (
    flag: keyof SettingFlags,
    variable: VariableName,
    key: keyof Profile,
  ): Sourced<string> | undefined =>
    sourced(flags[flag], `--${flag}`) ?? variables(variable) ??
      sourced(profile[key], `profile ${name}`);

  const region = checkRegion(
    pick("region", "SINCH_REGION", "region") ??
      { value: "us", source: "default" },
  );
  const strayHost = findStrayHost(environment(runtime), variables);
  return {
    profile: name,
    ...await resolveCredentials(runtime, variables, { name, profile }),
    // Without credentials nothing can send them there by mistake.
    ...strayHost && { credentials: undefined, strayHost },
    region,
    appId: pick("app", "SINCH_APP_ID", "appId"),
    channel: pick("channel", "SINCH_CHANNEL", "channel"),
    sender: pick("from", "SINCH_SMS_SENDER_ID", "sender"),
    urls: resolveUrls(variables, region.value),
    timeoutMs: resolveTimeout(variables),
  };
}

/** The active profile of this call. */
export async function resolveProfile(
  runtime: Runtime,
  flags: SettingFlags,
): Promise<NamedProfile> {
  const variables = await environmentWithFile(runtime, flags.envFile);
  return await selectProfile(runtime, flags, variables);
}

/**
 * Checks the flags of a call that needs no settings, as any other call does.
 *
 * @throws {Failure} usage: no such profile or file
 */
export async function checkSettingFlags(
  runtime: Runtime,
  flags: SettingFlags,
): Promise<void> {
  const { profile, envFile } = flags;
  if (profile !== undefined || envFile !== undefined) {
    await resolveProfile(runtime, flags);
  }
}

/**
 * @throws {Failure} auth: signed out; usage: only some of the three variables are
 * set, or a `.env` file names a host and not the credentials for it
 */
export function requireCredentials(settings: Settings): Credentials {
  const { strayHost } = settings;
  if (strayHost) {
    throw usageError(
      `${strayHost.source} sets a host, but not all credentials come from that file`,
      `Add ${
        CREDENTIAL_VARIABLES.join(", ")
      } to the file and unset them elsewhere, or set the host in the environment.`,
    );
  }
  if (settings.credentials) return settings.credentials;
  const { missingVariables, profile } = settings;
  if (missingVariables?.length) {
    throw usageError(
      `Missing in the environment: ${missingVariables.join(", ")}`,
      `Set all of ${CREDENTIAL_VARIABLES.join(", ")}, or none of them.`,
    );
  }
  throw new Failure("auth", `Not signed in (profile ${profile})`, {
    hint: `Run ${signIn(profile)}, or set ${CREDENTIAL_VARIABLES.join(", ")}.`,
  });
}

/** The credentials that the environment has, if it has all three values. */
export function environmentCredentials(
  variables: Variables,
): Credentials | undefined {
  const [projectId, keyId, secret] = CREDENTIAL_VARIABLES.map(variables);
  return projectId && keyId && secret && {
    projectId,
    keyId,
    keySecret: () => Promise.resolve(secret.value),
    secretSource: secret.source,
  };
}

/** @throws {Failure} usage: not one of the regions */
export function checkRegion(
  { value, source }: Sourced<string>,
): Sourced<Region> {
  const region = REGIONS.find((known) => known === value.toLowerCase());
  if (region) return { value: region, source };
  throw usageError(
    `${source} must be us, eu or br, got "${value}"`,
  );
}

const CREDENTIAL_VARIABLES = [
  "SINCH_PROJECT_ID",
  "SINCH_KEY_ID",
  "SINCH_KEY_SECRET",
] as const satisfies VariableName[];

/**
 * The profile of this name.
 *
 * @throws {Failure} usage: it does not exist
 */
export async function requireProfile(
  runtime: Runtime,
  name: string,
): Promise<NamedProfile> {
  const profile = findProfile(await readProfiles(runtime), name);
  if (profile) return { name, profile };
  throw noSuchProfile(name);
}

function noSuchProfile(name: string, source?: string): Failure {
  return usageError(
    `Profile "${name}" does not exist${source ? ` (from ${source})` : ""}`,
    `Run \`${suggest`config profile list`}\` to see the profiles, or \`${suggest`config profile create ${name}`}\` to create it.`,
  );
}

export interface NamedProfile {
  name: string;
  profile: Profile;
}

async function selectProfile(
  runtime: Runtime,
  flags: SettingFlags,
  variables: Variables,
  newProfile = false,
): Promise<NamedProfile> {
  const file = await readProfiles(runtime);
  const { value: name, source } = sourced(flags.profile, "--profile") ??
    variables("SINCH_PROFILE") ??
    sourced(file.activeProfile, "config.json") ??
    { value: DEFAULT_PROFILE, source: "default" };
  const profile = findProfile(file, name);
  if (profile) return { name, profile };
  if (newProfile) return { name, profile: {} };
  throw noSuchProfile(name, source);
}

/** The environment's credentials if it has any, else the profile's. */
async function resolveCredentials(
  runtime: Runtime,
  variables: Variables,
  profile: NamedProfile,
): Promise<
  Pick<Settings, "credentials" | "projectId" | "keyId" | "missingVariables">
> {
  const missingVariables = CREDENTIAL_VARIABLES.filter((name) =>
    !variables(name)
  );
  if (missingVariables.length === CREDENTIAL_VARIABLES.length) {
    return await profileCredentials(runtime, profile);
  }
  const ids = {
    projectId: variables("SINCH_PROJECT_ID"),
    keyId: variables("SINCH_KEY_ID"),
  };
  const credentials = environmentCredentials(variables);
  return credentials ? { credentials, ...ids } : { missingVariables, ...ids };
}

async function profileCredentials(
  runtime: Runtime,
  { name, profile }: NamedProfile,
): Promise<Pick<Settings, "credentials" | "projectId" | "keyId">> {
  const source = `profile ${name}`;
  const projectId = sourced(profile.projectId, source);
  const keyId = sourced(profile.keyId, source);
  if (!projectId || !keyId || !profile.secretStore) {
    const official = await readOfficialConfig(runtime);
    return {
      projectId: projectId ?? sourced(official.projectId, OFFICIAL_SOURCE),
      keyId: keyId ?? sourced(official.keyId, OFFICIAL_SOURCE),
    };
  }
  const store = secretStore(runtime, profile.secretStore);
  const keySecret = async () => {
    const secret = await store.get(name).catch(rethrowAsAuth);
    if (secret) return secret;
    throw new Failure(
      "auth",
      `The key secret of profile ${name} is missing from ${store.place}`,
      { hint: `Run ${signIn(name)}, or unlock the keychain if it is locked.` },
    );
  };
  const credentials = {
    projectId,
    keyId,
    keySecret,
    secretSource: store.place,
  };
  return { credentials, projectId, keyId };
}

const OFFICIAL_SOURCE = "~/.sinch/config.json";

/** The command to sign in with, for a hint. */
function signIn(profile: string): string {
  const command = profile === DEFAULT_PROFILE
    ? suggest`auth login`
    : suggest`auth login --profile ${profile}`;
  return `\`${command}\``;
}

function rethrowAsAuth(error: unknown): never {
  if (!(error instanceof Failure)) throw error;
  throw new Failure("auth", error.message, { hint: error.hint, cause: error });
}

function sourced(
  value: string | undefined,
  source: string,
): Sourced<string> | undefined {
  return value ? { value, source } : undefined;
}

const HOSTS = [
  "SINCH_API_URL",
  "SINCH_AUTH_URL",
  "SINCH_CONVERSATION_URL",
  "SINCH_TEMPLATE_URL",
  "SINCH_BATCH_URL",
] as const satisfies VariableName[];

/**
 * A `.env` file may come with a foreign project: its host must not get the key
 * secret of a profile or of the environment.
 */
function findStrayHost(
  own: Variables,
  withFile: Variables,
): Sourced<string> | undefined {
  const fromFile = (name: VariableName) =>
    own(name) ? undefined : withFile(name);
  return CREDENTIAL_VARIABLES.every(fromFile)
    ? undefined
    : HOSTS.map(fromFile).find((host) => host !== undefined);
}

function resolveUrls(variables: Variables, region: Region): Settings["urls"] {
  const url = (variable: VariableName, usual: string) => {
    const given = variables(variable) ?? variables("SINCH_API_URL");
    return given ? checkUrl(given) : usual;
  };
  const batch = variables("SINCH_BATCH_URL");
  return {
    auth: url("SINCH_AUTH_URL", "https://auth.sinch.com"),
    conversation: url(
      "SINCH_CONVERSATION_URL",
      `https://${region}.conversation.api.sinch.com`,
    ),
    template: url(
      "SINCH_TEMPLATE_URL",
      `https://${region}.template.api.sinch.com`,
    ),
    batch: batch
      ? checkUrl(batch)
      : variables("SINCH_API_URL")
      ? undefined
      : `https://${region}.conversationbatch.api.sinch.com`,
  };
}

/**
 * The origin and path of a server that gets a key secret or a token: no
 * `user@host`, which hides the host, and http only within this machine.
 *
 * @throws {Failure} usage: it is no such URL
 */
export function checkUrl({ value, source }: Sourced<string>): string {
  const url = URL.parse(value);
  if (!url || !["http:", "https:"].includes(url.protocol)) {
    throw usageError(
      `${source} must be a URL such as https://example.com`,
    );
  }
  if (url.username || url.password || url.search || url.hash) {
    throw usageError(
      `${source} must have only a scheme, host, port and path, such as https://example.com`,
    );
  }
  if (url.protocol === "http:" && !isLoopback(url.hostname)) {
    throw usageError(
      `${source} uses unencrypted HTTP, which would expose the key secret`,
      "Use https://. http:// is accepted for localhost only.",
    );
  }
  return `${url.origin}${url.pathname}`.replace(/\/+$/, "");
}

/** Of `SINCH_TIMEOUT`, in milliseconds. */
export function resolveTimeout(variables: Variables): number {
  const given = variables("SINCH_TIMEOUT");
  if (!given) return 30_000;
  const seconds = Number(given.value);
  if (seconds > 0 && seconds <= 3600) return seconds * 1000;
  throw usageError(
    `${given.source} must be a number of seconds above 0 and up to 3600, got "${given.value}"`,
  );
}
