/**
 * Declarative checks of request bodies: small functions that combine into the
 * shape of a body and report the path of every invalid field.
 *
 * As in the API's JSON mapping, `null` counts as absent, and so does `""` if a
 * field is required. Fields that a shape does not name are accepted, with a note.
 */
import { isNumber, isRecord } from "../../json.ts";
import { type FieldViolation, invalidArgument } from "./errors.ts";
import { timestampMs } from "./time.ts";

export type JsonObject = Record<string, unknown>;

/** What is wrong, and what is accepted but worth a note. */
export type Found = FieldViolation[] & { notes?: string[] };

/** Adds what is wrong with `value`, found at the path `field`, to `found`. */
type Test = (value: unknown, field: string, found: Found) => void;

/** A check of a value that may be absent; one that passes it is a `T`. */
export interface Check<out T = unknown> extends Test {
  /** Only a type: no check has it. */
  readonly passed?: T;
}

/** A check that also requires the value. */
export interface RequiredCheck<out T = unknown> extends Check<T> {
  readonly isRequired: true;
}

/** What passes a check. */
export type Checked<C extends Check> = C extends Check<infer T> ? T : never;

type Fields = Record<string, Check>;

type RequiredName<F extends Fields> = {
  [N in keyof F]: F[N] extends RequiredCheck ? N : never;
}[keyof F];

type Shape<F extends Fields> =
  & { [N in RequiredName<F>]: Checked<F[N]> }
  & { [N in Exclude<keyof F, RequiredName<F>>]?: Checked<F[N]> | null };

/** The checked body, or a refusal that names every invalid field. */
export function checked<T>(body: unknown, check: Check<T>): T {
  const found: Found = [];
  check(body, "", found);
  const update = UPDATES.get(body as JsonObject);
  for (const note of found.notes ?? []) {
    if (!update || isAbout(update, note)) addNote(body as JsonObject, note);
  }
  if (found.length > 0) throw invalidArgument(found);
  return body as T;
}

export const isObject: (value: unknown) => value is JsonObject = isRecord;

const NOTES = new WeakMap<JsonObject, string[]>();

/** Notes what the API accepts of a body, but its sender may not have meant. */
export function addNote(body: JsonObject, note: string): void {
  const origin = UPDATES.get(body);
  if (origin) return addNote(origin, note);
  const notes = NOTES.get(body);
  if (notes) notes.push(note);
  else NOTES.set(body, [note]);
}

/** The bodies of updates, by what they were applied to. */
const UPDATES = new WeakMap<JsonObject, JsonObject>();

/** Makes the notes about unknown fields of `updated` those of its `body`. */
export function noteAsUpdate(updated: JsonObject, body: JsonObject): void {
  UPDATES.set(updated, body);
}

/** Whether the note is about a field that this body has itself. */
function isAbout(body: JsonObject, note: string): boolean {
  if (!note.startsWith(UNKNOWN_FIELD)) return false;
  let value: unknown = body;
  for (const step of note.slice(UNKNOWN_FIELD.length).split(/[.[\]]+/)) {
    if (step === "") continue;
    if (typeof value !== "object" || value === null) return false;
    if (!Object.hasOwn(value, step)) return false;
    value = (value as JsonObject)[step];
  }
  return true;
}

/** The notes of a body that was checked. */
export function notesOf(body: JsonObject): readonly string[] {
  return NOTES.get(body) ?? [];
}

function isMissing(value: unknown): boolean {
  return value === undefined || value === null;
}

/** A check of one value; `fault` returns what the value must be, if it is wrong. */
function leaf<T>(fault: (value: unknown) => string | undefined): Check<T> {
  return (value, field, found) => {
    if (isMissing(value)) return;
    const description = fault(value);
    if (description) found.push({ field, description });
  };
}

export function required<T>(check: Check<T>): RequiredCheck<T> {
  return mandatory((value, field, found) => {
    if (isMissing(value) || value === "") {
      found.push({ field, description: "must be set" });
    } else check(value, field, found);
  });
}

/** Like {@linkcode required}, but accepts the empty string. */
export function given<T>(check: Check<T>): RequiredCheck<T> {
  return mandatory((value, field, found) => {
    if (isMissing(value)) found.push({ field, description: "must be set" });
    else check(value, field, found);
  });
}

function mandatory<T>(test: Test): RequiredCheck<T> {
  return Object.assign(test, { isRequired: true as const });
}

/** A check that accepts all: another check or the handler looks at the value. */
export const anything: Check = () => {};

/** A string of at most `max` characters. */
export function text(max = Infinity): Check<string> {
  return leaf((value) => {
    if (typeof value !== "string") return "must be a string";
    // SQLite truncates a text there.
    if (value.includes("\0")) return "must not contain a NUL character";
    if (!value.isWellFormed()) return "must be valid Unicode";
    return value.length > max
      ? `must have at most ${max} characters`
      : undefined;
  });
}

/** A string that matches a pattern; `form` describes it in words. */
export function textLike(pattern: RegExp, form: string): Check<string> {
  return leaf((value) =>
    typeof value === "string" && pattern.test(value)
      ? undefined
      : `must be ${form}`
  );
}

/** Any length: the tests of the official SDKs use IDs of 27 characters. */
export const resourceId: Check<string> = textLike(
  /^[0-9A-Za-z]+$/,
  "an ID of letters and digits (a ULID)",
);

export const httpUrl: Check<string> = leaf((value) =>
  typeof value === "string" && /^https?:\/\/[^\s/]/i.test(value) &&
    URL.canParse(value)
    ? undefined
    : "must be an http or https URL"
);

export const flag: Check<boolean> = leaf((value) =>
  typeof value === "boolean" ? undefined : "must be true or false"
);

export const number: Check<number> = leaf((value) =>
  isNumber(value) && Number.isFinite(Number(value))
    ? undefined
    : "must be a number"
);

/** A whole number from `min` to `max`, both included. */
export function integer(min: number, max: number): Check<number> {
  return leaf((value) =>
    Number.isInteger(value) && Number(value) >= min && Number(value) <= max
      ? undefined
      : `must be a whole number from ${min} to ${max}`
  );
}

export const timestamp: Check<string> = leaf((value) =>
  typeof value === "string" && timestampMs(value) !== undefined
    ? undefined
    : "must be an RFC 3339 timestamp, such as 2026-01-15T09:30:00Z"
);

const TRUE = /^(1|t|T|true|True|TRUE)$/;
const FALSE = /^(0|f|F|false|False|FALSE)$/;

/** A flag in a query, as Go reads one: the official Python SDKs send `True`. */
export const flagText: Check<string> = leaf((value) =>
  typeof value === "string" && (TRUE.test(value) || FALSE.test(value))
    ? undefined
    : "must be true or false"
);

/** The value of a checked {@linkcode flagText}. */
export function isTrue(text: string | null | undefined): boolean {
  return TRUE.test(text ?? "");
}

export function oneOf<const T extends string>(values: readonly T[]): Check<T> {
  return leaf((value) =>
    values.includes(value as T)
      ? undefined
      : `must be one of ${values.join(", ")}`
  );
}

/** Any JSON object, of at most `max` characters when serialized. */
export function anyObject(max = Infinity): Check<JsonObject> {
  return leaf((value) => {
    if (!isObject(value)) return "must be a JSON object";
    return max < Infinity && JSON.stringify(value).length > max
      ? `must have at most ${max} characters when serialized`
      : undefined;
  });
}

export function list<T>(
  item: Check<T>,
  min = 0,
  max = Infinity,
): Check<T[]> {
  return (value, field, found) => {
    if (isMissing(value)) return;
    if (!Array.isArray(value)) {
      found.push({ field, description: "must be a list" });
    } else if (value.length < min || value.length > max) {
      found.push({ field, description: count(min, max) });
    } else {
      value.forEach((one, at) => required(item)(one, `${field}[${at}]`, found));
    }
  };
}

function count(min: number, max: number): string {
  if (max === Infinity) return `must have at least ${items(min)}`;
  return min === 0
    ? `must have at most ${items(max)}`
    : `must have from ${min} to ${items(max)}`;
}

function items(count: number): string {
  return count === 1 ? "1 item" : `${count} items`;
}

/** An object with any keys; `key` checks the keys, `item` the values. */
export function mapOf<T>(
  item: Check<T>,
  key?: Check,
): Check<Record<string, T>> {
  return (value, field, found) => {
    if (isMissing(value)) return;
    if (!isObject(value)) {
      found.push({ field, description: "must be a JSON object" });
      return;
    }
    for (const [name, one] of Object.entries(value)) {
      const path = `${field}.${name}`;
      key?.(name, path, found);
      required(item)(one, path, found);
    }
  };
}

/** A map from string to string, `""` allowed. */
export function textMap(max = Infinity): Check<Record<string, string>> {
  const item = text(max);
  return (value, field, found) => {
    if (isMissing(value)) return;
    if (!isObject(value)) {
      found.push({ field, description: "must be a JSON object" });
      return;
    }
    for (const [name, one] of Object.entries(value)) {
      given(item)(one, `${field}.${name}`, found);
    }
  };
}

/** An object with these fields; `rules` check the object as a whole. */
export function object<F extends Fields>(
  fields: F,
  ...rules: Check[]
): Check<Shape<F>> {
  const entries = Object.entries(fields);
  return (value, field, found) => {
    if (isMissing(value)) return;
    if (!isObject(value)) {
      found.push({ field, description: "must be a JSON object" });
      return;
    }
    for (const [name, check] of entries) {
      check(value[name], pathOf(field, name), found);
    }
    for (const name in value) {
      if (Object.hasOwn(fields, name)) continue;
      (found.notes ??= []).push(unknownField(pathOf(field, name)));
    }
    for (const rule of rules) rule(value, field, found);
  };
}

function pathOf(field: string, name: string): string {
  return field === "" ? name : `${field}.${name}`;
}

/** The note about a field that the API does not have. */
export function unknownField(path: string): string {
  return UNKNOWN_FIELD + path;
}

const UNKNOWN_FIELD = "unknown field ";

/** The names among `names` that an object has a value for. */
export function present(value: unknown, names: readonly string[]): string[] {
  return names.filter((name) => !isMissing((value as JsonObject)[name]));
}

/** A rule for {@linkcode object}: exactly one of these fields. */
export function exactlyOne(names: readonly string[]): Check {
  return (value, field, found) => {
    const set = present(value, names);
    if (set.length === 1) return;
    found.push({
      // A body has no path; it is named by the fields.
      field: field || names.join(", "),
      description: `must have exactly one of ${names.join(", ")}; it has ${
        set.length === 0 ? "none" : set.join(" and ")
      }`,
    });
  };
}

/** A rule for {@linkcode object}: at least one of these fields. */
export function atLeastOne(names: readonly string[]): Check {
  return (value, field, found) => {
    if (present(value, names).length > 0) return;
    found.push({
      field,
      description: `must have at least one of ${names.join(", ")}`,
    });
  };
}
