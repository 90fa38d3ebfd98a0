/** What one run of a command prints: its result on stdout, notes on stderr. */
import { sourceIn } from "../api/answer.ts";
import { hasMask, maskSecrets } from "../api/secrets.ts";
import { Failure } from "../errors.ts";
import type { Guarded } from "../output/door.ts";
import { rawText } from "../output/list.ts";
import type { Query } from "../output/query.ts";
import { safeJson } from "../output/safe_text.ts";
import { type Style, styleOf } from "../output/style.ts";
import type { View } from "../output/view.ts";
import { MASK } from "../runtime/secrets.ts";
import type { CommonFlags } from "./common_options.ts";

export interface CommandOutputOptions {
  runtime: Guarded;
  flags: CommonFlags;
  /** What `--query` picks from JSON output. */
  query?: Query;
  /** Whether the embedded sandbox answers. */
  inSandbox: boolean;
}

export class CommandOutput {
  /** How stdout may look. */
  readonly style: Style;
  /** `--query`; gives the whole value where it cannot be applied. */
  readonly query?: Query;
  /** Why it could not be applied. */
  queryFault?: unknown;
  readonly #runtime: Guarded;
  readonly #flags: CommonFlags;
  readonly #inSandbox: boolean;
  readonly #held: string[] = [];

  constructor({ runtime, flags, query, inSandbox }: CommandOutputOptions) {
    this.style = styleOf(runtime, runtime.stdout, flags);
    this.query = query && ((value) => {
      try {
        return query(value);
      } catch (error) {
        this.queryFault ??= error;
        return value;
      }
    });
    this.#runtime = runtime;
    this.#flags = flags;
    this.#inSandbox = inSandbox;
  }

  /** Shows a command's result on stdout. */
  async show(view: View): Promise<void> {
    const json = () => {
      const value = sourceIn(view.json);
      return this.query ? this.query(value) : value;
    };
    const text = this.#flags.json
      ? this.jsonText(json())
      : view.text(this.style);
    try {
      await this.print(text, view.reveals);
    } catch (error) {
      throw error instanceof Failure
        ? error.withHint(
          "The command was completed; only its output is missing.",
        )
        : error;
    }
  }

  /** A JSON document, or with `--raw` the bare texts of what the query found. */
  jsonText(value: unknown): string {
    return this.rawText?.(value) ?? `${safeJson(value, 2)}\n`;
  }

  /** What `--raw` makes of a value. */
  get rawText(): typeof rawText | undefined {
    return this.#flags.raw ? rawText : undefined;
  }

  /** Writes a piece of the result on stdout. */
  async print(
    text: string,
    reveals: boolean | undefined = this.#flags.showSecrets,
  ): Promise<void> {
    const { stdout } = this.#runtime;
    await (reveals ? stdout.reveal(text) : stdout.send(text));
  }

  /**
   * A line for people, on stderr. With `--json` it is held back until the command
   * has succeeded: of a failure, stderr has the JSON and nothing else.
   */
  note(text: string): void {
    if (this.#flags.json) this.#held.push(text);
    else this.#runtime.stderr.write(`${text}\n`);
  }

  /**
   * A line for people, on stderr after the result: once, however often it is
   * given. With `--json` there is none.
   */
  hint(text: string): void {
    if (!this.#flags.json && !this.#held.includes(text)) this.#held.push(text);
  }

  /** Writes what was held back. */
  releaseNotes(): void {
    for (const text of this.#held.splice(0)) {
      this.#runtime.stderr.write(`${text}\n`);
    }
  }

  /** A line about a request, with its secrets where `--show-secrets` asks for them. */
  async noteRequest(text: string): Promise<void> {
    const { stderr } = this.#runtime;
    const line = `${text}\n`;
    await (this.#flags.showSecrets ? stderr.reveal(line) : stderr.send(line));
  }

  /** Says that the sandbox answered: no message will arrive. */
  noteSandbox(): void {
    if (this.#inSandbox && !this.#flags.json) {
      this.note("sandbox: answered on this machine, nothing was sent to Sinch");
    }
  }

  /** The value as it may be shown: secrets masked, unless `--show-secrets`. */
  concealed<T>(value: T): T {
    return this.#flags.showSecrets ? value : maskSecrets(value);
  }

  /** As {@linkcode concealed}, with a note about the secrets that are masked. */
  concealedWithNote<T>(value: T): T {
    const concealed = this.concealed(value);
    if (hasMask(concealed)) {
      this.note(
        `Secrets are masked (${MASK}). Use --show-secrets to reveal them.`,
      );
    }
    return concealed;
  }
}
