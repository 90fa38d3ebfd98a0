/**
 * Going back to the question before: what asks the questions is run again with
 * the answers given so far, so that no wizard has to know about it. What was
 * changed on the way is not done twice, and its questions are not asked again.
 */

/** Thrown at a question to go back to the one before. */
export class GoBack extends Error {}

interface Step {
  /** The question; none for what was done once. */
  message?: string;
  result: unknown;
}

export class Rewind {
  /** The answers so far as words of the command line. */
  answers: string[] = [];
  /** The command with the answers so far, where `answers` do not give it. */
  command?: () => string;
  #steps: Step[] = [];
  #at = 0;
  /** The question that is asked again, and the answer it had. */
  #again?: Step;

  /** Runs `body`, and again each time a person goes back. */
  async run<T>(body: () => Promise<T>): Promise<T> {
    for (;;) {
      this.#at = 0;
      this.answers = [];
      this.command = undefined;
      try {
        return await body();
      } catch (error) {
        if (!(error instanceof GoBack)) throw error;
        const last = this.#lastAsked();
        this.#again = this.#steps[last];
        this.#steps.length = Math.max(last, 0);
      }
    }
  }

  /** Whether there is a question to go back to. */
  get canGoBack(): boolean {
    const done = this.#steps.findLastIndex(({ message }) => !message);
    return this.#lastAsked() > done;
  }

  /** Whether the questions at this point have been answered already. */
  get isRepeating(): boolean {
    return this.#at < this.#steps.length;
  }

  /**
   * The answer that the question has already, or that `ask` gets now.
   *
   * @param ask Is handed the answer that the person went back to.
   */
  question<T>(message: string, ask: (before?: T) => Promise<T>): Promise<T> {
    return this.#step(message, () => {
      const again = this.#again;
      this.#again = undefined;
      return ask(
        again?.message === message ? again.result as T : undefined,
      );
    });
  }

  /** Does what must not be done twice; from here nobody goes back. */
  once<T>(run: () => Promise<T>): Promise<T> {
    return this.#step(undefined, run);
  }

  async #step<T>(
    message: string | undefined,
    run: () => Promise<T>,
  ): Promise<T> {
    const known = this.#steps[this.#at];
    if (known && known.message === message) {
      this.#at++;
      return known.result as T;
    }
    // The way has changed, say because a list did: the other answers are void.
    this.#steps.length = this.#at;
    const result = await run();
    this.#steps.push({ message, result });
    this.#at++;
    return result;
  }

  #lastAsked(): number {
    return this.#steps.findLastIndex(({ message }) => message);
  }
}
