/**
 * The file of a store. Only a file that says it is a sandbox's, or an empty one,
 * is ever written to or deleted: a path that was mistyped costs no data.
 */
import { chmodSync, closeSync, existsSync, openSync, statSync } from "node:fs";
import { rm } from "node:fs/promises";
import { DatabaseSync } from "node:sqlite";

/** SQLite's place for whose a file is: `SNCH`. */
export const APPLICATION_ID = 0x534e4348;

const IN_MEMORY = ":memory:";
/** How long a write waits for another process's transaction. */
const BUSY_TIMEOUT_MS = 5000;

/**
 * @param path a file, or ":memory:"
 * @throws Error if the file is not a sandbox's
 */
export function openStoreFile(path: string): DatabaseSync {
  // SQLite gives the files beside it the same mode.
  if (path !== IN_MEMORY && !existsSync(path)) {
    closeSync(openSync(path, "a", 0o600));
  }
  const database = openDespiteFullDisk(path);
  if (path !== IN_MEMORY) filesOf(path).forEach(makePrivate);
  return database;
}

/**
 * Processes that share a file need another one for it, which a full disk has no
 * room for. A process that has the file for itself can at least read.
 */
function openDespiteFullDisk(path: string): DatabaseSync {
  try {
    return open(path, "NORMAL");
  } catch (error) {
    if (!isFull(error)) throw error;
    return open(path, "EXCLUSIVE");
  }
}

function open(path: string, locking: "NORMAL" | "EXCLUSIVE"): DatabaseSync {
  const database = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS });
  try {
    database.exec(`PRAGMA locking_mode = ${locking}`);
    requireOwn(database);
    writeAhead(database);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/**
 * Deletes the store's files.
 *
 * @returns false if they are in use: nothing is deleted then
 * @throws Error if the file is not a sandbox's
 */
export async function deleteStoreFile(path: string): Promise<boolean> {
  if (path === IN_MEMORY || !existsSync(path)) return true;
  if (!isFree(path)) return false;
  for (const file of filesOf(path)) await rm(file, { force: true });
  return true;
}

function filesOf(path: string): string[] {
  return [path, `${path}-wal`, `${path}-shm`];
}

function makePrivate(file: string): void {
  const { mode } = statSync(file, { throwIfNoEntry: false }) ?? {};
  if (mode !== undefined && (mode & 0o077) !== 0) chmodSync(file, 0o600);
}

/** @throws Error for a file that is neither a sandbox's nor empty */
function requireOwn(database: DatabaseSync): void {
  // One statement: another process may be laying the store out.
  const { id, version, tables } = database.prepare(
    `SELECT (SELECT application_id FROM pragma_application_id) AS id,
       (SELECT user_version FROM pragma_user_version) AS version,
       (SELECT count(*) FROM sqlite_schema) AS tables`,
  ).get()!;
  if (id === APPLICATION_ID) return;
  if (id !== 0 || version !== 0 || tables !== 0) {
    throw new Error("the file belongs to another program");
  }
}

/**
 * Of processes that open a new file together one switches it, and SQLite tells
 * the others at once that it is busy, whatever its timeout is.
 */
function writeAhead(database: DatabaseSync): void {
  const giveUpAt = performance.now() + BUSY_TIMEOUT_MS;
  for (;;) {
    try {
      // NORMAL with a write-ahead log: a killed process loses nothing that was
      // committed; a power cut may lose the last commits, never the file.
      database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL");
      return;
    } catch (error) {
      if (!isBusy(error) || performance.now() > giveUpAt) throw error;
      pause(10);
    }
  }
}

/** Waits without giving way to others, as SQLite does. */
function pause(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

function isFree(path: string): boolean {
  const database = new DatabaseSync(path);
  try {
    requireOwn(database);
    // What leaves the write-ahead log needs the file for itself alone.
    database.exec("PRAGMA journal_mode = DELETE");
    return true;
  } catch (error) {
    if (isBusy(error)) return false;
    throw error;
  } finally {
    database.close();
  }
}

export function isBusy(error: unknown): boolean {
  return error instanceof Error &&
    /database is (locked|busy)/.test(error.message);
}

/** SQLite says the second where it could not make room in the shared file. */
export function isFull(error: unknown): boolean {
  return error instanceof Error && /disk is full|disk I\/O/.test(error.message);
}
