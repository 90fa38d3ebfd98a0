/**
 * Kinds of option values, on top of Cliffy's `Type`. One object knows what a
 * value may be: its check and error, its TypeScript type, the words that help
 * lists, and what completion offers.
 */
import { type ArgumentValue, Type } from "@cliffy/command";
import { anyOf, type Check, refusal } from "./checks.ts";
import { nearest } from "./nearest.ts";

/** A word that completion offers, and what it means. */
export interface Candidate {
  value: string;
  text: string;
}

/** What only the account, or this machine, knows. */
export type LiveKind =
  | "apps"
  | "contacts"
  | "conversations"
  | "messages"
  | "profiles"
  | "templates"
  | "webhooks";

/** What completion offers for a value. */
export type Candidates = "files" | readonly Candidate[] | { live: LiveKind };

/** A value that is checked as it is read from the command line. */
export class ValueType<T> extends Type<T> {
  /**
   * @param words Those that help lists, of a closed set.
   * @param like Where the option can do without a value: which next word is one.
   */
  constructor(
    readonly check: Check<T, string>,
    readonly candidates: Candidates = [],
    readonly words: readonly string[] = [],
    readonly like = /^/,
  ) {
    super();
  }

  /** @throws {Failure} "usage" naming the option or argument. */
  parse(given: ArgumentValue): T {
    return this.check(argumentText(given.value), placeOf(given));
  }
}

export interface WordOptions<W> {
  /** The words that help and errors list, if not all. */
  shown?: readonly W[];
  /** Another spelling that is accepted, such as `HIGH` for `HIGH_PRIORITY`. */
  short?(word: W): string;
  /** What a word means, for completion. */
  meaning?(word: W): string;
  /** What to do about a word that is like none of them. */
  hint?(text: string): string;
}

/** One of a closed set of words, in any case and with either dash. */
export class Word<const W extends string> extends ValueType<W> {
  declare readonly words: readonly W[];

  constructor(
    all: readonly W[],
    { shown = all, short = (word) => word, meaning = () => "", hint }:
      WordOptions<
        W
      > = {},
  ) {
    const plain = (text: string) =>
      text.trim().toUpperCase().replaceAll("-", "_");
    super(
      (text, at) => {
        const typed = plain(text);
        const found = all.find((word) =>
          plain(word) === typed || plain(short(word)) === typed
        );
        if (found) return found;
        const similar = nearest(text, shown);
        throw refusal(
          at,
          `must be ${anyOf(shown)}`,
          text,
          similar ? `Did you mean ${similar}?` : hint?.(text),
        );
      },
      all.map((value) => ({ value, text: meaning(value) })),
      shown,
      new RegExp(`^(?:${all.join("|")})$`, "i"),
    );
  }
}

/**
 * Reads the text that `@file` or `-` names; returns any other as it is.
 *
 * @param at The option, for refusals.
 */
export type ReadText = (value: string, at: string) => Promise<string>;

/** A text that may be in a file. `action` reads those of options. */
export class Source<T> {
  constructor(
    /** As it was typed: `@file`. */
    readonly given: string,
    readonly at: string,
    readonly check: Check<T, string>,
  ) {}

  /** @throws {Failure} "usage" naming the place of the text. */
  async read(readText: ReadText, at: string = this.at): Promise<T> {
    return this.check(await readText(this.given, at), at);
  }
}

/** A text, `@file`, or `-` for standard input; `@@text` is the text `@text`. */
export class SourceType<T> extends Type<Source<T>> {
  constructor(readonly check: Check<T, string>) {
    super();
  }

  parse(given: ArgumentValue): Source<T> {
    return new Source(
      argumentText(given.value),
      placeOf(given),
      this.check,
    );
  }
}

/**
 * Marks an argument for Cliffy, so that none is taken for an option, a command
 * or nothing. No argument of a process has a NUL in it.
 */
const MARK = "\0";

export function markedArgument(text: string): string {
  return MARK + text;
}

/** An argument as it was typed; the value of an option comes as it is. */
export function argumentText(value: string): string {
  return value.startsWith(MARK) ? value.slice(MARK.length) : value;
}

/** `--name` for an option (Cliffy 1.0 gives its name alone), `name` for an argument. */
export function placeOf({ label, name }: ArgumentValue): string {
  return label === "Argument" ? name : `--${name.replace(/^-+/, "")}`;
}

/** What a command gets for the value of an option: texts are read. */
export type Read<V> = V extends Source<infer T> ? T
  : V extends readonly Source<infer T>[] ? T[]
  : V;
export type ReadAll<Values> = { [Name in keyof Values]: Read<Values[Name]> };

/**
 * The values with every {@linkcode Source} read, in the order they were given.
 * Refusals name the second of several `--card #2`.
 */
export async function readSources<Values>(
  values: Values,
  readText: ReadText,
): Promise<ReadAll<Values>> {
  const read = (value: unknown, place = "") =>
    value instanceof Source
      ? value.read(readText, value.at + place)
      : Promise.resolve(value);
  const result: [string, unknown][] = [];
  for (const [name, value] of Object.entries(values ?? {})) {
    if (!Array.isArray(value)) result.push([name, await read(value)]);
    else {
      const list: unknown[] = [];
      for (const [at, item] of value.entries()) {
        list.push(await read(item, value.length > 1 ? ` #${at + 1}` : ""));
      }
      result.push([name, list]);
    }
  }
  return Object.fromEntries(result) as ReadAll<Values>;
}
