/** A file as a header and rows of cells, whichever of the formats it has. */
import { usageError } from "../../errors.ts";
import { Columns, type RecipientKind } from "./columns.ts";
import { type Delimiter, isBlank, type Record } from "./csv.ts";
import type { Decoded } from "./decode.ts";

export interface TableOptions {
  kind: RecipientKind;
  /** `--recipient-column` */
  recipientColumn?: string;
  /** `--columns`: the file has no header. */
  columns?: readonly string[];
  /** `--encoding` */
  encoding?: string;
}

export interface Table {
  columns: Columns;
  /** The rows below the header, blank ones too. */
  records: AsyncIterable<Record>;
  /** Filled as the rows are read. */
  facts: TableFacts;
  /** Ends the reading before the last row. */
  close(): Promise<void>;
}

/** The source is closed by whoever opened it. */
export type OpenTable = Omit<Table, "close">;

export interface TableFacts {
  format: "CSV" | "JSON Lines" | "XLSX";
  decoded?: Decoded;
  delimiter?: Delimiter;
  /** Of a spreadsheet: the sheet that is read, and what is not. */
  sheet?: SheetFacts;
}

export interface SheetFacts {
  name: string;
  /** Other sheets that are visible. */
  others: number;
  hiddenSheets: number;
  hiddenRows: number;
  hiddenColumns: number;
}

/**
 * Takes the header from the rows, unless `--columns` is one.
 *
 * @throws {Failure} "usage" for a header that will not do.
 */
export async function withHeader(
  records: AsyncGenerator<Record>,
  { columns }: Pick<TableOptions, "columns">,
  facts: TableFacts,
): Promise<OpenTable> {
  if (columns) return { columns: new Columns(columns), records, facts };
  for (;;) {
    const { value, done } = await records.next();
    if (done) throw usageError("The file is empty");
    if (isBlank(value)) continue;
    return { columns: new Columns(value.cells), records, facts };
  }
}
