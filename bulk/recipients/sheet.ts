/**
 * Spreadsheets in .xlsx: what a person sees in the first visible sheet. Rows and
 * columns that are hidden or filtered out are skipped, since their people were
 * taken out of the list. Own code above a ZIP and an XML reader: the libraries
 * for .xlsx return hidden rows like any other, or hold all of the file in memory.
 *
 * @see ECMA-376, part 1, chapter 18 (SpreadsheetML)
 */
import { usageError } from "../../errors.ts";
import { SheetRows, type Styles } from "./sheet_rows.ts";
import type { Source } from "./source.ts";
import {
  type OpenTable,
  type SheetFacts,
  type TableOptions,
  withHeader,
} from "./table.ts";
import { readXmlParts, type XmlHandler } from "./zip_xml.ts";
import type { Record as RowRecord } from "./csv.ts";

/** Of standard input, which has to be read more than once. */
const MAX_PIPED_BYTES = 64 * 1024 * 1024;
/** Characters of all different texts of the file, which are held in memory. */
const MAX_TEXT = 32 * 1024 * 1024;

type Read = () => AsyncIterable<Uint8Array>;

/**
 * @param bytes Those of the source, from the start.
 * @throws {Failure} "usage" for a file that is no spreadsheet of this kind.
 */
export async function openSheet(
  source: Source,
  bytes: AsyncIterable<Uint8Array>,
  options: TableOptions,
): Promise<OpenTable> {
  const read: Read = source.name === "-"
    ? await collected(bytes)
    : () => source.bytes();
  const { name, part, others, hiddenSheets, styles } = await bookOf(read);
  const facts: SheetFacts = {
    name,
    others,
    hiddenSheets,
    hiddenRows: 0,
    hiddenColumns: 0,
  };
  const merged = await mergedCells(read, part);
  const rows = new SheetRows(styles, merged, facts);
  const table = await withHeader(
    records(read, part, rows),
    options,
    { format: "XLSX", sheet: facts },
  );
  // A sheet has no cells where nothing was typed.
  rows.width = table.columns.names.length;
  return table;
}

async function* records(
  read: Read,
  part: string,
  rows: SheetRows,
): AsyncGenerator<RowRecord> {
  const handlerOf = (name: string) => name === part ? rows : undefined;
  for await (const _ of readXmlParts(read(), handlerOf)) yield* rows.take();
}

interface Book {
  /** The name of the first visible sheet, and its file in the archive. */
  name: string;
  part: string;
  others: number;
  hiddenSheets: number;
  styles: Styles;
}

async function bookOf(read: Read): Promise<Book> {
  const names: string[] = [];
  const sheets: Record<string, string>[] = [];
  const targets = new Map<string, string>();
  const styles: Styles = {
    texts: [],
    formats: [],
    codes: new Map(),
    startsIn1904: false,
  };
  const handlers = new Map<string, XmlHandler>([
    ["xl/workbook.xml", {
      open(name, attributes) {
        if (name === "sheet") sheets.push(attributes);
        if (name === "workbookPr") {
          styles.startsIn1904 = isTrue(attributes.date1904);
        }
      },
    }],
    ["xl/_rels/workbook.xml.rels", {
      open(_name, { Id, Target }) {
        if (Id && Target) targets.set(Id, Target);
      },
    }],
    ["xl/sharedStrings.xml", textsInto(styles.texts)],
    ["xl/styles.xml", stylesInto(styles)],
  ]);
  const handlerOf = (name: string) => {
    names.push(name);
    return handlers.get(name);
  };
  for await (const _ of readXmlParts(read(), handlerOf));
  const visible = sheets.filter(({ state }) => !/hidden/i.test(state ?? ""));
  const [first] = visible;
  if (!first) throw notASheet(names);
  const target = targets.get(first["r:id"] ?? "") ?? "worksheets/sheet1.xml";
  return {
    name: first.name ?? "",
    part: target.startsWith("/") ? target.slice(1) : `xl/${target}`,
    others: visible.length - 1,
    hiddenSheets: sheets.length - visible.length,
    styles,
  };
}

function notASheet(names: string[]) {
  const kind = names.includes("content.xml")
    ? "an OpenDocument file"
    : names.some((name) => name.startsWith("Index/"))
    ? "a file of Apple Numbers"
    : "a ZIP archive without a visible sheet";
  return usageError(
    `The file is ${kind}, which cannot be read`,
    'Save the spreadsheet as "CSV UTF-8" or as .xlsx.',
  );
}

/** Texts that cells refer to by number. */
function textsInto(texts: string[]): XmlHandler {
  let text = "";
  let isText = false;
  let isPhonetic = false;
  let length = 0;
  return {
    open(name) {
      if (name === "si") text = "";
      if (name === "rPh") isPhonetic = true;
      isText = name === "t" && !isPhonetic;
    },
    text(piece) {
      if (isText) text += piece;
    },
    close(name) {
      isText = false;
      if (name === "rPh") isPhonetic = false;
      if (name !== "si") return;
      texts.push(text);
      length += text.length;
      if (length > MAX_TEXT) throw tooLarge();
    },
  };
}

function stylesInto(styles: Styles): XmlHandler {
  let inCells = false;
  return {
    open(name, { numFmtId, formatCode }) {
      if (name === "numFmt") {
        styles.codes.set(Number(numFmtId), formatCode ?? "");
      }
      if (name === "cellXfs") inCells = true;
      if (name === "xf" && inCells) styles.formats.push(Number(numFmtId ?? 0));
    },
    close(name) {
      if (name === "cellXfs") inCells = false;
    },
  };
}

/** Ranges of cells that show one value, such as `A2:A5`; they come after the rows. */
async function mergedCells(read: Read, part: string): Promise<string[]> {
  const ranges: string[] = [];
  const handler: XmlHandler = {
    open(name, { ref }) {
      if (name === "mergeCell" && ref) ranges.push(ref);
    },
  };
  const handlerOf = (name: string) => name === part ? handler : undefined;
  for await (const _ of readXmlParts(read(), handlerOf));
  return ranges;
}

async function collected(bytes: AsyncIterable<Uint8Array>): Promise<Read> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of bytes) {
    length += chunk.length;
    if (length > MAX_PIPED_BYTES) throw tooLarge();
    chunks.push(chunk);
  }
  return async function* () {
    yield* chunks;
  };
}

function tooLarge() {
  return usageError(
    "The spreadsheet is too large to be read as .xlsx",
    'Save it as "CSV UTF-8".',
  );
}

function isTrue(value: string | undefined): boolean {
  return value === "1" || value === "true";
}
