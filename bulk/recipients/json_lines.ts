/** JSON Lines: an object a line, with the columns of the first one. */
import { usageError } from "../../errors.ts";
import { isNumber, isRecord, parseJson } from "../../json.ts";
import { Columns } from "./columns.ts";
import type { Record } from "./csv.ts";
import type { OpenTable, TableFacts } from "./table.ts";

/** Longer lines are not lists of people. */
const MAX_LINE = 1024 * 1024;

/** @throws {Failure} "usage" where the first line is no object. */
export async function jsonLines(
  text: AsyncIterable<string>,
  facts: TableFacts,
): Promise<OpenTable> {
  const lines = numbered(text);
  for (;;) {
    const { value, done } = await lines.next();
    if (done) throw usageError("The file is empty");
    if (value.line.trim() === "") continue;
    const object = objectIn(value.line);
    if (typeof object === "string") {
      throw usageError(`Line ${value.row} is not a JSON object: ${object}`);
    }
    const names = Object.keys(object);
    return {
      columns: new Columns(names),
      records: recordsOf(value, lines, names),
      facts,
    };
  }
}

interface Line {
  row: number;
  line: string;
}

async function* recordsOf(
  first: Line,
  lines: AsyncIterable<Line>,
  names: readonly string[],
): AsyncGenerator<Record> {
  yield recordOf(first, names);
  for await (const line of lines) yield recordOf(line, names);
}

function recordOf({ row, line }: Line, names: readonly string[]): Record {
  if (line.trim() === "") return { row, cells: [] };
  const object = objectIn(line);
  if (typeof object === "string") {
    return { row, cells: [line], fault: { kind: "json", detail: object } };
  }
  const stranger = Object.keys(object).find((name) => !names.includes(name));
  return {
    row,
    cells: names.map((name) =>
      Object.hasOwn(object, name) ? textOf(object[name]) : ""
    ),
    fault: stranger === undefined
      ? undefined
      : { kind: "unknown column", detail: `"${stranger}"` },
  };
}

/** The object of a line, or why it is none. */
function objectIn(line: string): globalThis.Record<string, unknown> | string {
  try {
    const value = parseJson(line);
    return isRecord(value) ? value : "it is another kind of value";
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "string") return value;
  return isNumber(value) ? String(value) : JSON.stringify(value);
}

async function* numbered(text: AsyncIterable<string>): AsyncGenerator<Line> {
  let row = 0;
  let rest = "";
  for await (const piece of text) {
    const lines = (rest + piece).split("\n");
    rest = lines.pop()!;
    for (const line of lines) yield { row: ++row, line };
    if (rest.length > MAX_LINE) {
      throw usageError(`Line ${row + 1} is longer than 1 MiB`);
    }
  }
  if (rest !== "") yield { row: ++row, line: rest };
}
