/** Checks that need no request: files, variables, the keychain. */
import { chooseSecretStore, secretStore } from "../../config/credentials.ts";
import { environment, type VariableName } from "../../config/environment.ts";
import { findFolder, folder, join } from "../../config/folders.ts";
import { profilesPath } from "../../config/profiles.ts";
import type { Settings } from "../../config/resolve.ts";
import type { Runtime } from "../../runtime/runtime.ts";
import { MASK } from "../../runtime/secrets.ts";
import { quote } from "../../runtime/shell.ts";
import type { Finding } from "./finding.ts";

/** Variables that change every request. */
const IN_FORCE: readonly VariableName[] = [
  "HTTPS_PROXY",
  "NO_PROXY",
  "DENO_CERT",
  "DENO_TLS_CA_STORE",
  "SINCH_API_URL",
  "SINCH_AUTH_URL",
  "SINCH_CONVERSATION_URL",
  "SINCH_TEMPLATE_URL",
  "SINCH_BATCH_URL",
  "SINCH_TIMEOUT",
];

export function findVariables(runtime: Runtime): Finding[] {
  const variables = environment(runtime);
  return IN_FORCE.flatMap((name): Finding[] => {
    const value = variables(name)?.value;
    return value === undefined ? [] : [{
      check: "Variable",
      state: "note",
      found: `${name} is ${withoutPassword(value)}`,
    }];
  });
}

/** A proxy may be `user:password@host`, without a scheme. */
function withoutPassword(value: string): string {
  return value.replace(/^([a-z][\w+.-]*:\/\/)?.*@/i, `$1${MASK}@`);
}

/** Bits of a file's mode. */
const OTHERS_READ = 0o044;
const OTHERS_WRITE = 0o022;

/**
 * Whether other users can read the secrets and access tokens, or change the
 * account: write permission for a folder lets them replace the files in it.
 */
export async function findFiles(runtime: Runtime): Promise<Finding[]> {
  const secret = OTHERS_READ | OTHERS_WRITE;
  const cache = findFolder(runtime, "cache");
  const tokens = cache && join(runtime, cache, "tokens");
  const findings = await Promise.all([
    findMode(runtime, folder(runtime, "config"), OTHERS_WRITE, "700"),
    findMode(runtime, profilesPath(runtime), OTHERS_WRITE),
    findMode(runtime, secretStore(runtime, "file").place, secret),
    cache && findMode(runtime, cache, OTHERS_WRITE, "700"),
    tokens && findMode(runtime, tokens, OTHERS_WRITE, "700"),
  ]);
  return [
    ...findings.filter((finding) => typeof finding === "object"),
    ...tokens ? await findOpenTokens(runtime, tokens, secret) : [],
  ];
}

/** Of the tokens, which can be many, only those with a problem. */
async function findOpenTokens(
  runtime: Runtime,
  folder: string,
  refused: number,
): Promise<Finding[]> {
  const names = (await runtime.files.list(folder))
    .filter((name) => name.endsWith(".json"));
  const findings = await Promise.all(
    names.map((name) =>
      findMode(runtime, join(runtime, folder, name), refused)
    ),
  );
  return findings.flatMap((finding) =>
    finding?.state === "broken" ? [finding] : []
  );
}

async function findMode(
  runtime: Runtime,
  path: string,
  refused: number,
  wanted: "600" | "700" = "600",
): Promise<Finding | undefined> {
  const mode = await runtime.files.mode(path);
  if (mode === undefined) return undefined;
  const rights = mode.toString(8).padStart(3, "0");
  return (mode & refused) === 0
    ? { check: "File", state: "ok", found: `${path} (${rights})` }
    : {
      check: "File",
      state: "broken",
      found: `other users can read or change ${path} (${rights})`,
      fix: `chmod ${wanted} ${quote(path)}`,
    };
}

/** Where the next sign-in saves the key secret. */
export async function findKeychain(
  runtime: Runtime,
  { profile }: Settings,
): Promise<Finding> {
  const check = "Keychain";
  const { kind, place } = await chooseSecretStore(runtime);
  return kind === "keychain"
    ? { check, state: "ok", found: `${place} works` }
    : {
      check,
      state: "note",
      found:
        `not available: signing in to profile ${profile} saves the key secret in ${place}`,
    };
}
