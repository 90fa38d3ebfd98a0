/** Fills `${column}` in the texts of a message from the cells of a row. */
import { isRecord } from "../json.ts";
import { type Columns, unknownColumns } from "./recipients/columns.ts";

/** A message whose texts may hold `${column}`, prepared for the rows of one file. */
export interface Template<T> {
  /** The places of the columns that it names, in the order of the file. */
  used: readonly number[];
  /** The message for one row; what is not filled is shared by all of them. */
  fill(cells: readonly string[]): T;
}

type Fill = (cells: readonly string[]) => unknown;

/** `$${` is the text `${`. */
const PLACEHOLDER = /\$\$\{|\$\{([^{}]*)\}/g;

/**
 * Prepares a message: any value of JSON. Keys are not filled.
 *
 * @throws {Failure} "usage" for columns that the file does not have, or has twice.
 */
export function templateOf<T>(message: T, columns: Columns): Template<T> {
  const used = new Set<number>();
  const unknown = new Set<string>();
  const placeOf = (name: string) => {
    const place = columns.place(name);
    if (place === undefined) unknown.add(name);
    else used.add(place);
    return place ?? 0;
  };
  const fill = filler(message, placeOf);
  if (unknown.size > 0) {
    throw unknownColumns([...unknown], columns.names)
      .withHint("Write $${ for the text ${.");
  }
  return {
    used: [...used].sort((a, b) => a - b),
    fill: (cells) => (fill ? fill(cells) : message) as T,
  };
}

/** The message for a row. */
export function fillMessage<T>(
  template: Template<T>,
  row: { cells: readonly string[] },
): T {
  return template.fill(row.cells);
}

/** `undefined` where nothing is to be filled. */
function filler(
  value: unknown,
  placeOf: (name: string) => number,
): Fill | undefined {
  if (typeof value === "string") return textFiller(value, placeOf);
  if (Array.isArray(value)) {
    const fills = value.map((item) => filler(item, placeOf));
    if (!fills.some(Boolean)) return undefined;
    return (cells) => value.map((item, at) => fills[at]?.(cells) ?? item);
  }
  if (!isRecord(value)) return undefined;
  const fills = Object.entries(value).map(([name, item]) =>
    [name, item, filler(item, placeOf)] as const
  );
  if (!fills.some(([, , fill]) => fill)) return undefined;
  return (cells) =>
    Object.fromEntries(
      fills.map(([name, item, fill]) => [name, fill?.(cells) ?? item]),
    );
}

function textFiller(
  text: string,
  placeOf: (name: string) => number,
): Fill | undefined {
  const pieces: (string | number)[] = [];
  let end = 0;
  for (const { 0: found, 1: name, index } of text.matchAll(PLACEHOLDER)) {
    pieces.push(
      text.slice(end, index),
      name === undefined ? "${" : placeOf(name),
    );
    end = index + found.length;
  }
  if (pieces.length === 0) return undefined;
  pieces.push(text.slice(end));
  return (cells) =>
    pieces.reduce<string>(
      (filled, piece) =>
        filled + (typeof piece === "string" ? piece : cells[piece] ?? ""),
      "",
    );
}
