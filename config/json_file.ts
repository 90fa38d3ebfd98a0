/** The program's own files: one JSON object each, replaced in one step. */
import { Failure } from "../errors.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { suggest } from "../runtime/suggest.ts";

export type JsonObject = Record<string, unknown>;

const LOCK_WAIT_MS = 2000;

/**
 * A file's text without a byte order mark, or `undefined` where there is none.
 * @throws {Failure} config: it cannot be read
 */
export async function readText(
  runtime: Runtime,
  path: string,
): Promise<string | undefined> {
  try {
    return (await runtime.files.read(path))?.replace(/^\uFEFF/, "");
  } catch (error) {
    // A signal ended the wait.
    if (error instanceof Failure) throw error;
    throw fileFailure("read", path, error);
  }
}

/**
 * The object in a JSON file; `undefined` where there is no file.
 * @throws {Failure} config: it cannot be read, or is not a JSON object
 */
export async function readJson(
  runtime: Runtime,
  path: string,
): Promise<JsonObject | undefined> {
  const text = await readText(runtime, path);
  if (text === undefined) return undefined;
  try {
    const parsed: unknown = JSON.parse(text);
    if (isObject(parsed)) return parsed;
  } catch {
    // The parser's message quotes the file, which may contain a secret.
  }
  throw brokenFile(path, "it must be a JSON object");
}

/**
 * Changes the object in a file, under a lock and in one step: a reader sees the
 * old object or the new one. A file whose object becomes empty is removed.
 * @throws {Failure} config: it cannot be read or written
 */
export async function changeJson(
  runtime: Runtime,
  path: string,
  change: (content: JsonObject) => void,
): Promise<void> {
  try {
    await runtime.files.withLock(`${path}.lock`, LOCK_WAIT_MS, async () => {
      const content = await readJson(runtime, path) ?? {};
      change(content);
      if (Object.keys(content).length === 0) {
        return await runtime.files.remove(path);
      }
      const json = JSON.stringify(content, null, 2);
      await runtime.files.writePrivate(path, `${json}\n`);
    });
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw fileFailure("write", path, error);
  }
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function brokenFile(path: string, fault: string): Failure {
  return new Failure("config", `Invalid file ${path}: ${fault}`, {
    hint: `Correct the file, or delete it and run \`${suggest`auth login`}\`.`,
  });
}

function fileFailure(verb: string, path: string, cause: unknown): Failure {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new Failure("config", `Cannot ${verb} ${path}: ${why}`, { cause });
}
