/**
 * The profiles file `config.json`: who signs in and what the defaults are. It
 * never holds a secret; `credentials.ts` keeps those.
 *
 * It is read when a command needs it and not before, so that a broken file
 * cannot break `--help`.
 */
import { usageError } from "../errors.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { findFolder, findHome, folder, join } from "./folders.ts";
import {
  brokenFile,
  changeJson,
  isObject,
  type JsonObject,
  readJson,
} from "./json_file.ts";

export const DEFAULT_PROFILE = "default";

/** The keys of a profile that are read; any others are kept as they are. */
const PROFILE_KEYS = [
  "projectId",
  "keyId",
  "secretStore",
  "region",
  "appId",
  "channel",
  "sender",
] as const;

export interface Profile
  extends Partial<Record<typeof PROFILE_KEYS[number], string>> {
  /** Which store has the key secret, so that reading never guesses. */
  secretStore?: "keychain" | "file";
}

export interface Profiles {
  activeProfile?: string;
  profiles: Record<string, Profile>;
}

/** The profiles file; empty when there is none. */
export async function readProfiles(runtime: Runtime): Promise<Profiles> {
  if (!findFolder(runtime, "config")) return { profiles: {} };
  const path = profilesPath(runtime);
  return checkProfiles(await readJson(runtime, path) ?? {}, path);
}

export function changeProfiles(
  runtime: Runtime,
  change: (file: Profiles) => void,
): Promise<void> {
  const path = profilesPath(runtime);
  return changeJson(
    runtime,
    path,
    (content) => change(checkProfiles(content, path)),
  );
}

/**
 * Changes one profile, which is made if it is not there. A value of `undefined`
 * removes the key.
 */
export function changeProfile(
  runtime: Runtime,
  name: string,
  values: Profile,
): Promise<void> {
  profileName(name, "--profile");
  return changeProfiles(runtime, (file) => {
    file.profiles[name] = { ...findProfile(file, name), ...values };
  });
}

/** The profile of that name; `default` is always there, if only empty. */
export function findProfile(file: Profiles, name: string): Profile | undefined {
  if (Object.hasOwn(file.profiles, name)) return file.profiles[name];
  return name === DEFAULT_PROFILE ? {} : undefined;
}

/**
 * The name of a new profile.
 *
 * @param at Where it was given, for the refusal.
 * @throws {Failure} usage: not a name that is safe in a file and a keychain
 */
export function profileName(name: string, at: string): string {
  if (/^[a-z0-9][a-z0-9._-]{0,63}$/i.test(name)) return name;
  throw usageError(
    `${at} must be a profile name, got "${name}"`,
    "Use up to 64 letters, digits, dots, dashes and underscores, starting with a letter or digit.",
  );
}

export function profilesPath(runtime: Runtime): string {
  return join(runtime, folder(runtime, "config"), "config.json");
}

/**
 * The IDs that the official CLI keeps in `~/.sinch/config.json`. Its key secret
 * is in its own keychain entry, which is not ours to open.
 */
export async function readOfficialConfig(
  runtime: Runtime,
): Promise<Pick<Profile, "projectId" | "keyId">> {
  const home = findHome(runtime);
  if (!home) return {};
  const path = join(runtime, home, ".sinch", "config.json");
  // A fault in a file of another program is not reported.
  const content = await readJson(runtime, path).catch(() => undefined);
  return { projectId: text(content?.projectId), keyId: text(content?.keyId) };
}

/** The content itself, known to have the shape of a profiles file. */
function checkProfiles(content: JsonObject, path: string): Profiles {
  content.profiles ??= {};
  const { activeProfile, profiles } = content;
  if (activeProfile !== undefined && typeof activeProfile !== "string") {
    throw brokenFile(path, "activeProfile must be a string");
  }
  if (!isObject(profiles)) {
    throw brokenFile(path, "profiles must be an object");
  }
  for (const [name, profile] of Object.entries(profiles)) {
    const fault = faultOf(profile);
    if (fault) throw brokenFile(path, `profile "${name}"${fault}`);
  }
  return content as unknown as Profiles;
}

function faultOf(profile: unknown): string | undefined {
  if (!isObject(profile)) return " must be an object";
  const { secretStore } = profile;
  const wrong = PROFILE_KEYS.find((key) =>
    profile[key] !== undefined && typeof profile[key] !== "string"
  );
  if (wrong) return `: ${wrong} must be a string`;
  if (secretStore && secretStore !== "keychain" && secretStore !== "file") {
    return ": secretStore must be keychain or file";
  }
  return undefined;
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value ? value : undefined;
}
