/** Who has been seen before: on disk, since a million people are too many to hold. */
import { DatabaseSync, type StatementSync } from "node:sqlite";

export class Seen implements Disposable {
  readonly #database: DatabaseSync;
  readonly #insert: StatementSync;
  readonly #find: StatementSync;

  constructor() {
    // Without a name: a file that SQLite removes by itself. Nothing is kept.
    this.#database = new DatabaseSync("");
    this.#database.exec(`
      PRAGMA journal_mode = OFF;
      PRAGMA synchronous = OFF;
      PRAGMA cache_size = -8000;
      CREATE TABLE seen (identity TEXT PRIMARY KEY, row INTEGER NOT NULL)
        STRICT, WITHOUT ROWID;
      BEGIN;`);
    this.#insert = this.#database.prepare(
      "INSERT OR IGNORE INTO seen VALUES (?, ?)",
    );
    this.#find = this.#database.prepare(
      "SELECT row FROM seen WHERE identity = ?",
    );
  }

  /** The row that had this identity first; `undefined` where this is it. */
  earlier(identity: string, row: number): number | undefined {
    if (this.#insert.run(identity, row).changes === 1) return undefined;
    return Number(this.#find.get(identity)!.row);
  }

  [Symbol.dispose](): void {
    this.#database.close();
  }
}
