/**
 * Every environment variable that is read, in one table, which
 * `sinch help environment` prints.
 */
import { usageError } from "../errors.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { readText } from "./json_file.ts";

/** A value and its source, in words that a person can act on. */
export interface Sourced<T> {
  value: T;
  /** Such as `--region`, `SINCH_REGION`, `.env (SINCH_REGION)`, `profile work`, `default`. */
  source: string;
}

export interface Variable {
  group: "Settings" | "Hosts" | "Files" | "Output" | "System";
  meaning: string;
  /** Whether its value must not be in any output. */
  secret?: true;
  /** The name that other Sinch tools use; this one overrides it. */
  alias?: string;
}

export const VARIABLES = {
  SINCH_PROJECT_ID: { group: "Settings", meaning: "project ID" },
  SINCH_KEY_ID: { group: "Settings", meaning: "ID of the access key" },
  SINCH_KEY_SECRET: {
    group: "Settings",
    meaning: "secret of the access key; set all three variables or none",
    secret: true,
  },
  SINCH_REGION: {
    group: "Settings",
    meaning: "region of the app: us, eu or br (default: us)",
    alias: "CONVERSATION_REGION",
  },
  SINCH_APP_ID: {
    group: "Settings",
    meaning: "default of --app",
    alias: "CONVERSATION_APP_ID",
  },
  SINCH_CHANNEL: {
    group: "Settings",
    meaning: "default of --channel",
  },
  SINCH_SMS_SENDER_ID: {
    group: "Settings",
    meaning: "default of --from for SMS",
  },
  SINCH_WEBHOOK_SECRET: {
    group: "Settings",
    meaning: "default of --secret for webhooks",
    secret: true,
  },
  SINCH_WEBHOOK_CLIENT_SECRET: {
    group: "Settings",
    meaning: "default of --oauth-client-secret for webhooks",
    secret: true,
  },
  SINCH_PROFILE: {
    group: "Settings",
    meaning: "default of --profile",
  },
  SINCH_TIMEOUT: {
    group: "Settings",
    meaning: "seconds to wait for a response (default: 30)",
  },
  SINCH_SANDBOX: {
    group: "Settings",
    meaning: "1: same as --sandbox",
  },
  SINCH_API_URL: {
    group: "Hosts",
    meaning: "origin of the token endpoint, Conversation and Template API",
  },
  SINCH_AUTH_URL: { group: "Hosts", meaning: "origin of the token endpoint" },
  SINCH_CONVERSATION_URL: {
    group: "Hosts",
    meaning: "origin of the Conversation API",
  },
  SINCH_TEMPLATE_URL: {
    group: "Hosts",
    meaning: "origin of the Template Management API",
  },
  SINCH_BATCH_URL: { group: "Hosts", meaning: "origin of the Batch API" },
  SINCH_CONFIG_DIR: {
    group: "Files",
    meaning: "folder of settings and profiles",
  },
  SINCH_CACHE_DIR: { group: "Files", meaning: "folder of cached tokens" },
  SINCH_DATA_DIR: { group: "Files", meaning: "folder of the sandbox's data" },
  SINCH_SANDBOX_STORE: {
    group: "Files",
    meaning: "file of the sandbox's data",
  },
  SINCH_DEBUG: {
    group: "Output",
    meaning: "1: same as --debug: HTTP log and the stack of an error",
  },
  DEBUG_HTTP: {
    group: "Output",
    meaning: "1: log HTTP requests and responses, secrets masked",
  },
  CI: { group: "Output", meaning: "set, and not 0 or false: never prompt" },
  NO_COLOR: { group: "Output", meaning: "set: no colour" },
  FORCE_COLOR: {
    group: "Output",
    meaning: "1: colour into a pipe, too; 0: no colour",
  },
  TERM: { group: "Output", meaning: "dumb: no colour, plain questions" },
  HOME: { group: "System", meaning: "home folder (Linux, macOS)" },
  USERPROFILE: { group: "System", meaning: "home folder (Windows)" },
  XDG_CONFIG_HOME: { group: "System", meaning: "parent of the settings" },
  XDG_CACHE_HOME: { group: "System", meaning: "parent of the cache" },
  XDG_DATA_HOME: { group: "System", meaning: "parent of the data" },
  APPDATA: { group: "System", meaning: "parent of the settings (Windows)" },
  LOCALAPPDATA: {
    group: "System",
    meaning: "parent of cache and data (Windows)",
  },
  SHELL: {
    group: "System",
    meaning: "shell for `sinch completion` (Linux, macOS)",
  },
  POWERSHELL_DISTRIBUTION_CHANNEL: {
    group: "System",
    meaning: "set by PowerShell 7: commands are shown in its form",
  },
  PROMPT: {
    group: "System",
    meaning: "set by cmd: commands are shown in its form (Windows)",
  },
  PSModulePath: {
    group: "System",
    meaning: "set: the shell is PowerShell, where SHELL is not set",
  },
  ZDOTDIR: { group: "System", meaning: "folder of zsh's start-up files" },
  HTTPS_PROXY: {
    group: "System",
    meaning: "proxy, except for localhost (read by Deno)",
  },
  NO_PROXY: {
    group: "System",
    meaning: "hosts that bypass the proxy (read by Deno)",
  },
  DENO_CERT: {
    group: "System",
    meaning: "file of extra certificate authorities (read by Deno)",
  },
  DENO_TLS_CA_STORE: {
    group: "System",
    meaning:
      "system: trust the system's certificate authorities (read by Deno)",
  },
} satisfies Record<string, Variable>;

export type VariableName = keyof typeof VARIABLES;

/** Looks a variable up; an empty one counts as not set. */
export type Variables = (name: VariableName) => Sourced<string> | undefined;

/** The process's own environment. */
export function environment(runtime: Runtime): Variables {
  return lookUp((name) => runtime.env(name), (name) => name);
}

/**
 * The process's environment and, beneath it, the file named by `--env-file`.
 * @throws {Failure} usage: there is no such file
 */
export async function environmentWithFile(
  runtime: Runtime,
  path: string | undefined,
): Promise<Variables> {
  const outer = environment(runtime);
  if (path === undefined) return outer;
  const text = await readText(runtime, path);
  if (text === undefined) {
    throw usageError(`--env-file names a file that does not exist: "${path}"`);
  }
  const { parse } = await import("@std/dotenv");
  // The package prints about keys that are no identifiers.
  const values = runtime.quietly(() => parseLiterally(parse, text));
  rememberSecrets(runtime, (name) => values.get(name));
  const inner = lookUp(
    (name) => values.get(name),
    (name) => `${path} (${name})`,
  );
  return (name) => outer(name) ?? inner(name);
}

/**
 * Reads a `.env` file without the references that `@std/dotenv` follows: it
 * replaces `$name` in a secret, and never ends at `A=$A`.
 */
export function parseLiterally(
  parse: (text: string) => Record<string, string>,
  text: string,
): Map<string, string> {
  let code = 0xe000;
  while (text.includes(String.fromCharCode(code))) code++;
  const shield = String.fromCharCode(code);
  const values = Object.entries(parse(text.replaceAll("$", shield)));
  return new Map(
    values.map(([key, value]) => [key, value.replaceAll(shield, "$")]),
  );
}

/** Variables of the system in which a proxy's password may be. */
const PROXIES = ["HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY"];

/** Registers the secrets in the environment, or in what else `read` looks up. */
export function rememberSecrets(
  { env, secrets }: Runtime,
  read: (name: string) => string | undefined = env,
): void {
  for (const [name, { secret }] of Object.entries<Variable>(VARIABLES)) {
    if (secret) secrets.remember(read(name)?.trim() ?? "");
  }
  for (
    const name of [
      ...PROXIES,
      ...PROXIES.map((name) => name.toLowerCase()),
    ]
  ) {
    const [, user = "", password = ""] =
      /^(?:[^:/]+:\/\/)?([^/:@]*):([^/@]*)@/.exec(read(name) ?? "") ?? [];
    secrets.remember(password);
    secrets.remember(password && `${user}:${password}`);
  }
}

/** Whether a switch such as `CI` or `SINCH_DEBUG` is on. */
export function isOn(runtime: Runtime, name: VariableName): boolean {
  const value = environment(runtime)(name)?.value.toLowerCase();
  return value !== undefined && value !== "0" && value !== "false";
}

function lookUp(
  read: (name: string) => string | undefined,
  describe: (name: string) => string,
): Variables {
  return (name) => {
    const { alias }: Variable = VARIABLES[name];
    for (const spelling of alias ? [name, alias] : [name]) {
      const value = read(spelling)?.trim();
      if (value) return { value, source: describe(spelling) };
    }
    return undefined;
  };
}
