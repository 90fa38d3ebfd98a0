/**
 * The world outside the program, as types: whoever needs a stream, a file, the
 * network or the time is handed it, so that a test can hand in another.
 */
import type { Secrets } from "./secrets.ts";

export interface Runtime {
  /** The words of the command line, without the program's name. */
  readonly args: readonly string[];
  readonly os: "linux" | "darwin" | "windows";
  readonly arch: "x64" | "arm64";
  /** The program's own file, links followed; `undefined` where Deno runs it. */
  readonly executable?: string;
  env(name: string): string | undefined;
  readonly stdin: Input;
  readonly stdout: Output;
  readonly stderr: Output;
  /**
   * As `fetch`, with two promises more: a request that is not a GET or HEAD goes
   * out once at most, redirects included; and one to this machine never goes
   * through a proxy.
   */
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  /** A number from 0 up to 1, for jitter. Not for secrets. */
  random(): number;
  readonly files: Files;
  /** What must not be in any text that leaves the program. */
  readonly secrets: Secrets;
  /** Runs another program; `undefined` where there is no such program. */
  run(command: string, args: string[], options?: RunOptions): Promise<
    ProgramResult | undefined
  >;
  /** Serves HTTP until it is closed. */
  serve(options: ServeOptions): Promise<Server>;
  /** Runs code of a package that warns on the console, without its warnings. */
  quietly<T>(run: () => T): T;
  /** Calls `listener` on these signals instead of ending; returns the undo. */
  onStop(listener: (signal: StopSignal) => void): () => void;
}

/** Ctrl-C, `kill`, and the end of the terminal. */
export type StopSignal = "SIGINT" | "SIGTERM" | "SIGHUP";

export interface Input {
  isTerminal(): boolean;
  /** Reads what is there, at least a byte; `null` at the end. */
  read(into: Uint8Array): Promise<number | null>;
  /**
   * Everything up to the end.
   * @throws {BadText} It is not UTF-8, or larger than 8 MiB.
   */
  readText(): Promise<string>;
  /**
   * The same as bytes of any kind.
   * @throws {BadText} They are more than 8 MiB.
   */
  readBytes(): Promise<Uint8Array>;
  /** Keys one by one and without echo, or lines again. */
  setRaw(raw: boolean): void;
}

export interface Output {
  isTerminal(): boolean;
  /** Width in cells; 80 where it is not known. */
  columns(): number;
  /** Height in lines; 24 where it is not known. */
  rows(): number;
  /**
   * Writes all of `text`.
   * @throws {ClosedPipe} when the reader has gone away (`| head`).
   */
  write(text: string): void;
  /** The same for long texts: signals are heard while the reader takes its time. */
  send(text: string): Promise<void>;
}

/** The reader of our output has gone: there is nobody to talk to any more. */
export class ClosedPipe extends Error {}

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export interface Files {
  /**
   * The file's text, or `undefined` when there is no such file.
   * @throws {BadText} It is not UTF-8, or larger than 8 MiB.
   */
  read(path: string): Promise<string | undefined>;
  /**
   * The same as bytes of any kind.
   * @throws {BadText} They are more than 8 MiB.
   */
  readBytes(path: string): Promise<Uint8Array | undefined>;
  /**
   * Opens a file of any size, to be read in pieces; `undefined` when there is no
   * such file. Disposing closes it.
   */
  open(path: string): Promise<OpenFile | undefined>;
  /** Replaces the file in one step; only its owner may read it (0600). */
  writePrivate(path: string, text: string): Promise<void>;
  /** The same for a text in pieces, which may be larger than the memory. */
  writePrivatePieces(path: string, pieces: Iterable<string>): Promise<void>;
  /** Writes the file where and as it is: its mode stays, and a link stays a link. */
  write(path: string, text: string): Promise<void>;
  /** Who may do what with it, as `chmod` counts; `undefined` without such a file or count. */
  mode(path: string): Promise<number | undefined>;
  /** The names of what is in a folder; none where it is not there. */
  list(path: string): Promise<string[]>;
  /** Writes a new file that everybody may run (0755). */
  writeProgram(path: string, content: Uint8Array): Promise<void>;
  /**
   * Puts the program `fresh` in the place of `current` and keeps that as
   * `previous`; the two may be the same file. It works while `current` runs;
   * where it fails, everything is as it was.
   */
  swapProgram(current: string, fresh: string, previous: string): Promise<void>;
  /** Removes the file, if it is there. */
  remove(path: string): Promise<void>;
  makeFolder(path: string): Promise<void>;
  /**
   * Runs `body` while no other process holds the lock of this name. Gives up
   * waiting after `waitMs` and runs it all the same: a lock saves work, it never
   * stops it.
   * @param signal Ends the wait for the lock; its reason is thrown.
   * @throws {Error} There is a symbolic link of this name.
   */
  withLock<T>(
    path: string,
    waitMs: number,
    body: () => Promise<T>,
    signal?: AbortSignal,
  ): Promise<T>;
  /**
   * Runs `body` unless another process holds the lock file of this name, which
   * is removed afterwards; `undefined` at once where one does.
   */
  ifNotLocked<T>(path: string, body: () => Promise<T>): Promise<T | undefined>;
}

export interface OpenFile extends Disposable {
  /** Reads what comes next, at least a byte; `null` at the end. */
  read(into: Uint8Array): Promise<number | null>;
}

export interface RunOptions {
  /** Written to the program's standard input. Secrets go here, never in `args`. */
  stdin?: string;
  timeoutMs?: number;
  /** Ends the program. */
  signal?: AbortSignal;
}

export interface ProgramResult {
  code: number;
  stdout: string;
  stderr: string;
}

export interface ServeOptions {
  hostname: string;
  /** 0 picks a free one. */
  port: number;
  /** Rejects with {@linkcode ConnectionLost} to end the connection unanswered. */
  handler(request: ServedRequest): Promise<ServedAnswer>;
  /** The JSON that goes with a refusal of what is no request that can be handled. */
  refuse(status: Refused): string;
}

/**
 * A request as it arrived. Making a `Request` and a `Response` of each exchange
 * would take longer than the rest of serving it.
 */
export interface ServedRequest {
  readonly method: string;
  readonly url: URL;
  /** @param name in lower case */
  header(name: string): string | undefined;
  /** Empty for a GET or HEAD. */
  readonly body: Uint8Array<ArrayBuffer>;
}

export interface ServedAnswer {
  readonly status: number;
  /** Names in lower case; the length is added. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The connection ends after the body, as if there were more of it. */
  readonly breaksOff?: boolean;
}

/** Malformed, too slow, body too large, head too large, a fault of the server. */
export type Refused = 400 | 408 | 413 | 431 | 500;

/** What `fetch` rejects with where a connection ends before the answer. */
export class ConnectionLost extends TypeError {
  constructor() {
    super("connection closed before an answer was received");
  }
}

export interface Server extends AsyncDisposable {
  readonly port: number;
  /** Resolves when the server has stopped; disposing lets requests under way end. */
  readonly finished: Promise<void>;
}
