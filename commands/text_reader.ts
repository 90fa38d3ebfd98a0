/**
 * Texts from elsewhere: `@file` is the content of the file, `-` is standard input,
 * `@@text` is `@text`.
 */
import { Failure, usageError } from "../errors.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { BadText } from "../runtime/text.ts";

/** @param at The flag whose value it is, for refusals. */
export type TextReader = (value: string, at: string) => Promise<string>;

/**
 * A reader for the values of one command line. Standard input can be read once.
 * The last line end of a file is not part of the text, as in `$(cat file)`.
 *
 * @throws {Failure} "usage" for a file that cannot be read.
 */
export function textReader(runtime: Runtime): TextReader {
  let stdinTakenBy: string | undefined;
  return async (value, at) => {
    if (value.startsWith("@@")) return value.slice(1);
    if (value.startsWith("@")) {
      return trimmed(await fileText(runtime, value.slice(1), at));
    }
    if (value !== "-") return value;
    if (stdinTakenBy !== undefined) {
      throw usageError(
        `${at} and ${stdinTakenBy} cannot both read standard input`,
        "Use @file for one of them.",
      );
    }
    stdinTakenBy = at;
    return trimmed(await stdinText(runtime, at));
  };
}

/**
 * All of standard input.
 * @throws {Failure} usage: it is not UTF-8, or too long
 */
export async function stdinText(
  { stdin }: Runtime,
  at: string,
): Promise<string> {
  try {
    return await stdin.readText();
  } catch (error) {
    if (!(error instanceof BadText)) throw error;
    throw usageError(`${at} cannot read standard input: ${error.message}`);
  }
}

async function fileText(
  runtime: Runtime,
  path: string,
  at: string,
): Promise<string> {
  const literal = `For a text that starts with @, write @@${path}`;
  let text: string | undefined;
  try {
    text = await runtime.files.read(path);
  } catch (error) {
    if (error instanceof Failure) throw error;
    const reason = error instanceof Error ? error.message : error;
    throw usageError(
      `${at} cannot read the file "${path}": ${reason}`,
      literal,
    );
  }
  if (text === undefined) {
    throw usageError(
      `${at} names a file that does not exist: "${path}"`,
      literal,
    );
  }
  return text;
}

function trimmed(text: string): string {
  return text.replace(/^\uFEFF/, "").replace(/\r?\n$/, "");
}
