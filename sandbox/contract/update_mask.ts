/**
 * Updates by mask, the same for every resource. Without a mask, every field in
 * the body is set; with one, exactly the listed fields are, and a listed field
 * that the body lacks becomes empty.
 *
 * @see https://developers.sinch.com/docs/conversation/api-reference/conversation/
 */
import {
  addNote,
  isObject,
  type JsonObject,
  noteAsUpdate,
  unknownField,
} from "./checks.ts";
import { invalidField } from "./errors.ts";
import { parseJson } from "./json.ts";

/**
 * A copy of `current` with the update applied; lists and nested objects are
 * replaced whole, unless the mask names a field inside one (`a.b`).
 *
 * @param mask comma-joined field paths, or `undefined`
 * @param fields the fields that an update may set
 */
export function applyUpdate(
  current: JsonObject,
  body: JsonObject,
  mask: string | undefined,
  fields: readonly string[],
): JsonObject {
  const paths = mask
    ? mask.split(",").map((path) => path.trim())
    : fields.filter((field) => field in body);
  for (const name of Object.keys(body)) {
    if (!fields.includes(name)) addNote(body, unknownField(name));
  }
  // As `structuredClone` does, but numbers keep their text.
  const updated: JsonObject = parseJson(JSON.stringify(current));
  for (const path of paths) {
    const steps = path.split(".");
    // Names that every object inherits are not fields.
    if (!fields.includes(steps[0]!) || steps.some((one) => one in {})) {
      throw invalidField(
        "update_mask",
        `has the unknown path "${path}"; use ${fields.join(", ")}`,
      );
    }
    copy(steps, body, updated);
  }
  noteAsUpdate(updated, body);
  return updated;
}

function copy(steps: string[], from: JsonObject, to: JsonObject): void {
  const [step, ...deeper] = steps as [string, ...string[]];
  if (deeper.length === 0) {
    if (step in from) to[step] = from[step];
    else delete to[step];
    return;
  }
  if (!isObject(to[step])) to[step] = {};
  copy(
    deeper,
    isObject(from[step]) ? from[step] : {},
    to[step] as JsonObject,
  );
}

/** A JSON merge patch of two objects (RFC 7386). */
export function mergePatch(target: unknown, patch: JsonObject): JsonObject {
  const merged = new Map(Object.entries(isObject(target) ? target : {}));
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) merged.delete(name);
    else if (isObject(value)) {
      merged.set(name, mergePatch(merged.get(name), value));
    } else merged.set(name, value);
  }
  return Object.fromEntries(merged);
}
