/** What a command is handed: its flags, the API, its output, questions to ask. */
import { toCurl } from "../api/http/curl.ts";
import type { DebugLog } from "../api/http/debug_log.ts";
import { type ApiRequest, checkBody, urlOf } from "../api/http/request.ts";
import type { TokenSource } from "../api/http/token.ts";
import { isOn } from "../config/environment.ts";
import type { Settings } from "../config/resolve.ts";
import { Failure } from "../errors.ts";
import type { ReadText } from "../options/value_type.ts";
import type { Guarded } from "../output/door.ts";
import type { Query } from "../output/query.ts";
import { safeJson } from "../output/safe_text.ts";
import type { Style } from "../output/style.ts";
import type { View } from "../output/view.ts";
import { ClosedPipe } from "../runtime/runtime.ts";
import type { Prompter } from "../wizard/prompter.ts";
import { Rewind } from "../wizard/rewind.ts";
import type { Cli } from "./cli.ts";
import type { CommonFlags } from "./common_options.ts";
import { CommandOutput } from "./command_output.ts";
import { Connection } from "./connection.ts";
import { type BytesReader, sourceReaders } from "./text_reader.ts";

export class Context implements AsyncDisposable {
  readonly runtime: Guarded;
  readonly flags: CommonFlags;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  /** No account, no network: the embedded sandbox answers. */
  readonly inSandbox: boolean;
  /** Reads what `@file` and `-` name; standard input only once. */
  readonly readText: ReadText;
  /** The same with every byte as it is. */
  readonly readBytes: BytesReader;

  readonly #output: CommandOutput;
  readonly #connection: Connection;
  readonly #cli: Pick<Cli, "graceMs">;
  readonly #rewind = new Rewind();
  #prompter?: Promise<Prompter>;
  /** What was changed by this run, such as `Message accepted (ID 01…)`. */
  #changed?: string;

  constructor(
    cli: Pick<Cli, "runtime" | "signal" | "graceMs">,
    flags: CommonFlags,
    { query, settings }: { query?: Query; settings?: Settings } = {},
  ) {
    const { runtime, signal } = cli;
    this.#cli = cli;
    this.runtime = runtime;
    this.signal = signal;
    const { text, bytes } = sourceReaders(runtime);
    this.readText = text;
    this.readBytes = bytes;
    this.flags = flags;
    const inSandbox = flags.sandbox || isOn(runtime, "SINCH_SANDBOX");
    this.inSandbox = inSandbox;
    this.#output = new CommandOutput({ runtime, flags, query, inSandbox });
    this.#connection = new Connection({
      runtime,
      flags,
      signal,
      inSandbox,
      note: (text) => this.note(text),
      settings,
    });
  }

  /** How stdout may look. */
  get style(): Style {
    return this.#output.style;
  }

  /** What `--query` picks from JSON output. */
  get query(): Query | undefined {
    return this.#output.query;
  }

  /** What `--raw` makes of a value. */
  get rawText(): ((value: unknown) => string) | undefined {
    return this.#output.rawText;
  }

  /** A value as `--json` prints it, or `--raw`. */
  readonly jsonText = (value: unknown): string => this.#output.jsonText(value);

  /** Whether a question may be asked: three terminals, a person, no script. */
  get canPrompt(): boolean {
    const { stdin, stdout, stderr } = this.runtime;
    const { json, jsonl, csv, nonInteractive } = this.flags;
    return stdin.isTerminal() && stdout.isTerminal() && stderr.isTerminal() &&
      !isOn(this.runtime, "CI") && !json && !jsonl && !csv && !nonInteractive;
  }

  /** Runs a command, and again with the same answers where a person goes back. */
  withQuestions<T>(run: () => Promise<T>): Promise<T> {
    return this.#rewind.run(run);
  }

  /** Asks; check `canPrompt` before. */
  prompter(): Promise<Prompter> {
    return this.#prompter ??= this.runtime.env("TERM") === "dumb"
      ? import("../wizard/plain_prompter.ts").then((module) =>
        module.createPlainPrompter(this.runtime, this.#rewind)
      )
      : import("../wizard/prompter.ts").then((module) =>
        module.createPrompter(this.runtime, this.#rewind)
      );
  }

  /** Flags, variables, `.env` file and profile, resolved once. */
  settings(): Promise<Settings> {
    return this.#connection.settings();
  }

  tokenSource(): Promise<TokenSource> {
    return this.#connection.tokenSource();
  }

  /** The same run for another account. */
  withSettings(settings: Settings): Context {
    return new Context(this, this.flags, { settings });
  }

  /** Sends requests that Ctrl-C does not end; up to `graceMs` it waits for them. */
  async exchanger(graceMs: number): ReturnType<Connection["exchanger"]> {
    this.#cli.graceMs = graceMs;
    return await this.#connection.exchanger();
  }

  /** Prints requests and their answers, if `--debug` or a variable asks for it. */
  get debugLog(): DebugLog | undefined {
    return this.#connection.debugLog;
  }

  /** Performs a read, also with `--dry-run`. */
  read<T>(request: ApiRequest<T>): Promise<T> {
    return this.#perform(request);
  }

  /**
   * Performs a change and shows its answer. With `--dry-run` shows the request
   * instead, or with `--curl` as well the curl command for it.
   */
  async change<T>(
    request: ApiRequest<T>,
    show: (answer: T) => View | Promise<View>,
  ): Promise<View> {
    checkBody(request.body);
    if (this.flags.dryRun) return await this.#preview(request);
    const answer = await this.#rewind.once(() => this.#perform(request));
    this.#changed = changeMade(request, answer);
    return await show(answer);
  }

  /**
   * Reports a `--query` that could not be applied: after a change on stderr
   * alone, so that no script makes the change again.
   *
   * @throws {Failure} "usage" after a read
   */
  reportQuery(): void {
    const { queryFault } = this.#output;
    if (queryFault === undefined) return;
    if (this.#changed === undefined) throw queryFault;
    const reason = queryFault instanceof Error
      ? queryFault.message
      : queryFault;
    this.note(
      `Warning: ${
        `${reason}`.replace(/\.+$/, "")
      }. The output is the whole answer.`,
    );
  }

  /** The failure to report: one after a change says first that it was made. */
  failureAfterChange(error: unknown): unknown {
    if (this.#changed === undefined || error instanceof ClosedPipe) {
      return error;
    }
    if (!(error instanceof Failure)) {
      return new Failure(
        "bug",
        `${this.#changed}, but a later step failed: ${error}`,
        {
          hint:
            "This is a bug in sinch; please report it. Use --debug for details.",
          cause: error,
        },
      );
    }
    const { kind, message, hint, code, status, fields } = error;
    return new Failure(
      kind,
      `${this.#changed}, but a later step failed: ${message}`,
      {
        hint,
        code,
        status,
        fields,
        cause: error,
      },
    );
  }

  /** Shows a command's result on stdout, and then its hint. */
  async show(view: View): Promise<void> {
    if (this.#changed !== undefined) this.#output.noteSandbox();
    await this.#output.show(view);
    if (view.hint && this.canPrompt) this.note(view.hint);
  }

  /** Writes a piece of the result on stdout. */
  async print(text: string): Promise<void> {
    await this.#output.print(text);
  }

  /** A line for people, on stderr. */
  note(text: string): void {
    if (!this.#rewind.isRepeating) this.#output.note(text);
  }

  /** A line for people, on stderr after the result; none with `--json`. */
  hint(text: string): void {
    this.#output.hint(text);
  }

  /** Writes what was held back until the result. */
  releaseNotes(): void {
    this.#output.releaseNotes();
  }

  /** The value as it may be shown: secrets masked, unless `--show-secrets`. */
  concealed<T>(value: T): T {
    return this.#output.concealed(value);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#connection[Symbol.asyncDispose]();
  }

  async #perform<T>(request: ApiRequest<T>): Promise<T> {
    if (this.flags.curl) {
      const target = await this.#connection.target();
      await this.#output.noteRequest(
        toCurl(this.#shown(request), target, safeJson),
      );
    }
    return await this.#connection.send(request);
  }

  async #preview(request: ApiRequest): Promise<View> {
    const target = await this.#connection.target();
    const shown = this.#shown(request);
    const json = {
      method: request.method,
      url: urlOf(request, target),
      body: shown.body,
    };
    const text = this.flags.curl
      ? toCurl(shown, target, safeJson)
      : safeJson(json, 2);
    return { json, text: () => `${text}\n` };
  }

  #shown(request: ApiRequest): ApiRequest {
    return { ...request, body: this.#output.concealedWithNote(request.body) };
  }
}

function changeMade<T>({ done, answerHas }: ApiRequest<T>, answer: T): string {
  const id = answerHas && (answer as Record<string, unknown>)[answerHas];
  return `${done ?? "The change was made"}${id ? ` (ID ${id})` : ""}`;
}
