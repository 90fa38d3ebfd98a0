/** What a person sees of a wait, on stderr; a pipe and `--json` see nothing. */
import type { Guarded } from "./door.ts";

/** A wait shorter than this is none. */
const PATIENCE_MS = 300;
const FRAME_MS = 100;
const FRAMES = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏";
const CLEAR_LINE = "\r\x1b[K";

export class Progress {
  readonly #runtime: Guarded;
  readonly #isShown: boolean;
  /** How many things are waited for. */
  #waits = 0;
  #start?: ReturnType<typeof setTimeout>;
  #frames?: ReturnType<typeof setInterval>;

  /** @param isQuiet For `--json`, and for `--debug`, which shows requests. */
  constructor(runtime: Guarded, isQuiet: boolean) {
    const { stdout, stderr, env } = runtime;
    this.#runtime = runtime;
    this.#isShown = !isQuiet && stdout.isTerminal() && stderr.isTerminal() &&
      env("TERM") !== "dumb";
  }

  /** Shows a spinner while `run` takes its time. */
  async during<T>(run: () => Promise<T>): Promise<T> {
    if (!this.#isShown) return await run();
    if (this.#waits++ === 0) this.#begin();
    try {
      return await run();
    } finally {
      if (--this.#waits === 0) this.#end();
    }
  }

  /** Says why something is tried again, and when. */
  retry(reason: string, waitMs: number): void {
    if (!this.#isShown) return;
    const seconds = Math.max(1, Math.round(waitMs / 1000));
    const { stderr } = this.#runtime;
    if (this.#frames !== undefined) stderr.draw(CLEAR_LINE);
    stderr.write(`${reason}. Trying again in ${seconds} s.\n`);
  }

  #begin(): void {
    const { stderr } = this.#runtime;
    let at = 0;
    this.#start = setTimeout(() => {
      this.#frames = setInterval(() => {
        stderr.draw(`\r${FRAMES[at++ % FRAMES.length]} Waiting for an answer…`);
      }, FRAME_MS);
    }, PATIENCE_MS - FRAME_MS);
  }

  #end(): void {
    clearTimeout(this.#start);
    clearInterval(this.#frames);
    if (this.#frames !== undefined) this.#runtime.stderr.draw(CLEAR_LINE);
    this.#frames = undefined;
  }
}
