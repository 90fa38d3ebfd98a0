/**
 * The journal of a run: every filled message, and what is known of it. It is a
 * SQLite file of its own, readable by its owner only. After the messages are
 * frozen in it, the file that they came from is not read again.
 *
 * A row is durable as `sending` before its request goes out. Sinch has no
 * idempotency key, so a row that is still `sending` after a crash is `unknown`:
 * nothing but a look at Sinch, or a person, decides whether it is sent again.
 */
import { closeSync, existsSync, openSync } from "node:fs";
import { DatabaseSync, type StatementSync } from "node:sqlite";
import { clearImmediate, setImmediate } from "node:timers";
import type { SendMessageBody } from "../../api/messages.ts";

export const STATES = [
  "planned",
  "sending",
  "accepted",
  "refused",
  "unknown",
  "skipped",
] as const;
export type State = typeof STATES[number];
export type Counts = Record<State, number>;

/** One row of the file, filled and checked. */
export interface FrozenRow {
  /** The number that a spreadsheet shows beside it; the header is row 1. */
  row: number;
  /** The person, as reports name them: a number or a channel identity. */
  recipient: string;
  body: SendMessageBody;
  /** All columns of the file, in their order. */
  input: readonly string[];
  /** Not to be sent before; milliseconds since 1970. */
  notBefore?: number;
  /** Not to be sent, nor to wait in a queue, after; milliseconds since 1970. */
  notAfter?: number;
}

/** A row that is to be sent, durable as `sending`. */
export interface ClaimedRow {
  row: number;
  body: SendMessageBody;
  notAfter?: number;
  /** How often it has been sent before, and was refused for the moment. */
  tries: number;
}

/** What a run is, besides its rows. */
export interface RunFacts {
  id: string;
  /** What was read: a file's name, or `-`. */
  source: string;
  /** The names of the columns of `input`. */
  columns: readonly string[];
  /** Milliseconds since 1970. */
  createdAt: number;
  appId: string;
  projectId: string;
  /** The address of the API, which tells regions and sandboxes apart. */
  api: string;
}

/** What became of a row; a row that goes back to `planned` was not sent. */
export type Settled =
  | { state: "accepted"; messageId: string; at: number }
  | { state: "refused" | "unknown"; reason: string; at: number }
  | { state: "skipped"; reason: string; at: number }
  | { state: "planned"; notBefore: number };

/** A row as a report shows it. */
export interface ReportRow {
  row: number;
  recipient: string;
  input: string[];
  state: State;
  messageId?: string;
  reason?: string;
  /** When its state was reached; milliseconds since 1970. */
  at?: number;
}

/** A row of which it is not known whether it was accepted. */
export interface UnknownRow {
  row: number;
  recipient: string;
  body: SendMessageBody;
  reason: string;
  /** When it was sent; milliseconds since 1970. */
  at: number;
}

/** SQLite's `application_id`: `SNBR`. */
const APPLICATION_ID = 0x534e4252;
const VERSION = 1;
const BUSY_TIMEOUT_MS = 5000;

const SCHEMA = `
  CREATE TABLE run (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
  CREATE TABLE message (
    row INTEGER PRIMARY KEY,
    recipient TEXT NOT NULL,
    body TEXT NOT NULL,
    input TEXT NOT NULL,
    not_before INTEGER NOT NULL,
    not_after INTEGER,
    state TEXT NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0,
    message_id TEXT,
    reason TEXT,
    at INTEGER
  ) STRICT;
  CREATE INDEX planned ON message(not_before, row) WHERE state = 'planned';
  CREATE INDEX unsure ON message(row) WHERE state IN ('sending', 'unknown');
  CREATE INDEX refused ON message(reason) WHERE state IN ('refused', 'skipped');
  PRAGMA application_id = ${APPLICATION_ID};
  PRAGMA user_version = ${VERSION};`;

interface Change {
  run(): unknown;
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

export class RunJournal implements Disposable {
  readonly facts: RunFacts;
  #counts?: Counts;
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  #waiting: Change[] = [];
  #turn: ReturnType<typeof setImmediate> | undefined;

  private constructor(database: DatabaseSync) {
    this.#database = database;
    this.facts = JSON.parse(this.#value("facts")!);
  }

  /** Makes the journal of a new run; its rows are added before it `isFrozen`. */
  static create(path: string, facts: RunFacts): RunJournal {
    closeSync(openSync(path, "wx", 0o600));
    const database = connect(path);
    database.exec(`BEGIN; ${SCHEMA}`);
    database.prepare("INSERT INTO run VALUES ('facts', ?)")
      .run(JSON.stringify(facts));
    database.exec("COMMIT");
    return new RunJournal(database);
  }

  /** @throws {Error} There is none, or the file is something else. */
  static open(path: string): RunJournal {
    if (!existsSync(path)) throw new Error(`${path} is missing`);
    const database = connect(path);
    try {
      const { application_id } = database.prepare("PRAGMA application_id")
        .get()!;
      const { user_version } = database.prepare("PRAGMA user_version").get()!;
      if (application_id !== APPLICATION_ID) {
        throw new Error(`${path} is not the journal of a run`);
      }
      if (user_version !== VERSION) {
        throw new Error(`${path} was made by another version of this program`);
      }
      return new RunJournal(database);
    } catch (error) {
      database.close();
      throw error;
    }
  }

  /** Adds rows, all or none. A row number that is there already is refused. */
  add(rows: readonly FrozenRow[]): void {
    const insert = this.#prepared(
      `INSERT INTO message (row, recipient, body, input, not_before, not_after, state)
       VALUES (?, ?, ?, ?, ?, ?, 'planned')`,
    );
    this.#transaction(() => {
      for (const { row, recipient, body, input, ...times } of rows) {
        insert.run(
          row,
          recipient,
          JSON.stringify(body),
          JSON.stringify(input),
          times.notBefore ?? 0,
          times.notAfter ?? null,
        );
      }
    });
    this.#counts = undefined;
  }

  /**
   * Ends the adding of rows: from now on the run may be sent.
   *
   * @param fingerprint The same for the same recipients and messages.
   */
  freeze(fingerprint: string): void {
    this.#transaction(() => {
      this.set("fingerprint", fingerprint);
      this.set("frozen", "yes");
    });
  }

  /** Whether all rows are in it; a program that was killed before leaves it half. */
  get isFrozen(): boolean {
    return this.#value("frozen") !== undefined;
  }

  get fingerprint(): string | undefined {
    return this.#value("fingerprint");
  }

  get isCancelled(): boolean {
    return this.#value("cancelled") !== undefined;
  }

  /** Rows by state. Counted once: a million rows take a moment. */
  get counts(): Counts {
    return this.#counts ??= this.#count();
  }

  get rows(): number {
    return STATES.reduce((sum, state) => sum + this.counts[state], 0);
  }

  /** Keeps a setting of the run, such as its rate, for the next session. */
  set(name: string, value: string): void {
    this.#prepared("INSERT OR REPLACE INTO run VALUES (?, ?)")
      .run(name, value);
  }

  setting(name: string): string | undefined {
    return this.#value(name);
  }

  /**
   * Begins a session: what another one left as `sending` is unknown. Only the
   * holder of the run's lock may call it.
   */
  begin(): void {
    this.#transaction(() => {
      this.set("begun", "yes");
      this.#prepared(
        `UPDATE message SET state = 'unknown',
           reason = 'the program ended before the answer came'
         WHERE state = 'sending'`,
      ).run();
    });
    this.#counts = undefined;
  }

  /** Whether it was to be sent; without it, nothing of it was. */
  get isBegun(): boolean {
    return this.#value("begun") !== undefined;
  }

  /** The next row that may be sent at `now`; durable as `sending` when this resolves. */
  claim(now: number): Promise<ClaimedRow | undefined> {
    return this.#write(() => {
      const found = this.#prepared(
        `SELECT row, body, not_after, tries FROM message
         WHERE state = 'planned' AND not_before <= ?
         ORDER BY not_before, row LIMIT 1`,
      ).get(now);
      if (!found) return undefined;
      this.#prepared(
        `UPDATE message SET state = 'sending', at = ?, tries = tries + 1
         WHERE row = ?`,
      ).run(now, found.row!);
      return this.#moved("planned", "sending", {
        row: Number(found.row),
        body: JSON.parse(String(found.body)),
        notAfter: found.not_after === null
          ? undefined
          : Number(found.not_after),
        tries: Number(found.tries),
      });
    });
  }

  /** When the next planned row may be sent; `undefined` where there is none. */
  nextDue(): number | undefined {
    const found = this.#prepared(
      `SELECT not_before FROM message WHERE state = 'planned'
       ORDER BY not_before, row LIMIT 1`,
    ).get();
    return found && Number(found.not_before);
  }

  /** Keeps what became of a row that was in state `from`. */
  settle(row: number, from: State, settled: Settled): Promise<void> {
    return this.#write(() => {
      const { changes } = settled.state === "planned"
        ? this.#prepared(
          `UPDATE message SET state = 'planned', not_before = ?, reason = NULL
           WHERE row = ? AND state = ?`,
        ).run(settled.notBefore, row, from)
        : this.#prepared(
          `UPDATE message SET state = ?, message_id = ?, reason = ?, at = ?
           WHERE row = ? AND state = ?`,
        ).run(
          settled.state,
          settled.state === "accepted" ? settled.messageId : null,
          settled.state === "accepted" ? null : settled.reason,
          settled.at,
          row,
          from,
        );
      if (changes !== 1) throw new Error(`Row ${row} is not ${from}`);
      return this.#moved(from, settled.state, undefined);
    });
  }

  /** Gives up every row that was not sent. */
  cancel(now: number): void {
    this.#transaction(() => {
      this.#prepared(
        `UPDATE message SET state = 'skipped', reason = 'cancelled', at = ?
         WHERE state = 'planned'`,
      ).run(now);
      this.set("cancelled", String(now));
    });
    this.#counts = undefined;
  }

  /** Rows of which nothing is known, at most `limit`, after row `after`. */
  unknown(after: number, limit: number): UnknownRow[] {
    return this.#prepared(
      `SELECT row, recipient, body, reason, at FROM message
       WHERE state = 'unknown' AND state IN ('sending', 'unknown') AND row > ?
       ORDER BY row LIMIT ?`,
    ).all(after, limit).map(({ row, recipient, body, reason, at }) => ({
      row: Number(row),
      recipient: String(recipient),
      body: JSON.parse(String(body)),
      reason: String(reason),
      at: Number(at),
    }));
  }

  /** The reasons of one outcome with their number of rows, most first. */
  reasons(state: "refused" | "skipped"): { reason: string; rows: number }[] {
    return this.#prepared(
      `SELECT reason, count(*) AS rows FROM message
       WHERE state = ? AND state IN ('refused', 'skipped')
       GROUP BY reason ORDER BY rows DESC, reason`,
    ).all(state).map(({ reason, rows }) => ({
      reason: String(reason),
      rows: Number(rows),
    }));
  }

  /** Every row in the order of the file, one at a time. */
  *report(): Iterable<ReportRow> {
    const all = this.#database.prepare(
      `SELECT row, recipient, input, state, message_id, reason, at
       FROM message ORDER BY row`,
    );
    for (const found of all.iterate()) {
      yield {
        row: Number(found.row),
        recipient: String(found.recipient),
        input: JSON.parse(String(found.input)),
        state: String(found.state) as State,
        messageId: found.message_id === null
          ? undefined
          : String(found.message_id),
        reason: found.reason === null ? undefined : String(found.reason),
        at: found.at === null ? undefined : Number(found.at),
      };
    }
  }

  /** The times between which requests went out; `undefined` before the first. */
  sentBetween(): { first: number; last: number } | undefined {
    const { first, last } = this.#prepared(
      "SELECT min(at) AS first, max(at) AS last FROM message WHERE tries > 0",
    ).get()!;
    return first === null
      ? undefined
      : { first: Number(first), last: Number(last) };
  }

  /** Commits what waits, and closes the file. */
  [Symbol.dispose](): void {
    if (!this.#database.isOpen) return;
    if (this.#turn) this.#commit();
    this.#database.close();
  }

  /**
   * Makes a change with the next commit, which takes along whatever else waits:
   * the disk is asked once for all of them.
   */
  #write<T>(run: () => T): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#waiting.push({
        run,
        resolve: resolve as (value: unknown) => void,
        reject,
      });
      this.#turn ??= setImmediate(() => this.#commit());
    });
  }

  #commit(): void {
    if (this.#turn) clearImmediate(this.#turn);
    this.#turn = undefined;
    const changes = this.#waiting.splice(0);
    const before = { ...this.counts };
    try {
      const values = this.#transaction(() => changes.map(({ run }) => run()));
      changes.forEach(({ resolve }, at) => resolve(values[at]));
    } catch (error) {
      Object.assign(this.counts, before);
      for (const { reject } of changes) reject(error);
    }
  }

  #transaction<T>(run: () => T): T {
    this.#database.exec("BEGIN IMMEDIATE");
    try {
      const value = run();
      this.#database.exec("COMMIT");
      return value;
    } catch (error) {
      // After some failures, such as a full disk, SQLite has done so itself.
      if (this.#database.isTransaction) this.#database.exec("ROLLBACK");
      throw error;
    }
  }

  #moved<T>(from: State, to: State, value: T): T {
    this.counts[from]--;
    this.counts[to]++;
    return value;
  }

  #count(): Counts {
    const counts = Object.fromEntries(STATES.map((state) => [state, 0]));
    const found = this.#prepared(
      "SELECT state, count(*) AS rows FROM message GROUP BY state",
    ).all();
    for (const { state, rows } of found) counts[String(state)] = Number(rows);
    return counts as Counts;
  }

  #value(name: string): string | undefined {
    const found = this.#prepared("SELECT value FROM run WHERE name = ?")
      .get(name);
    return found && String(found.value);
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

/** FULL: a row that was committed as `sending` survives a power cut, too. */
function connect(path: string): DatabaseSync {
  const database = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS });
  database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
  return database;
}
