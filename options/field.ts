/**
 * Fields of a request as they are typed, in the syntax of `gh api`: `name=value`,
 * `a[b]=value`, `list[]=value`, `list[][a]=value`, and `list[]` for an empty list.
 */
import { type ArgumentValue, Type } from "@cliffy/command";
import { usageError } from "../errors.ts";
import { isRecord, parseStrictJson } from "../json.ts";
import type { Check } from "./checks.ts";
import { isPlaceholder } from "./endpoint.ts";
import { argumentText, placeOf, Source, ValueType } from "./value_type.ts";

export interface Field {
  /** As it was typed, such as `list[][a]`. */
  name: string;
  /** The names on the way to the value; `""` is an item of a list. */
  steps: readonly string[];
  value: unknown;
}

/** Text as it is, whatever it looks like. */
export const RAW_FIELD = new ValueType<Field>((typed, at) => {
  const { name, steps, text } = split(typed, at);
  return { name, steps, value: text ?? [] };
});

/** JSON or text, also as `@file` or `-`. */
class FieldType extends Type<Source<Field>> {
  parse(given: ArgumentValue): Source<Field> {
    const at = placeOf(given);
    const { name, steps, text } = split(argumentText(given.value), at);
    return new Source(text ?? "", `${at} ${name}`, (read, place) => ({
      name,
      steps,
      value: text === undefined ? [] : jsonOrText(read, place),
    }));
  }
}

export const FIELD = new FieldType();

/** `+4670` and `007` are no JSON, and so are text; half an object is a mistake. */
const jsonOrText: Check<unknown, string> = (typed, at) => {
  if (isPlaceholder(typed)) return typed;
  try {
    return parseStrictJson(typed);
  } catch (error) {
    if (!/^\s*[{["]/.test(typed)) return typed;
    throw usageError(
      `${at} is not valid JSON: ${
        error instanceof Error ? error.message : error
      }`,
      "Quote the JSON for the shell, or use --raw-field for text.",
    );
  }
};

/** @throws {Failure} usage: the name cannot be read */
function split(
  typed: string,
  at: string,
): { name: string; steps: string[]; text?: string } {
  const [, name = typed, , text] = /^([^=]*)(=(.*))?$/s.exec(typed) ?? [];
  const [, first, rest = ""] = /^([^[\]]+)((?:\[[^[\]]*\])*)$/.exec(name) ?? [];
  const steps = [
    first ?? "",
    ...[...rest.matchAll(/\[([^\]]*)\]/g)]
      .map(([, step]) => step!),
  ];
  const isEmptyList = text === undefined && steps.at(-1) === "";
  if (!first || text === undefined && !isEmptyList) {
    throw usageError(
      `${at} must be name=value, got ${JSON.stringify(typed)}`,
      `Examples: name=value, object[name]=value, list[]=value.`,
    );
  }
  return { name, steps: isEmptyList ? steps.slice(0, -1) : steps, text };
}

/**
 * The object that the fields make up, in their order.
 *
 * @throws {Failure} usage: two of them exclude each other
 */
export function objectOf(fields: readonly Field[]): Record<string, unknown> {
  const root = {};
  for (const field of fields) put(root, field, field.steps);
  return root;
}

type Parent = Record<string, unknown> | unknown[];

function put(parent: Parent, field: Field, steps: readonly string[]): void {
  const [step, ...rest] = steps as [string, ...string[]];
  if (Array.isArray(parent) !== (step === "")) {
    throw usageError(
      `${field.name} is used as a list and as something else`,
    );
  }
  if (rest.length === 0) return set(parent, step, field);
  const known = Array.isArray(parent) ? parent.at(-1) : own(parent, step);
  const goesOn = Array.isArray(parent)
    ? isRecord(known) && !has(known, rest)
    : known !== undefined;
  const child = goesOn ? known : rest[0] === "" ? [] : {};
  if (!isRecord(child) && !Array.isArray(child)) {
    throw usageError(`${field.name} is used as a value and as an object`);
  }
  if (!goesOn) set(parent, step, { ...field, value: child });
  put(child, field, rest);
}

function set(parent: Parent, step: string, { name, value }: Field): void {
  if (Array.isArray(parent)) {
    parent.push(value);
    return;
  }
  if (Object.hasOwn(parent, step)) {
    throw usageError(
      `${name} is given twice`,
      `For a list, write ${name}[] each time.`,
    );
  }
  // A field may be called `__proto__`.
  Object.defineProperty(parent, step, {
    value,
    enumerable: true,
    configurable: true,
    writable: true,
  });
}

function own(object: Record<string, unknown>, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

/** Whether the object has the field already: then the next item of a list begins. */
function has(
  object: Record<string, unknown>,
  [step, ...rest]: readonly string[],
): boolean {
  const value = own(object, step!);
  if (rest.length === 0) return value !== undefined;
  return isRecord(value) && has(value, rest);
}
