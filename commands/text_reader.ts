/**
 * Texts from elsewhere: `@file` is the content of the file, `-` is standard input,
 * `@@text` is `@text`.
 */
import { Failure, usageError } from "../errors.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { BadText } from "../runtime/text.ts";

/** @param at The flag whose value it is, for refusals. */
export type TextReader = (value: string, at: string) => Promise<string>;
export type BytesReader = (value: string, at: string) => Promise<Uint8Array>;

/**
 * Readers for the values of one command line. Standard input can be read once.
 * The last line end of a file is not part of the text, as in `$(cat file)`; of
 * its bytes it is.
 *
 * @throws {Failure} "usage" for a file that cannot be read.
 */
export function sourceReaders(
  runtime: Runtime,
): { text: TextReader; bytes: BytesReader } {
  let stdinTakenBy: string | undefined;
  const takeStdin = (at: string) => {
    if (stdinTakenBy !== undefined) {
      throw usageError(
        `${at} and ${stdinTakenBy} cannot both read standard input`,
        "Use @file for one of them.",
      );
    }
    stdinTakenBy = at;
  };
  return {
    async text(value, at) {
      if (value.startsWith("@@")) return value.slice(1);
      if (value.startsWith("@")) {
        const path = value.slice(1);
        return trimmed(
          await fromFile(path, at, () => runtime.files.read(path)),
        );
      }
      if (value !== "-") return value;
      takeStdin(at);
      return trimmed(await stdinText(runtime, at));
    },
    async bytes(value, at) {
      if (value.startsWith("@") && !value.startsWith("@@")) {
        const path = value.slice(1);
        return await fromFile(path, at, () => runtime.files.readBytes(path));
      }
      if (value !== "-") {
        return new TextEncoder().encode(value.replace(/^@@/, "@"));
      }
      takeStdin(at);
      return await fromStdin(at, () => runtime.stdin.readBytes());
    },
  };
}

/**
 * All of standard input.
 * @throws {Failure} usage: it is not UTF-8, or too long
 */
export function stdinText({ stdin }: Runtime, at: string): Promise<string> {
  return fromStdin(at, () => stdin.readText());
}

async function fromStdin<T>(at: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof BadText)) throw error;
    throw usageError(`${at} cannot read standard input: ${error.message}`);
  }
}

async function fromFile<T>(
  path: string,
  at: string,
  read: () => Promise<T | undefined>,
): Promise<T> {
  const literal = `For a text that starts with @, write @@${path}`;
  let content: T | undefined;
  try {
    content = await read();
  } catch (error) {
    if (error instanceof Failure) throw error;
    const reason = error instanceof Error ? error.message : error;
    throw usageError(
      `${at} cannot read the file "${path}": ${reason}`,
      literal,
    );
  }
  if (content === undefined) {
    throw usageError(
      `${at} names a file that does not exist: "${path}"`,
      literal,
    );
  }
  return content;
}

function trimmed(text: string): string {
  return text.replace(/^\uFEFF/, "").replace(/\r?\n$/, "");
}
