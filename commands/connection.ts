/** The connection to the API: settings, tokens, transport or sandbox. */
import { HttpClient } from "../api/http/client.ts";
import { type DebugLog, describeExchange } from "../api/http/debug_log.ts";
import { shortDeadline } from "../api/http/exchange.ts";
import type { ApiRequest, Target } from "../api/http/request.ts";
import { TokenSource } from "../api/http/token.ts";
import { secretsIn } from "../api/secrets.ts";
import { isOn } from "../config/environment.ts";
import { findFolder, join } from "../config/folders.ts";
import {
  checkSettingFlags,
  requireCredentials,
  resolveSettings,
  type Settings,
} from "../config/resolve.ts";
import { REGIONS } from "../config/region.ts";
import { Failure } from "../errors.ts";
import type { Guarded } from "../output/door.ts";
import { Progress } from "../output/progress.ts";
import {
  EMBEDDED_BATCH_ORIGIN,
  EMBEDDED_ORIGIN,
} from "../sandbox/http/own_host.ts";
import type { Sandbox } from "../sandbox/sandbox.ts";
import type { CommonFlags } from "./common_options.ts";
import { VERSION } from "./version.ts";
import { suggest } from "../runtime/suggest.ts";
import { originsIn, withId } from "./not_found.ts";

export interface ConnectionOptions {
  runtime: Guarded;
  flags: CommonFlags;
  /** Aborted by Ctrl-C. */
  signal: AbortSignal;
  /** No account, no network: the embedded sandbox answers. */
  inSandbox: boolean;
  /** Prints a line for people. */
  note(text: string): void;
  /** Another account than that of the flags. */
  settings?: Settings;
}

export class Connection implements AsyncDisposable {
  readonly #options: ConnectionOptions;
  readonly #progress: Progress;
  #settings?: Promise<Settings>;
  #http?: Promise<HttpClient>;
  #sandbox?: Promise<Sandbox>;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    const isQuiet = Boolean(options.flags.json) || this.debugLog !== undefined;
    this.#progress = new Progress(options.runtime, isQuiet);
  }

  /** Flags, variables, `.env` file and profile, resolved once. */
  settings(): Promise<Settings> {
    const { runtime, flags, inSandbox, settings } = this.#options;
    if (settings) return Promise.resolve(settings);
    return this.#settings ??= inSandbox
      ? this.#sandboxSettings()
      : resolveSettings(runtime, flags);
  }

  /** Where requests go. */
  async target(): Promise<Target> {
    const { urls, credentials } = await this.settings();
    return {
      urls,
      // A dry run needs no account.
      projectId: credentials?.projectId.value ?? "YOUR_PROJECT_ID",
    };
  }

  /**
   * Sends a request as {@linkcode HttpClient.send} does.
   *
   * @throws {Failure} With a hint about the region and credentials in use.
   */
  async send<T>(request: ApiRequest<T>): Promise<T> {
    const { secrets } = this.#options.runtime;
    for (const secret of secretsIn(request.body)) secrets.remember(secret);
    const http = await (this.#http ??= this.#connect());
    try {
      return await this.#progress.during(() => http.send(request));
    } catch (error) {
      throw error instanceof Failure
        ? await this.#explain(error, request)
        : error;
    }
  }

  /**
   * Sends many requests, one exchange each, which Ctrl-C does not end: what is
   * under way is waited for.
   */
  async exchanger(): Promise<Pick<HttpClient, "exchange">> {
    return await this.#connect({ isForMany: true });
  }

  async tokenSource(): Promise<TokenSource> {
    const { runtime, signal } = this.#options;
    const settings = await this.settings();
    const { keyId, keySecret } = requireCredentials(settings);
    return new TokenSource({
      fetch: await this.#fetch(),
      timeoutMs: settings.timeoutMs,
      signal,
      secrets: runtime.secrets,
      clock: runtime.clock,
      random: runtime.random,
      files: runtime.files,
      folder: this.#tokensFolder(),
      authUrl: settings.urls.auth,
      keyId: keyId.value,
      keySecret,
    });
  }

  /** Prints requests and their answers, if `--debug` or a variable asks for it. */
  get debugLog(): DebugLog | undefined {
    const { runtime, flags, note } = this.#options;
    const isWanted = flags.debug || isOn(runtime, "SINCH_DEBUG") ||
      isOn(runtime, "DEBUG_HTTP");
    if (!isWanted) return undefined;
    return (exchanged) => note(describeExchange(exchanged, runtime.secrets));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // A sandbox that could not be opened has been reported already.
    const sandbox = await this.#sandbox?.catch(() => undefined);
    await sandbox?.close();
  }

  /** None for the sandbox, and for a user without a home folder. */
  #tokensFolder(): string | undefined {
    const { runtime, inSandbox } = this.#options;
    const cache = inSandbox ? undefined : findFolder(runtime, "cache");
    return cache && join(runtime, cache, "tokens");
  }

  async #connect({ isForMany = false } = {}): Promise<HttpClient> {
    const { runtime, signal } = this.#options;
    await this.#noteWhoSends();
    return new HttpClient({
      fetch: await this.#fetch(),
      timeoutMs: (await this.settings()).timeoutMs,
      signal: isForMany ? undefined : signal,
      deadline: isForMany ? shortDeadline : undefined,
      secrets: runtime.secrets,
      clock: runtime.clock,
      random: runtime.random,
      target: await this.target(),
      token: await this.tokenSource(),
      userAgent: `sinch-cli/${VERSION}`,
      log: this.debugLog,
      onRetry: (reason, waitMs) => this.#progress.retry(reason, waitMs),
    });
  }

  /** The environment overrides every profile, even the one of --profile. */
  async #noteWhoSends(): Promise<void> {
    const { flags: { profile, json }, note } = this.#options;
    const { credentials } = await this.settings();
    const source = credentials?.secretSource ?? "";
    if (profile && !json && source.includes("SINCH_KEY_SECRET")) {
      note(
        `Credentials come from the environment, not from profile ${profile}. Unset SINCH_PROJECT_ID, SINCH_KEY_ID and SINCH_KEY_SECRET to use the profile.`,
      );
    }
  }

  async #fetch(): Promise<typeof fetch> {
    const { runtime, inSandbox } = this.#options;
    if (!inSandbox) return runtime.fetch;
    const sandbox = await this.#openSandbox();
    return (input, init) => {
      const request = new Request(input, init);
      const isBatch = new URL(request.url).origin === EMBEDDED_BATCH_ORIGIN;
      return (isBatch ? sandbox.batch : sandbox).fetch(request);
    };
  }

  #openSandbox(): Promise<Sandbox> {
    const { runtime, flags } = this.#options;
    return this.#sandbox ??= import("./sandbox/open.ts").then(async (module) =>
      module.openSandbox(runtime, await module.storeOf(runtime, flags.envFile))
    );
  }

  async #sandboxSettings(): Promise<Settings> {
    const { runtime, flags } = this.#options;
    await checkSettingFlags(runtime, flags);
    const { account } = await this.#openSandbox();
    const source = "sandbox";
    const url = EMBEDDED_ORIGIN;
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
      urls: {
        auth: url,
        conversation: url,
        template: url,
        batch: EMBEDDED_BATCH_ORIGIN,
      },
      missingVariables: [],
      timeoutMs: 30_000,
    };
  }

  /** Adds a hint about the region and the credentials of this run. */
  async #explain(failure: Failure, request: ApiRequest): Promise<Failure> {
    if (failure.hint) return failure;
    const { appId } = await this.settings();
    const named = withId(failure, request, [
      ...originsIn(this.#options.flags),
      ...appId ? [appId] : [],
    ]);
    const hint = await this.#hintFor(named, request);
    return hint ? named.withHint(hint) : named;
  }

  async #hintFor(
    { kind, status }: Failure,
    request: ApiRequest,
  ): Promise<string | undefined> {
    const { region, profile, credentials } = await this.settings();
    const project = credentials &&
      `${credentials.projectId.value} (${credentials.projectId.source})`;
    if (kind === "not_found") {
      if (this.#options.inSandbox) return undefined;
      const others = REGIONS.filter((other) => other !== region.value);
      return `Requested: ${
        decodeURIComponent(request.path)
      } in project ${project}, region ${region.value} (${region.source}). ` +
        `If the ID is correct, try --region ${others.join(" or ")}.`;
    }
    if (status === 401) {
      return `The credentials come from ${credentials?.secretSource}. ` +
        `Run \`${suggest`auth login --profile ${profile}`}\`.`;
    }
    if (status === 403) {
      return `Check that the key has access to project ${project}, and that the account has credit.`;
    }
    if (status === 429) return "Too many requests. Wait, then try again.";
    return undefined;
  }
}
