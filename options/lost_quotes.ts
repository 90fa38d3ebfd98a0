/** JSON whose quotes the shell removed before it came here. */
import { type Failure, usageError } from "../errors.ts";
import { isPowerShell, quoteForShell } from "../runtime/shell.ts";

/**
 * The refusal of a text such as `{name:Alice}` or `{'name':'Alice'}`, with what to
 * type in the shell in use; `undefined` for other texts.
 */
export function jsonWithoutQuotes(
  text: string,
  at: string,
): Failure | undefined {
  const json = withQuotes(text.slice(0, MAX_LENGTH));
  if (json === undefined) return undefined;
  const shown = text.length > 80 ? `${text.slice(0, 79)}…` : text;
  return usageError(
    `${at} is not valid JSON, got ${shown}: ${
      text.includes("'")
        ? "JSON needs double quotes"
        : "the shell removed the double quotes"
    }`,
    `Write ${
      withValue(at, quoteForShell(json))
    }\nOr put the JSON into a file: ${
      withValue(at, fileForShell("file.json"))
    }`,
  );
}

/** `@file` for the shell in use: PowerShell has another use for an `@`. */
export function fileForShell(path: string): string {
  return isPowerShell() ? `'@${path}'` : `@${path}`;
}

/** Longer texts are hard to read in an error, and come from files. */
const MAX_LENGTH = 1000;

function withValue(at: string, value: string): string {
  const [flag] = /^--[\w-]+/.exec(at) ?? [];
  return flag ? `${flag} ${value}` : value;
}

/** The JSON that a text was before its quotes were lost, or an example of one. */
function withQuotes(text: string): string | undefined {
  if (!/^\s*[{[]/.test(text) || text.includes('"')) return undefined;
  const json = text.includes("'")
    ? text.replaceAll("'", '"')
    : text.replace(/[^\s{}[\],:](?:[^{}[\],:]|:\/\/)*/g, (word) =>
      /^(?:true|false|null|-?\d+(?:\.\d+)?)\s*$/.test(word)
        ? word
        : JSON.stringify(word.trimEnd()));
  try {
    JSON.parse(json);
    return json;
  } catch {
    return /^\s*\{\s*['\w]/.test(text) ? '{"key":"value"}' : undefined;
  }
}
