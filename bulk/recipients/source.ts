/** Where the bytes of recipients come from: a file, or standard input. */
import { Failure, usageError } from "../../errors.ts";
import type { OpenFile, Runtime } from "../../runtime/runtime.ts";

export interface Source {
  /** A path, or `-`. */
  name: string;
  /** The bytes from the start on. Standard input can be read only once. */
  bytes(): AsyncIterable<Uint8Array>;
}

const CHUNK_BYTES = 64 * 1024;

/**
 * @param path `-` for standard input.
 * @throws {Failure} "usage" where there is no such file, also as it is read;
 *   "config" where it cannot be read.
 */
export function sourceOf(
  { files, stdin }: Pick<Runtime, "files" | "stdin">,
  path: string,
): Source {
  return {
    name: path,
    async *bytes() {
      if (path === "-") return yield* chunksOf(stdin);
      using file = await opened(files, path);
      try {
        yield* chunksOf(file);
      } catch (cause) {
        throw cannotRead(path, cause);
      }
    },
  };
}

async function opened(
  files: Runtime["files"],
  path: string,
): Promise<OpenFile> {
  const file = await files.open(path).catch((cause) => {
    throw cannotRead(path, cause);
  });
  if (file) return file;
  throw usageError(
    `--recipients: file "${path}" does not exist`,
    "Give the path of a CSV, JSON Lines or .xlsx file, or - for standard input.",
  );
}

function cannotRead(path: string, cause: unknown): unknown {
  if (cause instanceof Failure) return cause;
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new Failure("config", `Cannot read ${path}: ${reason}`, { cause });
}

async function* chunksOf(
  input: Pick<OpenFile, "read">,
): AsyncGenerator<Uint8Array> {
  for (;;) {
    const chunk = new Uint8Array(CHUNK_BYTES);
    const count = await input.read(chunk);
    if (count === null) return;
    yield chunk.subarray(0, count);
  }
}
