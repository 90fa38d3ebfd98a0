/** Finds out which format a file has, and opens it as a table. */
import { type Failure, usageError } from "../../errors.ts";
import { Columns } from "./columns.ts";
import {
  type Delimiter,
  DELIMITERS,
  firstRow,
  type Record,
  RowReader,
} from "./csv.ts";
import { decode, type Decoded, kindOfFile } from "./decode.ts";
import { jsonLines } from "./json_lines.ts";
import type { Source } from "./source.ts";
import {
  type OpenTable,
  type Table,
  type TableFacts,
  type TableOptions,
  withHeader,
} from "./table.ts";

const HEAD_BYTES = 64 * 1024;

/** @throws {Failure} "usage" for a file that cannot be read as a table. */
export async function openTable(
  source: Source,
  options: TableOptions,
): Promise<Table> {
  const iterator = source.bytes()[Symbol.asyncIterator]();
  try {
    const first = await iterator.next();
    if (first.done) throw usageError("The file is empty");
    const bytes = again(first.value, iterator);
    const table = await tableOf(first.value, bytes, source, options);
    const close = async () => {
      await iterator.return?.();
    };
    return { ...table, close };
  } catch (error) {
    await iterator.return?.();
    throw error;
  }
}

async function tableOf(
  head: Uint8Array,
  bytes: AsyncIterable<Uint8Array>,
  source: Source,
  options: TableOptions,
): Promise<OpenTable> {
  const magic = head.slice(0, 4).toHex();
  if (magic === "504b0304") {
    const { openSheet } = await import("./sheet.ts");
    return await openSheet(source, bytes, options);
  }
  if (magic === "d0cf11e0") throw oldExcel();
  const kind = kindOfFile(head);
  if (kind) {
    throw usageError(
      `The file is ${kind}, not a list of recipients`,
      'Save the spreadsheet as "CSV UTF-8".',
    );
  }
  const decoded: Decoded = { encoding: "utf-8", isGuess: false };
  const start = await beginningOfText(
    decode(bytes, options.encoding, decoded),
  );
  if (start.head.trim() === "") throw usageError("The file is empty");
  if (/^\s*\{/.test(start.head)) {
    const facts: TableFacts = { format: "JSON Lines", decoded };
    return await jsonLines(start.text, facts);
  }
  if (/^\s*\[\s*[{[\]]/.test(start.head)) {
    throw usageError(
      "The file is one JSON array, not JSON Lines",
      "Write one object a line: `jq -c '.[]' file.json`.",
    );
  }
  return await separated(start, options, decoded);
}

async function separated(
  { head, text }: { head: string; text: AsyncIterable<string> },
  options: TableOptions,
  decoded: Decoded,
): Promise<OpenTable> {
  const [declaration, given] = /^sep=(.)(?:\r\n?|\n)/.exec(head) ?? [];
  const rest = head.slice(declaration?.length ?? 0);
  const delimiter = given ?? delimiterOf(rest, options);
  const reader = new RowReader(delimiter);
  const records = rows(reader, text, declaration?.length ?? 0);
  const facts: TableFacts = {
    format: "CSV",
    decoded,
    delimiter: delimiter as Delimiter,
  };
  return await withHeader(records, options, facts);
}

async function* rows(
  reader: RowReader,
  text: AsyncIterable<string>,
  skip: number,
): AsyncGenerator<Record> {
  let isFirst = true;
  for await (const piece of text) {
    yield* reader.read(isFirst ? piece.slice(skip) : piece);
    isFirst = false;
  }
  yield* reader.end();
}

/**
 * The one under which the header has a column of recipients.
 *
 * @throws {Failure} "usage" where there is none, with the header under each.
 */
function delimiterOf(
  head: string,
  { kind, recipientColumn, columns }: TableOptions,
): Delimiter {
  const headers = DELIMITERS.map((delimiter) => ({
    delimiter,
    cells: firstRow(head, delimiter)?.cells ?? [],
  }));
  // A single column has the same name under all of them.
  const widest = headers.toSorted((a, b) => b.cells.length - a.cells.length);
  if (columns) return widest[0]!.delimiter;
  const fits = widest.filter(({ cells }) =>
    new Columns(cells).hasRecipient(kind, recipientColumn)
  );
  if (fits[0]) return fits[0].delimiter;
  const readings = widest.filter(({ cells }) => cells.length > 1);
  if (readings.length < 2) return widest[0]!.delimiter;
  throw unreadable(readings);
}

const NAMES: { [D in Delimiter]: string } = {
  ",": "commas",
  ";": "semicolons",
  "\t": "tabs",
  "|": "bars",
};

function unreadable(
  readings: { delimiter: Delimiter; cells: string[] }[],
): Failure {
  const lines = readings.map(({ delimiter, cells }) =>
    `with ${NAMES[delimiter]}: ${
      cells.slice(0, 5).map((cell) => `"${cell.trim()}"`).join(" ")
    }`
  );
  return usageError(
    `The file has no column with the recipients. Its first row\n${
      lines.join("\n")
    }`,
    'Name the column "phone", or choose one with --recipient-column.',
  );
}

function oldExcel(): Failure {
  return usageError(
    "The file is an .xls of Excel 97 to 2003, which cannot be read",
    'Save it as "CSV UTF-8" or as .xlsx.',
  );
}

/** Enough text for a header, and all of it from the start. */
async function beginningOfText(text: AsyncIterable<string>) {
  const iterator = text[Symbol.asyncIterator]();
  let head = "";
  while (head.length < HEAD_BYTES) {
    const { value, done } = await iterator.next();
    if (done) break;
    head += value;
  }
  return { head, text: again(head, iterator) };
}

async function* again<T>(
  head: T,
  iterator: AsyncIterator<T>,
): AsyncGenerator<T> {
  try {
    yield head;
    for (;;) {
      const { value, done } = await iterator.next();
      if (done) return;
      yield value;
    }
  } finally {
    await iterator.return?.();
  }
}
