/**
 * Stores of key secrets: the operating system's keychain, through the system's
 * own tool, or a file that only its owner can read. Tools get a secret on standard
 * input, never on a command line, which every user of the machine can see.
 */
import { Failure } from "../errors.ts";
import type { ProgramResult, Runtime } from "../runtime/runtime.ts";
import { folder, join } from "./folders.ts";
import { changeJson, readJson } from "./json_file.ts";
import { suggest } from "../runtime/suggest.ts";

export type SecretStoreKind = "keychain" | "file";

export interface SecretStore {
  readonly kind: SecretStoreKind;
  /** Its name or path, for people. */
  readonly place: string;
  get(profile: string): Promise<string | undefined>;
  /** @throws {Failure} config: the secret could not be stored */
  store(profile: string, secret: string): Promise<void>;
  /** Removes the secret, if there is one. @throws {Failure} config */
  remove(profile: string): Promise<void>;
}

export function secretStore(
  runtime: Runtime,
  kind: SecretStoreKind,
): SecretStore {
  const store = kind === "keychain" ? keychain(runtime) : secretsFile(runtime);
  return {
    ...store,
    async get(profile) {
      const secret = await store.get(profile);
      if (secret) runtime.secrets.remember(secret);
      return secret;
    },
    async store(profile, secret) {
      runtime.secrets.remember(secret);
      await store.store(profile, secret);
    },
  };
}

/**
 * The store for a new secret: the keychain, or the file if no keychain works. A
 * secret is stored and read back: the tool may exist without its service.
 */
export async function chooseSecretStore(
  runtime: Runtime,
): Promise<SecretStore> {
  const store = keychain(runtime);
  // No profile can have this name.
  const account = `~check-${crypto.randomUUID()}`;
  const value = crypto.randomUUID();
  try {
    await store.store(account, value);
    const works = await store.get(account) === value;
    await store.remove(account);
    return works ? store : secretsFile(runtime);
  } catch (error) {
    if (error instanceof Failure) return secretsFile(runtime);
    throw error;
  }
}

/** `credentials.json` beside the profiles file: `{ "<profile>": "<secret>" }`. */
function secretsFile(runtime: Runtime): SecretStore {
  const path = join(runtime, folder(runtime, "config"), "credentials.json");
  return {
    kind: "file",
    place: path,
    async get(profile) {
      const secrets = new Map(
        Object.entries(await readJson(runtime, path) ?? {}),
      );
      const secret = secrets.get(profile);
      return typeof secret === "string" ? secret : undefined;
    },
    store: (profile, secret) =>
      changeJson(runtime, path, (secrets) => secrets[profile] = secret),
    remove: (profile) =>
      changeJson(runtime, path, (secrets) => delete secrets[profile]),
  };
}

/** The official CLI's keychain entries have this service name as well. */
const SERVICE = "sinch-cli";

/** A command of the system's keychain tool. */
interface ToolCall {
  command: string;
  args: string[];
  stdin?: string;
}

/** How one system's tool is called, and how its answers are read. */
interface KeychainTool {
  name: string;
  get(account: string): ToolCall;
  store(account: string, secret: string): ToolCall;
  remove(account: string): ToolCall;
  /** The secret in the tool's output. */
  decode(stdout: string): string;
  /** Whether a failed call only says that there is no such entry. */
  isMissing(result: ProgramResult): boolean;
}

const TOOLS: Record<Runtime["os"], KeychainTool> = {
  linux: {
    name: "Secret Service keychain",
    get: (account) => secretTool(["lookup"], account),
    store: (account, secret) => ({
      ...secretTool(["store", `--label=Sinch CLI (${account})`], account),
      stdin: secret,
    }),
    remove: (account) => secretTool(["clear"], account),
    decode: (stdout) => stdout,
    isMissing: ({ stderr }) => stderr.trim() === "",
  },
  darwin: {
    name: "macOS Keychain",
    get: (account) => security(["find-generic-password", "-w"], account),
    // `-i` takes commands from standard input: no secret on the command line.
    store: (account, secret) => ({
      command: "security",
      args: ["-i"],
      stdin: `add-generic-password -U -s ${SERVICE} -a ${account} -w ${
        encode(secret)
      }\n`,
    }),
    remove: (account) => security(["delete-generic-password"], account),
    decode,
    // errSecItemNotFound, as `security` reports it.
    isMissing: ({ code }) => code === 44,
  },
  windows: {
    name: "Windows Credential Manager",
    get: (account) =>
      powershell(`
        $found = $vault.Retrieve('${SERVICE}', '${account}')
        $found.RetrievePassword()
        [Console]::Out.Write($found.Password)`),
    store: (account, secret) => ({
      ...powershell(`
        $secret = ($input | Out-String).Trim()
        $vault.Add((New-Object Windows.Security.Credentials.PasswordCredential '${SERVICE}', '${account}', $secret))`),
      stdin: `${encode(secret)}\n`,
    }),
    remove: (account) =>
      powershell(`$vault.Remove($vault.Retrieve('${SERVICE}', '${account}'))`),
    decode,
    // ERROR_NOT_FOUND (1168) as an HRESULT.
    isMissing: ({ stderr }) => /0x80070490/i.test(stderr),
  },
};

/** @see https://manpages.debian.org/secret-tool */
function secretTool(args: string[], account: string): ToolCall {
  return {
    command: "secret-tool",
    args: [...args, "service", SERVICE, "account", account],
  };
}

function security(args: string[], account: string): ToolCall {
  return { command: "security", args: [...args, "-s", SERVICE, "-a", account] };
}

/**
 * Windows PowerShell 5, which is part of Windows; later ones lack the vault. It
 * reads standard input itself, into `$input`.
 */
function powershell(script: string): ToolCall {
  const setUp = `
    $ErrorActionPreference = 'Stop'
    trap { [Console]::Error.Write(('0x{0:X8} {1}' -f $_.Exception.GetBaseException().HResult, $_.Exception.Message)); exit 1 }
    [void][Windows.Security.Credentials.PasswordVault,Windows.Security.Credentials,ContentType=WindowsRuntime]
    $vault = New-Object Windows.Security.Credentials.PasswordVault`;
  return {
    command: "powershell.exe",
    args: ["-NoProfile", "-NonInteractive", "-Command", `${setUp}\n${script}`],
  };
}

/** Plain ASCII without quotes, which no shell and no code page can change. */
function encode(secret: string): string {
  return new TextEncoder().encode(secret).toBase64();
}

function decode(stdout: string): string {
  try {
    return new TextDecoder().decode(Uint8Array.fromBase64(stdout.trim()));
  } catch {
    // Not written by this program.
    return "";
  }
}

function keychain(runtime: Runtime): SecretStore {
  const tool = TOOLS[runtime.os];
  const call = async ({ command, args, stdin }: ToolCall) => {
    const result = await runtime.run(command, args, { stdin, timeoutMs: 5000 });
    if (result && (result.code === 0 || tool.isMissing(result))) return result;
    const why = result
      ? result.stderr.trim() || "no answer"
      : `${command} not found`;
    throw new Failure("config", `The ${tool.name} does not work: ${why}`, {
      hint:
        `Run \`${suggest`auth login --store file`}\`, or set SINCH_PROJECT_ID, SINCH_KEY_ID and SINCH_KEY_SECRET.`,
    });
  };
  return {
    kind: "keychain",
    place: tool.name,
    async get(profile) {
      const { code, stdout } = await call(tool.get(profile));
      return code === 0 ? tool.decode(stdout) || undefined : undefined;
    },
    async store(profile, secret) {
      const { code } = await call(tool.store(profile, secret));
      // `security -i` and a locked keyring report success when they failed.
      if (code === 0 && await this.get(profile) === secret) return;
      throw new Failure("config", `The ${tool.name} did not save the secret`, {
        hint: `Unlock it, or run \`${suggest`auth login --store file`}\`.`,
      });
    },
    async remove(profile) {
      await call(tool.remove(profile));
    },
  };
}

/** Why a text cannot be an ID or a secret, such as `is empty`. */
export function faultOfCredential(text: string): string | undefined {
  if (text.trim() === "") return "is missing or empty";
  return /\s/.test(text.trim()) ? "must not contain spaces" : undefined;
}
