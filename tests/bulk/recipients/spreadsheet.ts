/** Makes .xlsx files, as spreadsheet programs write them. */
import { strToU8, zipSync } from "fflate";

export interface Sheet {
  name: string;
  isHidden?: boolean;
  /** Of cells: a text, a number, or XML of a cell's inside with its attributes. */
  rows: (Cell[] | { isHidden: true; cells: Cell[] })[];
  hiddenColumns?: number[];
  merged?: string[];
}

type Cell = string | number | null | { xml: string; attributes: string };

/** A date is a number with this style. */
export const DATE = (serial: number): Cell => ({
  xml: `<v>${serial}</v>`,
  attributes: 's="1"',
});

/** A number shown with leading zeros: format 00000. */
export const ZEROS = (value: number): Cell => ({
  xml: `<v>${value}</v>`,
  attributes: 's="2"',
});

export function xlsx(
  sheets: Sheet[],
  { files = {} }: { files?: Record<string, string> } = {},
): Uint8Array {
  const texts: string[] = [];
  const parts = sheets.map((sheet) => sheetXml(sheet, texts));
  const xml: Record<string, string> = {
    "[Content_Types].xml": "<Types/>",
    "xl/workbook.xml": `<workbook xmlns:r="r"><workbookPr/><sheets>${
      sheets.map(({ name, isHidden }, at) =>
        `<sheet name="${escaped(name)}" sheetId="${at + 1}" ${
          isHidden ? 'state="hidden" ' : ""
        }r:id="rId${at + 1}"/>`
      ).join("")
    }</sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": `<Relationships>${
      sheets.map((_, at) =>
        `<Relationship Id="rId${at + 1}" Target="worksheets/sheet${
          at + 1
        }.xml"/>`
      ).join("")
    }</Relationships>`,
    ...Object.fromEntries(
      parts.map((part, at) => [`xl/worksheets/sheet${at + 1}.xml`, part]),
    ),
    "xl/styles.xml":
      '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="00000"/></numFmts>' +
      '<cellStyleXfs><xf numFmtId="0"/></cellStyleXfs>' +
      '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/></cellXfs></styleSheet>',
    "xl/sharedStrings.xml": `<sst>${
      texts.map((text) => `<si><r><t>${escaped(text)}</t></r></si>`).join("")
    }</sst>`,
    ...files,
  };
  return zipSync(
    Object.fromEntries(
      Object.entries(xml).map(([name, text]) => [name, strToU8(text)]),
    ),
  );
}

function sheetXml(
  { rows, hiddenColumns = [], merged = [] }: Sheet,
  texts: string[],
): string {
  const columns = hiddenColumns.map((at) =>
    `<col min="${at + 1}" max="${at + 1}" hidden="1"/>`
  );
  const lines = rows.map((row, at) => {
    const { cells, isHidden } = Array.isArray(row)
      ? { cells: row, isHidden: false }
      : row;
    const inside = cells.map((cell, column) =>
      cellXml(cell, `${String.fromCharCode(65 + column)}${at + 1}`, texts)
    );
    return `<row r="${at + 1}"${isHidden ? ' hidden="1"' : ""}>${
      inside.join("")
    }</row>`;
  });
  const merges = merged.map((ref) => `<mergeCell ref="${ref}"/>`);
  return `<?xml version="1.0"?><worksheet><cols>${
    columns.join("")
  }</cols><sheetData>${lines.join("")}</sheetData><mergeCells>${
    merges.join("")
  }</mergeCells></worksheet>`;
}

function cellXml(cell: Cell, reference: string, texts: string[]): string {
  if (cell === null) return "";
  if (typeof cell === "number") {
    return `<c r="${reference}"><v>${cell}</v></c>`;
  }
  if (typeof cell === "object") {
    return `<c r="${reference}" ${cell.attributes}>${cell.xml}</c>`;
  }
  return `<c r="${reference}" t="s"><v>${texts.push(cell) - 1}</v></c>`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;")
    .replaceAll('"', "&quot;");
}
