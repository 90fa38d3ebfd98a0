/**
 * The sandbox's state: one SQLite database, which several processes may open at
 * once.
 *
 * Changes that arrive together are committed together, because the commit costs
 * more than the statements. The promise of a change settles after its commit, so
 * whatever was answered is in the file.
 */
import type { DatabaseSync, StatementSync } from "node:sqlite";
import { clearImmediate, setImmediate } from "node:timers";
import { unavailable } from "../contract/errors.ts";
import { IdSource } from "./ids.ts";
import { SCHEMA, SCHEMA_VERSION } from "./schema.ts";
import { APPLICATION_ID, isBusy, isFull, openStoreFile } from "./store_file.ts";

export type SqlValue = string | number | null;
/** A row as SQLite returns it; callers know which columns they selected. */
export type Row = Record<string, SqlValue>;

interface Change {
  run(): unknown;
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

export class Store {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  readonly #clock: { now(): number };
  readonly #ids = new IdSource();
  #lastNow = 0;
  #aheadMs = 0;
  #waiting: Change[] = [];
  #turn: ReturnType<typeof setImmediate> | undefined;

  /**
   * Opens the store, and creates its tables if it is new.
   *
   * @param path a file, or ":memory:"
   * @param seed adds the initial data to a new store
   */
  constructor(
    path: string,
    clock: { now(): number },
    seed: (store: Store) => void,
  ) {
    this.#clock = clock;
    this.#database = openStoreFile(path);
    // Twice SQLite's default: copying the log into the file is what delays a send,
    // here by at most 30 ms; longer logs are copied less often, but for longer.
    this.#database.exec("PRAGMA wal_autocheckpoint = 2000");
    this.#layOut(seed);
    this.readClock();
  }

  get isOpen(): boolean {
    return this.#database.isOpen;
  }

  /** Epoch milliseconds; never falls, so that IDs rise with time. */
  now(): number {
    const now = this.#clock.now() + this.#aheadMs;
    this.#lastNow = Math.max(this.#lastNow, now);
    return this.#lastNow;
  }

  /** Advances the clock for all processes with this store; part of a change. */
  advanceClock(ms: number): void {
    this.run("UPDATE clock SET ahead_ms = ahead_ms + ?", ms);
    this.readClock();
  }

  /** Follows other processes that advanced the clock. */
  readClock(): void {
    this.#aheadMs =
      this.get<{ ahead_ms: number }>("SELECT ahead_ms FROM clock")!.ahead_ms;
  }

  /** How far the clock has been advanced, in milliseconds. */
  get aheadMs(): number {
    return this.#aheadMs;
  }

  /** A new ULID, higher than all before. */
  newId(): string {
    return this.#ids.next(this.now());
  }

  /** A new ULID for a moment in the past. */
  newIdAt(ms: number): string {
    return new IdSource().next(ms);
  }

  get<T = Row>(sql: string, ...values: SqlValue[]): T | undefined {
    return this.#prepared(sql).get(...values) as T | undefined;
  }

  all<T = Row>(sql: string, ...values: SqlValue[]): T[] {
    return this.#prepared(sql).all(...values) as T[];
  }

  /** Runs a statement that changes rows; returns how many it changed. */
  run(sql: string, ...values: SqlValue[]): number {
    return Number(this.#prepared(sql).run(...values).changes);
  }

  /**
   * Makes a change with the next commit; if `change` throws, it is undone. After
   * the close, none is made.
   */
  write<T>(change: () => T): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      if (!this.isOpen) return reject(unavailable("The sandbox is closed."));
      this.#waiting.push({
        run: change,
        resolve: resolve as (value: unknown) => void,
        reject,
      });
      this.#turn ??= setImmediate(() => this.#gather(0));
    });
  }

  /** Commits once a turn of the event loop brings no further change. */
  #gather(before: number): void {
    const waiting = this.#waiting.length;
    if (waiting === before) return this.#commit();
    this.#turn = setImmediate(() => this.#gather(waiting));
  }

  /** Commits pending changes and closes the file. */
  close(): void {
    if (!this.isOpen) return;
    if (this.#turn) {
      clearImmediate(this.#turn);
      this.#commit();
    }
    this.#database.close();
  }

  #commit(): void {
    const changes = this.#waiting;
    this.#waiting = [];
    this.#turn = undefined;
    this.#commitTogether(changes);
  }

  /**
   * Makes the changes in one transaction and settles them. If one throws, all are
   * undone and each is made again in a transaction of its own: a savepoint for
   * each would double the time of a send.
   */
  #commitTogether(changes: Change[]): void {
    try {
      this.#prepared("BEGIN IMMEDIATE").run();
    } catch (error) {
      for (const { reject } of changes) reject(asRefusal(error));
      return;
    }
    try {
      // Another process may have advanced it.
      this.readClock();
      const values = changes.map(({ run }) => run());
      this.#prepared("COMMIT").run();
      changes.forEach(({ resolve }, at) => resolve(values[at]));
    } catch (error) {
      this.#rollBack();
      if (changes.length === 1) changes[0]!.reject(asRefusal(error));
      else for (const change of changes) this.#commitTogether([change]);
    }
  }

  #rollBack(): void {
    // After some failures, such as a full disk, SQLite has done so itself.
    if (this.#database.isTransaction) this.#database.exec("ROLLBACK");
    this.readClock();
  }

  #layOut(seed: (store: Store) => void): void {
    this.#database.exec("BEGIN IMMEDIATE");
    try {
      const { user_version: version } = this.get("PRAGMA user_version")!;
      if (version === 0) {
        this.#database.exec(SCHEMA);
        seed(this);
        this.#database.exec(
          `PRAGMA application_id = ${APPLICATION_ID};
           PRAGMA user_version = ${SCHEMA_VERSION}`,
        );
      } else if (version !== SCHEMA_VERSION) {
        throw new Error(
          "the sandbox's store was made by another version of this program: " +
            "reset the sandbox",
        );
      }
      this.#database.exec("COMMIT");
    } catch (error) {
      // Closing rolls back the transaction.
      this.#database.close();
      throw error;
    }
  }

  #prepared(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (!statement) {
      statement = this.#database.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }
}

/** What a caller can do something about, in the API's words. */
function asRefusal(error: unknown): unknown {
  // Another process has it for longer than it may.
  if (isBusy(error)) {
    return unavailable("The sandbox's store is busy. Try again.");
  }
  return isFull(error)
    ? unavailable("The disk that the sandbox's store is on is full.")
    : error;
}
