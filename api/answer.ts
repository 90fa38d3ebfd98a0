/**
 * Reads the API's answers, whatever is in them. A value of another type than the
 * documented one is shown as text rather than refused: the change that it
 * answers was made all the same. Only `rows` throws.
 *
 * Not a schema library: those refuse what does not fit, and cost 6 ms at the
 * start of every command.
 */
import { Failure } from "../errors.ts";
import { isRecord } from "../json.ts";

/** Makes a `T` of any JSON. */
export type Reader<T> = (value: unknown) => T;

/** What a reader returns. */
export type Read<R> = R extends Reader<infer T> ? T : never;

/** Text as it is, anything else as its JSON; `undefined` for `null`. */
export function text(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** The same where a text is always expected: `""` without one. */
export function word(value: unknown): string {
  return text(value) ?? "";
}

export function flag(value: unknown): boolean {
  return value === true;
}

/** The fields of an object; none for anything else. */
export function record(value: unknown): Record<string, unknown> {
  return isRecord(value) ? value : {};
}

/** A list; anything else is a list of one, `null` is empty. */
export function list<T>(item: Reader<T>): Reader<T[]> {
  return (value) => {
    if (value === undefined || value === null) return [];
    return (Array.isArray(value) ? value : [value]).map(item);
  };
}

/**
 * The rows of a list. What is no list is refused: nothing was changed, and "none"
 * would be a lie.
 *
 * @throws {Failure} "api"
 */
export function rows<T>(item: Reader<T>): Reader<T[]> {
  return (value) => {
    if (value === undefined || value === null) return [];
    if (Array.isArray(value)) return value.map(item);
    throw new Failure("api", "The server returned something other than a list");
  };
}

type Fields = Record<string, Reader<unknown>>;
type Words<F extends Fields> = {
  [Name in keyof F]: Read<F[Name]> extends string ? Name : never;
}[keyof F];
/** Only a `word` is always there where nothing was read, as in a test. */
type FieldsOf<F extends Fields> =
  & { [Name in Words<F>]: Read<F[Name]> }
  & { [Name in Exclude<keyof F, Words<F>>]?: Read<F[Name]> };

const SOURCE = Symbol("source");

/** An object with these fields, which remembers what it was read from. */
export function fields<F extends Fields>(readers: F): Reader<FieldsOf<F>> {
  const known = Object.entries(readers);
  return (value) => {
    const given = record(value);
    const read: Record<string, unknown> = {};
    for (const [name, reader] of known) read[name] = reader(given[name]);
    return Object.defineProperty(read, SOURCE, { value }) as FieldsOf<F>;
  };
}

/** The same, with the fields that are unknown here as they are. */
export function allFields<F extends Fields>(
  readers: F,
): Reader<FieldsOf<F> & Record<string, unknown>> {
  const known = fields(readers);
  return (value) => ({ ...record(value), ...known(value) });
}

/** The answer as it came, for `--json`. */
export function source(read: unknown): unknown {
  return typeof read === "object" && read !== null && SOURCE in read
    ? read[SOURCE]
    : read;
}

/** The same in a view, which may have put several answers or rows together. */
export function sourceIn(view: unknown): unknown {
  const value = source(view);
  if (value !== view || value === null || typeof value !== "object") {
    return value;
  }
  if (Array.isArray(value)) return value.map(sourceIn);
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, sourceIn(inner)]),
  );
}

/** A number as it came; its text where it is none. */
export function count(value: unknown): number | undefined {
  return value === null ? undefined : value as number | undefined;
}
