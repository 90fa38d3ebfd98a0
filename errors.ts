/**
 * Every way a command can fail, and the exit code each one has.
 *
 * A `Failure` is an expected outcome with an explanation for a person; any other
 * error that reaches `main.ts` is a bug and is shown as one.
 */

/** Exit code of each kind of failure; `sinch help exit-codes` documents them. */
export const EXIT_CODES = {
  /** The API refused the request, or returned an unusable response. */
  api: 1,
  /** No response: DNS, connection, TLS or timeout. Nothing was changed. */
  network: 1,
  /** The response was lost; the request may have been carried out: look first. */
  outcome_unknown: 5,
  /** A run has ended, and some of its rows were refused, skipped or are left. */
  some_not_accepted: 8,
  /** A person answered no to a confirmation. */
  declined: 1,
  /** A file or setting on this machine cannot be read or written. */
  config: 1,
  /** Unknown option, missing or invalid value, or a prompt without a terminal. */
  usage: 2,
  /** Not signed in, or credentials refused (401, 403). */
  auth: 3,
  /** The resource does not exist in this region (404). */
  not_found: 4,
  /** A bug in this program. */
  bug: 1,
  /** SIGINT (Ctrl-C). */
  interrupted: 130,
  /** SIGTERM. */
  terminated: 143,
  /** SIGHUP: the terminal was closed. */
  hung_up: 129,
} as const;

export type FailureKind = keyof typeof EXIT_CODES;

export interface FailureDetails {
  /** What to do about it: one sentence, with the exact command if there is one. */
  hint?: string;
  /** The API's own code, such as `INVALID_ARGUMENT` (default: the kind in capitals). */
  code?: string;
  /** HTTP status of the response, if there was one. */
  status?: number;
  /** The fields that the API refused. */
  fields?: { field: string; description: string }[];
  cause?: unknown;
}

/** An expected failure: what happened and why (`message`), what to do (`hint`). */
export class Failure extends Error {
  override readonly name = "Failure";
  readonly hint?: string;
  readonly code: string;
  readonly status?: number;
  readonly fields: { field: string; description: string }[];

  constructor(
    readonly kind: FailureKind,
    message: string,
    { hint, code, status, fields, cause }: FailureDetails = {},
  ) {
    super(message, { cause });
    this.hint = hint;
    this.code = code ?? kind.toUpperCase();
    this.status = status;
    this.fields = fields ?? [];
  }

  get exitCode(): number {
    return EXIT_CODES[this.kind];
  }

  /** The same failure with one more thing to do about it. */
  withHint(hint: string): Failure {
    return this.#with(
      this.message,
      this.hint ? `${this.hint}\n${hint}` : hint,
    );
  }

  /** The same failure in other words. */
  saying(message: string): Failure {
    return this.#with(message, this.hint);
  }

  #with(message: string, hint: string | undefined): Failure {
    const { kind, code, status, fields } = this;
    return new Failure(kind, message, {
      hint,
      code,
      status,
      fields,
      cause: this,
    });
  }
}

const STOPS = {
  SIGINT: ["interrupted", "Interrupted"],
  SIGTERM: ["terminated", "Terminated"],
  SIGHUP: ["hung_up", "The terminal was closed"],
} as const;

/** The end that a signal asks for. */
export function stoppedBy(signal: keyof typeof STOPS): Failure {
  const [kind, message] = STOPS[signal];
  return new Failure(kind, message);
}

/** Whether a signal asked for the end. */
export function isStop(error: unknown): boolean {
  return error instanceof Failure &&
    Object.values(STOPS).some(([kind]) => kind === error.kind);
}

/** Wrong use of the command line: exit code 2, and nothing was sent. */
export function usageError(message: string, hint?: string): Failure {
  return new Failure("usage", message, { hint });
}
