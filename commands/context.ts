/** One run of a command: its settings, its connection to the API, its output. */
import { toCurl } from "../api/http/curl.ts";
import { HttpClient } from "../api/http/client.ts";
import { describeExchange } from "../api/http/debug_log.ts";
import { type ApiRequest, type Target, urlOf } from "../api/http/request.ts";
import { TokenSource } from "../api/http/token.ts";
import { hasMask, MASK, maskSecrets } from "../api/secrets.ts";
import { isOn } from "../config/environment.ts";
import { findFolder, join } from "../config/folders.ts";
import {
  requireCredentials,
  resolveSettings,
  type Settings,
} from "../config/resolve.ts";
import { Failure } from "../errors.ts";
import type { Query } from "../output/query.ts";
import { safeJson } from "../output/safe_text.ts";
import { type Style, styleOf } from "../output/style.ts";
import type { View } from "../output/view.ts";
import type { Runtime } from "../runtime/runtime.ts";
import type { Sandbox } from "../sandbox/sandbox.ts";
import type { Prompter } from "../wizard/prompter.ts";
import type { Cli } from "./cli.ts";
import { VERSION } from "./version.ts";

/** The flags that every command takes; `root.ts` declares them. */
export interface CommonFlags {
  json?: boolean;
  /** JMESPath; implies `json`. */
  query?: string;
  profile?: string;
  region?: string;
  envFile?: string;
  sandbox?: boolean;
  nonInteractive?: boolean;
  debug?: boolean;
  showSecrets?: boolean;
  /** Declared by the commands that change something. */
  dryRun?: boolean;
  curl?: boolean;
  /** Declared by the lists. */
  jsonl?: boolean;
  csv?: boolean;
}

export class Context {
  readonly runtime: Runtime;
  readonly flags: CommonFlags;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  /** How stdout may look. */
  readonly style: Style;
  /** No account, no network: the embedded sandbox answers. */
  readonly inSandbox: boolean;
  /** What `--query` picks from JSON output. */
  readonly query?: Query;

  #settings?: Promise<Settings>;
  #http?: Promise<HttpClient>;
  #sandbox?: Promise<Sandbox>;
  #prompter?: Promise<Prompter>;

  constructor(cli: Cli, flags: CommonFlags, query?: Query) {
    this.runtime = cli.runtime;
    this.signal = cli.signal;
    this.flags = flags;
    this.query = query;
    this.style = styleOf(this.runtime, this.runtime.stdout);
    this.inSandbox = flags.sandbox || isOn(this.runtime, "SINCH_SANDBOX");
  }

  /** Whether a question may be asked: three terminals, a person, no script. */
  get canPrompt(): boolean {
    const { stdin, stdout, stderr } = this.runtime;
    const { json, jsonl, csv, nonInteractive } = this.flags;
    return stdin.isTerminal() && stdout.isTerminal() && stderr.isTerminal() &&
      !isOn(this.runtime, "CI") && !json && !jsonl && !csv && !nonInteractive;
  }

  /** Asks; check `canPrompt` before. */
  prompter(): Promise<Prompter> {
    return this.#prompter ??= import("../wizard/prompter.ts").then((module) =>
      module.createPrompter(this.runtime)
    );
  }

  /** Flags, variables, `.env` file and profile, resolved once. */
  settings(): Promise<Settings> {
    return this.#settings ??= this.inSandbox
      ? this.#sandboxSettings()
      : resolveSettings(this.runtime, this.flags);
  }

  /** Sends a request now, whatever `--dry-run` says: for reading. */
  async send<T>(request: ApiRequest<T>): Promise<T> {
    if (this.flags.curl) {
      this.note(toCurl(this.#shown(request), await this.#target()));
    }
    const http = await (this.#http ??= this.#connect());
    try {
      return await http.send(request);
    } catch (error) {
      throw error instanceof Failure ? await this.#explain(error) : error;
    }
  }

  /**
   * Carries out a change and shows its answer; with `--dry-run` shows the
   * request instead, or with `--curl` as well the curl command for it.
   */
  async change<T>(
    request: ApiRequest<T>,
    show: (answer: T) => View | Promise<View>,
  ): Promise<View> {
    return this.flags.dryRun
      ? await this.#preview(request)
      : await show(await this.send(request));
  }

  /** The value as it may be shown: secrets masked, unless `--show-secrets`. */
  concealed<T>(value: T): T {
    return this.flags.showSecrets ? value : maskSecrets(value);
  }

  /** Shows a command's result on stdout. */
  show(view: View): void {
    this.noteSandbox();
    const json = () => this.query ? this.query(view.json) : view.json;
    this.runtime.stdout.write(
      this.flags.json ? `${safeJson(json(), 2)}\n` : view.text(this.style),
    );
  }

  /** Says that the sandbox answered, so that nobody waits for a message. */
  noteSandbox(): void {
    if (this.inSandbox && !this.flags.json) {
      this.note("sandbox: answered on this machine, nothing was sent to Sinch");
    }
  }

  /** A line for people, on stderr. */
  note(text: string): void {
    this.runtime.stderr.write(`${text}\n`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // One that could not be opened has been reported already.
    const sandbox = await this.#sandbox?.catch(() => undefined);
    await sandbox?.close();
  }

  /** The tokens of the account in force, or of another one's `settings`. */
  async tokenSource(given?: Settings): Promise<TokenSource> {
    const settings = given ?? await this.settings();
    const { keyId, keySecret } = requireCredentials(settings);
    return new TokenSource({
      fetch: await this.#fetch(),
      timeoutMs: settings.timeoutMs,
      signal: this.signal,
      clock: this.runtime.clock,
      random: this.runtime.random,
      files: this.runtime.files,
      folder: this.#tokensFolder(),
      authUrl: settings.urls.auth,
      keyId: keyId.value,
      keySecret,
    });
  }

  /** None for the sandbox, and for a user without a home folder. */
  #tokensFolder(): string | undefined {
    const cache = this.inSandbox
      ? undefined
      : findFolder(this.runtime, "cache");
    return cache && join(this.runtime, cache, "tokens");
  }

  async #connect(): Promise<HttpClient> {
    const { runtime, signal, flags } = this;
    await this.#noteWhoSends();
    const debug = flags.debug || isOn(runtime, "DEBUG_HTTP");
    return new HttpClient({
      fetch: await this.#fetch(),
      timeoutMs: (await this.settings()).timeoutMs,
      signal,
      clock: runtime.clock,
      random: runtime.random,
      target: await this.#target(),
      token: await this.tokenSource(),
      userAgent: `sinch-cli/${VERSION}`,
      log: debug
        ? (exchanged) => this.note(describeExchange(exchanged))
        : undefined,
    });
  }

  /** The environment wins over a profile, even over one that a flag names. */
  async #noteWhoSends(): Promise<void> {
    const { profile, json } = this.flags;
    const { credentials } = await this.settings();
    const source = credentials?.secretSource ?? "";
    if (profile && !json && source.includes("SINCH_KEY_SECRET")) {
      this.note(
        `The credentials come from the environment, not from profile ${profile}: unset SINCH_KEY_ID, SINCH_KEY_SECRET and SINCH_PROJECT_ID to use that.`,
      );
    }
  }

  async #target(): Promise<Target> {
    const { urls, credentials } = await this.settings();
    return {
      urls,
      // A dry run needs no account.
      projectId: credentials?.projectId.value ?? "YOUR_PROJECT_ID",
    };
  }

  async #preview(request: ApiRequest): Promise<View> {
    const target = await this.#target();
    const shown = this.#shown(request);
    const json = {
      method: request.method,
      url: urlOf(request, target),
      body: shown.body,
    };
    const text = this.flags.curl
      ? toCurl(shown, target)
      : JSON.stringify(json, null, 2);
    return { json, text: () => `${text}\n` };
  }

  #shown(request: ApiRequest): ApiRequest {
    const body = this.concealed(request.body);
    if (hasMask(body)) {
      this.note(`${MASK} stands for a secret: --show-secrets shows it`);
    }
    return { ...request, body };
  }

  async #fetch(): Promise<typeof fetch> {
    if (!this.inSandbox) return this.runtime.fetch;
    const sandbox = await this.#openSandbox();
    return (input, init) => sandbox.fetch(new Request(input, init));
  }

  #openSandbox(): Promise<Sandbox> {
    return this.#sandbox ??= import("./sandbox/open.ts").then((module) =>
      module.openSandbox(this.runtime, module.defaultStore(this.runtime))
    );
  }

  async #sandboxSettings(): Promise<Settings> {
    const { account } = await this.#openSandbox();
    const source = "sandbox";
    const url = "http://sandbox.localhost";
    return {
      profile: source,
      credentials: {
        projectId: { value: account.projectId, source },
        keyId: { value: account.keyId, source },
        keySecret: () => Promise.resolve(account.keySecret),
        secretSource: source,
      },
      region: { value: "us", source },
      appId: { value: account.appId, source },
      urls: { auth: url, conversation: url, template: url },
      missingVariables: [],
      timeoutMs: 30_000,
    };
  }

  /** Adds what only this run knows: which region, and whose credentials. */
  async #explain(failure: Failure): Promise<Failure> {
    if (failure.hint) return failure;
    const hint = await this.#hintFor(failure);
    return hint ? failure.withHint(hint) : failure;
  }

  async #hintFor({ kind, status }: Failure): Promise<string | undefined> {
    const { region, profile, credentials } = await this.settings();
    if (kind === "not_found" && !this.inSandbox) {
      return `If the id is right, the region may be wrong: this was ${region.value} ` +
        `(${region.source}); try --region us, eu or br.`;
    }
    if (status === 401) {
      return `The credentials come from ${credentials?.secretSource}; ` +
        `sign in again with \`sinch auth login --profile ${profile}\`.`;
    }
    if (status === 403) {
      return "The key may have no access to this project, or the account no credit.";
    }
    if (status === 429) {
      return "Too many requests: wait a little, then try again.";
    }
    return undefined;
  }
}
