/**
 * The file of a store. Only a file marked as a sandbox's, or an empty one, is
 * written to or deleted: a mistyped path costs no data.
 */
import { chmodSync, closeSync, existsSync, openSync, statSync } from "node:fs";
import { rm } from "node:fs/promises";
import { DatabaseSync } from "node:sqlite";

/** SQLite's `application_id` of a store: `SNCH`. */
export const APPLICATION_ID = 0x534e4348;

const IN_MEMORY = ":memory:";
/** How long a write waits for another process's transaction. */
const BUSY_TIMEOUT_MS = 5000;

/**
 * @param path a file, or ":memory:"
 * @throws Error if the file is not a sandbox's
 */
export function openStoreFile(path: string): DatabaseSync {
  // SQLite gives the log files the same mode.
  if (path !== IN_MEMORY && !existsSync(path)) {
    closeSync(openSync(path, "a", 0o600));
  }
  const database = openDespiteFullDisk(path);
  if (path !== IN_MEMORY) filesOf(path).forEach(makePrivate);
  return database;
}

/**
 * Processes that share a store need another file, for which a full disk has no
 * room. With exclusive access, a process can at least read.
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
 * @returns false if they are in use; nothing is deleted then
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

/** @throws Error if the file is neither a sandbox's nor empty */
function requireOwn(database: DatabaseSync): void {
  // One statement: another process may be creating the tables.
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
 * If several processes open a new file together, one switches it; for the others
 * SQLite reports that it is busy at once, whatever the timeout is.
 */
function writeAhead(database: DatabaseSync): void {
  const giveUpAt = performance.now() + BUSY_TIMEOUT_MS;
  for (;;) {
    try {
      // With NORMAL, a killed process loses nothing that was committed; a power
      // cut may lose the last commits, never the file.
      database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL");
      return;
    } catch (error) {
      if (!isBusy(error) || performance.now() > giveUpAt) throw error;
      pause(10);
    }
  }
}

/** Blocks the process, as SQLite does. */
function pause(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

function isFree(path: string): boolean {
  const database = new DatabaseSync(path);
  try {
    requireOwn(database);
    // Leaving the write-ahead log requires exclusive access.
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

/** SQLite reports the second if the shared-memory file cannot grow. */
export function isFull(error: unknown): boolean {
  return error instanceof Error && /disk is full|disk I\/O/.test(error.message);
}
