/**
 * Reads a file of recipients, a row at a time: a million rows take no more memory
 * than a hundred. Good rows come out; what is wrong is counted, and the first of
 * it kept. Faults of the file as a whole are thrown, one at a time.
 */
import { usageError } from "../../errors.ts";
import type { Columns, RecipientKind } from "./columns.ts";
import { visible } from "./columns.ts";
import { isBlank, type Record } from "./csv.ts";
import { Seen } from "./duplicates.ts";
import {
  isMissing,
  type NumberFault,
  numberReader,
  type ReadNumber,
} from "./numbers.ts";
import {
  type DoubtKind,
  type Remark,
  type RepairKind,
  type Row,
  type RowFault,
  Tally,
} from "./row.ts";
import type { Source } from "./source.ts";
import { openTable } from "./open_table.ts";
import type { Table, TableFacts } from "./table.ts";

export const DUPLICATES = ["refuse", "first", "all"] as const;

export interface ReadingOptions {
  /** Whether the channel has phone numbers. */
  kind: RecipientKind;
  /** `--recipient-column` */
  recipientColumn?: string;
  /** `--columns`: names, for a file without a header. */
  columns?: readonly string[];
  /** `--encoding` */
  encoding?: string;
  /** Of numbers without a country code: ISO 3166. */
  defaultCountry?: string;
  /** What to do with a person who is in the file twice (default: refuse). */
  duplicates?: typeof DUPLICATES[number];
  /** Numbers that are reserved for films are fine, as in the sandbox. */
  allowFiction: boolean;
  /** A column `timezone` says when a row may be sent. */
  needsTimezone: boolean;
}

/** How many faults and remarks are kept to be shown. */
const SHOWN_FAULTS = 20;
const SHOWN_REMARKS = 20;

/** What was found, complete when the last row has come out. */
export interface Findings {
  table: TableFacts;
  /** Rows with anything in them. */
  rows: number;
  blankRows: number;
  faults: Tally<RowFault>;
  repairs: Tally<Remark<RepairKind>>;
  doubts: Tally<Remark<DoubtKind>>;
  /** Rows that `--duplicates first` left out. */
  duplicates: Tally<RowFault>;
  /** A cell that shows how the encoding was read, where it was guessed. */
  accent?: { row: number; value: string };
}

export class Recipients {
  readonly columns: Columns;
  /** Places of columns. */
  readonly recipient: number;
  readonly timezone?: number;
  readonly findings: Findings;
  readonly #table: Table;
  readonly #options: ReadingOptions;

  private constructor(table: Table, options: ReadingOptions) {
    const { columns } = table;
    this.#table = table;
    this.#options = options;
    this.columns = columns;
    this.recipient = columns.recipient(options.kind, options.recipientColumn);
    this.timezone = options.needsTimezone
      ? columns.place("timezone") ?? columns.place("tz")
      : undefined;
    this.findings = {
      table: table.facts,
      rows: 0,
      blankRows: 0,
      faults: new Tally(SHOWN_FAULTS),
      repairs: new Tally(SHOWN_REMARKS, "kind"),
      doubts: new Tally(SHOWN_REMARKS, "kind"),
      duplicates: new Tally(SHOWN_FAULTS),
    };
  }

  /**
   * Reads the header.
   *
   * @throws {Failure} "usage" for what is wrong with the file as a whole.
   */
  static async open(
    source: Source,
    options: ReadingOptions,
  ): Promise<Recipients> {
    const table = await openTable(source, options);
    try {
      return new Recipients(table, options);
    } catch (error) {
      await table.close();
      throw error;
    }
  }

  /** Ends the reading before the last row. */
  async close(): Promise<void> {
    await this.#table.close();
  }

  /** The names of the columns at these places. */
  names(places: readonly number[]): string[] {
    return places.map((place) => this.columns.names[place] ?? "");
  }

  /**
   * The good rows, in the order of the file. It can be read only once.
   *
   * @param used The places of the columns that a message needs.
   * @throws {Failure} "usage" for a fault of the file that shows only on the way,
   *   and for a file without rows.
   */
  async *rows(used: readonly number[]): AsyncGenerator<Row> {
    const { findings } = this;
    const { kind, duplicates = "refuse" } = this.#options;
    const readNumber = kind === "phone"
      ? await numberReader(this.#options)
      : undefined;
    using seen = new Seen();
    for await (const record of this.#table.records) {
      if (isBlank(record)) {
        findings.blankRows++;
        continue;
      }
      findings.rows++;
      this.#noteAccent(record);
      const row = this.#row(record, used, readNumber);
      if (!row) continue;
      if (duplicates !== "all") {
        const first = seen.earlier(row.identity, row.number);
        if (first !== undefined) {
          const tally = duplicates === "refuse"
            ? findings.faults
            : findings.duplicates;
          tally.add({
            row: row.number,
            kind: "duplicate",
            column: this.#nameOf(this.recipient),
            value: row.cells[this.recipient],
            detail: `the same recipient as row ${first}`,
          });
          continue;
        }
      }
      yield row;
    }
    if (findings.rows === 0) {
      throw usageError("The file has a header, and no rows below it");
    }
  }

  #row(
    record: Record,
    used: readonly number[],
    readNumber: ((cell: string) => ReadNumber | NumberFault) | undefined,
  ): Row | undefined {
    if (!this.#isWhole(record)) return undefined;
    const { row, cells: raw } = record;
    const cells = raw.map((cell) => cell.trim());
    if (record.hasSpaceAroundQuotes) {
      this.#repair(row, this.recipient, cells, "quote");
    }
    for (const { column, kind } of record.repairs ?? []) {
      this.#repair(row, column, cells, kind);
    }
    let isGood = true;
    for (const place of used) isGood = this.#value(row, place, cells) && isGood;
    const who = this.#identity(row, cells, readNumber);
    const timezone = this.#timezone(row, cells);
    if (!isGood || !who || timezone === null) return undefined;
    return { number: row, cells, ...who, timezone };
  }

  /** Whether a row has as many cells as the header, and no stray quotes. */
  #isWhole({ row, cells, fault, hasStrayQuote }: Record): boolean {
    const { length } = this.columns.names;
    const add = (found: Omit<RowFault, "row">) => {
      this.findings.faults.add({ row, ...found });
      return false;
    };
    if (fault) return add({ ...fault, value: cells.join(" ").trim() });
    if (hasStrayQuote) {
      const value = cells.find((cell) => cell.includes('"'));
      return add({ kind: "quotes", value });
    }
    const filled = cells.findLastIndex((cell) => cell.trim() !== "") + 1;
    // Cells below columns without a name, as comments beside a table.
    const beside = cells.slice(length).findIndex((cell) => cell.trim() !== "");
    if (beside >= 0) {
      return add({
        kind: "long row",
        value: cells.slice(0, filled).join(", "),
        detail:
          `${filled} cells, the header has ${length}; an unquoted comma in a name?`,
      });
    }
    if (cells.length < length) {
      return add({
        kind: "short row",
        value: cells.join(", "),
        detail: `${cells.length} ${
          cells.length === 1 ? "cell" : "cells"
        }, the header has ${length}`,
      });
    }
    return true;
  }

  /** A value that the message needs; repaired in place. */
  #value(row: number, place: number, cells: string[]): boolean {
    const value = cells[place]!;
    const [, inside] = /^="([^"]*)"$/.exec(value) ?? [];
    if (inside !== undefined && place !== this.recipient) {
      cells[place] = inside.trim();
      this.#repair(row, place, cells, "formula", value);
    }
    if (isMissing(visible(cells[place]!))) {
      if (place === this.recipient) return true;
      this.findings.faults.add({
        row,
        kind: "missing",
        column: this.#nameOf(place),
        value,
      });
      return false;
    }
    const doubt = doubtAbout(value);
    if (doubt) {
      this.findings.doubts.add({
        row,
        kind: doubt,
        column: this.#nameOf(place),
        value,
      });
    }
    return true;
  }

  #identity(
    row: number,
    cells: readonly string[],
    readNumber: ((cell: string) => ReadNumber | NumberFault) | undefined,
  ): Pick<Row, "identity" | "country"> | undefined {
    const value = cells[this.recipient]!;
    const column = this.#nameOf(this.recipient);
    const add = (found: Pick<RowFault, "kind" | "detail">) => {
      this.findings.faults.add({ row, column, value, ...found });
      return undefined;
    };
    if (!readNumber) {
      const identity = visible(value);
      if (isMissing(identity)) return add({ kind: "missing" });
      if (/^\d+[.,]\d+E\+?\d+$/i.test(identity)) {
        return add({ kind: "scientific" });
      }
      if (/\s/.test(identity)) return add({ kind: "identity" });
      const doubt = doubtAbout(identity);
      if (doubt) this.findings.doubts.add({ row, column, value, kind: doubt });
      return { identity };
    }
    const read = readNumber(value);
    if ("fault" in read) return add({ kind: read.fault, detail: read.detail });
    for (const kind of read.repairs) {
      const result = read.number;
      this.findings.repairs.add({ row, kind, column, value, result });
    }
    for (const kind of read.doubts) {
      this.findings.doubts.add({ row, kind, column, value });
    }
    return { identity: read.number, country: read.country };
  }

  /** `null` for a zone that does not exist. */
  #timezone(row: number, cells: readonly string[]): string | null | undefined {
    if (this.timezone === undefined) return undefined;
    const value = visible(cells[this.timezone]!);
    if (isMissing(value)) return undefined;
    const zone = zoneNamed(value);
    if (zone) return zone;
    this.findings.faults.add({
      row,
      kind: "time zone",
      column: this.#nameOf(this.timezone),
      value,
    });
    return null;
  }

  #repair(
    row: number,
    place: number,
    cells: readonly string[],
    kind: RepairKind,
    value = cells[place] ?? "",
  ): void {
    const result = cells[place];
    this.findings.repairs.add({
      row,
      kind,
      column: this.#nameOf(place),
      value,
      ...result === value ? {} : { result },
    });
  }

  #nameOf(place: number): string {
    return this.columns.names[place] ?? "";
  }

  /** Names show whether a guessed encoding is right. */
  #noteAccent({ row, cells }: Record): void {
    if (!this.findings.table.decoded?.isGuess || this.findings.accent) return;
    const value = cells.find((cell) => /[^\0-\x7f]/.test(cell));
    if (value !== undefined) this.findings.accent = { row, value };
  }
}

/** What a spreadsheet may have done to a value that is filled into a message. */
function doubtAbout(value: string): DoubtKind | undefined {
  if (/^\d(?:[.,]\d+)?E\+\d+$/i.test(value)) return "shortened";
  // Excel keeps 15 digits; the rest becomes zeros.
  if (/^\d{15}0+$/.test(value)) return "rounded";
  if (/^\d{4}-\d\d-\d\d[ T]00:00:00(?:\.0+)?$/.test(value)) return "midnight";
  return undefined;
}

const zones = new Map<string, string | undefined>();

/** The name of a time zone as the rules of time zones spell it. */
export function zoneNamed(text: string): string | undefined {
  if (!zones.has(text)) {
    try {
      const format = new Intl.DateTimeFormat("en", { timeZone: text });
      zones.set(text, format.resolvedOptions().timeZone);
    } catch {
      zones.set(text, undefined);
    }
  }
  return zones.get(text);
}
