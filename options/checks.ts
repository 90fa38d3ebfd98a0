/**
 * Checks of single values, put together to checks of whole structures: each
 * takes a value and its place (`--card #2: title`), and returns the value with its
 * type, or refuses it with a usage error that names the place and quotes the value.
 */
import { type Failure, usageError } from "../errors.ts";
import { isNumber, isRecord, parseStrictJson } from "../json.ts";
import { fileForShell, jsonWithoutQuotes } from "./lost_quotes.ts";

/**
 * @param at The place of the value: a flag, or a flag and the path inside it.
 * @throws {Failure} "usage" when the value will not do.
 */
export type Check<T, From = unknown> = (value: From, at: string) => T;

/** `--lat must be a number, got "north"`. */
export function refusal(
  at: string,
  must: string,
  value: unknown,
  hint?: string,
): Failure {
  return usageError(`${at} ${must}, got ${quoted(value)}`, hint);
}

/** Any text but a blank one. */
export function text(maxLength = Infinity): Check<string> {
  return (value, at) => {
    if (typeof value !== "string") throw refusal(at, "must be text", value);
    if (value.trim() === "") throw usageError(`${at} must not be empty`);
    if (value.length > maxLength) {
      throw usageError(
        `${at} must have at most ${maxLength} characters, got ${value.length}`,
      );
    }
    return value;
  };
}

export const httpUrl: Check<string> = (value, at) => {
  const url = typeof value === "string" ? URL.parse(value) : null;
  // `http:host` and a line break inside parse too, but only here.
  if (!url || !/^https?:\/\/[^/\s]\S*$/i.test(value as string)) {
    throw refusal(at, "must be an absolute http(s) URL", value, hintFor(value));
  }
  return value as string;
};

/** A path or a host, which people give for a URL. */
function hintFor(value: unknown): string | undefined {
  if (typeof value !== "string" || value.includes("://")) return undefined;
  return /^(?:[.~]?[/\\]|\.\.|[a-z]:)|\.(?:jpe?g|png|gif|webp|mp[34]|pdf|ogg|vcf)$/i
      .test(value) && !/^[\w-]+(?:\.[\w-]+)+\//.test(value)
    ? "A local file cannot be sent: upload it to a public web server and give its URL."
    : "Write it with http:// or https://, such as https://example.com/path.";
}

export function number(min: number, max: number): Check<number> {
  return (value, at) => {
    if (!isNumber(value) || !(Number(value) >= min && Number(value) <= max)) {
      throw refusal(at, `must be a number from ${min} to ${max}`, value);
    }
    return value as number;
  };
}

/** One of a closed set of words, exactly as the API spells them. */
export function word<W extends string>(...words: W[]): Check<W> {
  return (value, at) => {
    const found = words.find((known) => known === value);
    if (!found) throw refusal(at, `must be ${anyOf(words)}`, value);
    return found;
  };
}

/** BCP 47, or WhatsApp's form of it with an underscore. */
export const languageCode: Check<string, string> = (value, at) => {
  if (!/^[a-z]{2,3}([-_][a-z\d]{2,8})*$/i.test(value)) {
    throw refusal(at, "must be a language code such as en-US", value);
  }
  return value;
};

export function list<T>(
  item: Check<T>,
  { min = 0, max = Infinity }: { min?: number; max?: number } = {},
): Check<T[]> {
  return (value, at) => {
    if (!Array.isArray(value)) throw refusal(at, "must be a list", value);
    countBetween(value.length, min, max, at);
    return value.map((each, index) => item(each, `${at}[${index}]`));
  };
}

/** Refuses fewer than `min` or more than `max` values. */
export function countBetween(
  count: number,
  min: number,
  max: number,
  at: string,
): void {
  if (count < min) {
    throw usageError(`${at} requires at least ${min}, got ${count}`);
  }
  if (count > max) {
    throw usageError(`${at} allows at most ${max}, got ${count}`);
  }
}

export const jsonObject: Check<Record<string, unknown>> = (value, at) => {
  if (!isRecord(value)) throw refusal(at, "must be a JSON object", value);
  return value;
};

type Checks<T> = { [Field in keyof T]-?: Check<Exclude<T[Field], undefined>> };

/**
 * An object with these fields and no others: the API would ignore a misspelt
 * field, and send the message without it.
 */
export function object<T>(
  fields: Checks<T>,
  ...required: (keyof T & string)[]
): Check<T> {
  return (value, at) => {
    const given = jsonObject(value, at);
    for (const field of required) {
      if (given[field] === undefined) {
        throw usageError(`${inside(at, field)} is missing`);
      }
    }
    for (const field of Object.keys(given)) {
      // A field may be called `constructor`, which every object has.
      if (!Object.hasOwn(fields, field)) {
        throw usageError(
          `${at} has an unknown field "${field}"`,
          `Known fields: ${Object.keys(fields).join(", ")}`,
        );
      }
      fields[field as keyof T](given[field] as never, inside(at, field));
    }
    return value as T;
  };
}

/** An object with exactly one of these fields, and any of `others`. */
export function exactlyOne<T>(
  kinds: Record<string, Check<unknown>>,
  others: Record<string, Check<unknown>> = {},
): Check<T> {
  const fields = object<Record<string, unknown>>({ ...kinds, ...others });
  return (value, at) => {
    const given = Object.keys(jsonObject(value, at));
    fields(value, at);
    const found = given.filter((field) => Object.hasOwn(kinds, field));
    if (found.length !== 1) {
      throw usageError(
        `${at} must have exactly one of ${Object.keys(kinds).join(", ")}, got ${
          found.join(" and ") || "none"
        }`,
      );
    }
    return value as T;
  };
}

/** A text that holds JSON, checked further by `check`. */
export function json<T>(check: Check<T>): Check<T, string> {
  return (value, at) => {
    try {
      return check(parseStrictJson(value), at);
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      throw jsonWithoutQuotes(value, at) ??
        usageError(`${at} is not valid JSON: ${error.message}`);
    }
  };
}

/** JSON that holds secrets: the refusal does not repeat any of it. */
export const secretJson: Check<unknown, string> = (value, at) => {
  try {
    return parseStrictJson(value);
  } catch (error) {
    // "… at position 17"; the parser's other messages quote the text.
    const [place = ""] = /at position \d+/.exec(String(error)) ?? [];
    throw usageError(
      `${at} is not valid JSON ${place}`.trim(),
      `To keep the quotes from the shell, put the JSON into a file: ${at} ${
        fileForShell("file.json")
      }`,
    );
  }
};

/** The path of a field of the value at `at`. */
function inside(at: string, field: string): string {
  return at.includes(": ") ? `${at}.${field}` : `${at}: ${field}`;
}

/** `a, b or c` */
export function anyOf(words: readonly string[]): string {
  return enumerate(words, "or");
}

/** `a, b and c` */
export function allOf(words: readonly string[]): string {
  return enumerate(words, "and");
}

function enumerate(words: readonly string[], conjunction: string): string {
  return words.length < 2
    ? words.join("")
    : `${words.slice(0, -1).join(", ")} ${conjunction} ${words.at(-1)}`;
}

/** The value as JSON, cut where it gets long. */
function quoted(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
