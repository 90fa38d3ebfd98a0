/**
 * Rows of separated values, as spreadsheets write them and as people spoil them.
 * Own code because libraries drop rows, merge people or name the wrong line in
 * the cases of tests/bulk/recipients: an unclosed quote, CR alone as line end, a
 * row with a cell too many.
 */
import { usageError } from "../../errors.ts";
import type { FaultKind, RepairKind } from "./row.ts";

/** One row of the file, before anybody knows what its cells mean. */
export interface Record {
  /** Counted as a spreadsheet does: a row with line breaks in it is one. */
  row: number;
  cells: string[];
  /** A quote in the middle of a cell, where none may be. */
  hasStrayQuote?: boolean;
  /** Spaces were removed around a cell in quotes. */
  hasSpaceAroundQuotes?: boolean;
  /** Why the row cannot be used, where its format says so. */
  fault?: { kind: FaultKind; detail?: string };
  /** What its format made of cells, by the places of their columns. */
  repairs?: { column: number; kind: RepairKind }[];
}

export const DELIMITERS = [",", ";", "\t", "|"] as const;
export type Delimiter = typeof DELIMITERS[number];

/** A cell this long is a quote that is never closed. */
const MAX_CELL = 1024 * 1024;

/** Where in a cell the reader is. */
type Place = "start" | "plain" | "quoted" | "after quotes";

/** Reads text piece by piece; a row may reach over any number of pieces. */
export class RowReader {
  #place: Place = "start";
  #cell = "";
  #record: Record = { row: 1, cells: [] };
  #line = 1;
  #openedAt = 0;
  /** The last piece ended with CR: an LF that follows belongs to it. */
  #afterCr = false;
  #hasBreak = false;

  constructor(private readonly delimiter: string) {}

  /** @throws {Failure} "usage" for a quote that is not closed. */
  *read(text: string): Generator<Record> {
    const { delimiter } = this;
    let from = 0;
    if (this.#afterCr && text !== "") {
      if (text[0] === "\n") from = 1;
      this.#afterCr = false;
    }
    for (let at = from; at < text.length; at++) {
      const character = text[at]!;
      switch (this.#place) {
        case "quoted":
          if (character === '"') this.#place = "after quotes";
          else at = this.#quoted(text, at);
          continue;
        case "after quotes":
          if (character === '"') {
            this.#cell += '"';
            this.#place = "quoted";
            continue;
          }
          break;
        case "start":
          if (character === '"') {
            this.#place = "quoted";
            this.#openedAt = this.#line;
            this.#hasBreak = false;
            this.#record.hasSpaceAroundQuotes ||= this.#cell !== "";
            this.#cell = "";
            continue;
          }
          if (character === " ") {
            this.#cell += " ";
            continue;
          }
          break;
      }
      if (character === delimiter) this.#endCell();
      else if (character === "\n" || character === "\r") {
        if (character === "\r") {
          if (at + 1 === text.length) this.#afterCr = true;
          else if (text[at + 1] === "\n") at++;
        }
        this.#line++;
        yield this.#endRow();
      } else if (this.#place === "after quotes") this.#afterQuotes(character);
      else at = this.#plain(text, at);
    }
  }

  /** What is left at the end of the file: a row without a line end. */
  *end(): Generator<Record> {
    if (this.#place === "quoted") throw this.#unclosed();
    if (this.#cell !== "" || this.#record.cells.length > 0) {
      yield this.#endRow();
    }
  }

  /** Takes the plain text from `at` on; returns its last place. */
  #plain(text: string, at: number): number {
    let end = at;
    while (end < text.length && !this.#endsPlain(text[end]!)) end++;
    const plain = text.slice(at, end);
    this.#cell += plain;
    this.#place = "plain";
    return end - 1;
  }

  #endsPlain(character: string): boolean {
    return character === this.delimiter || character === "\n" ||
      character === "\r";
  }

  /** Takes the text up to the next quote; returns its last place. */
  #quoted(text: string, at: number): number {
    const quote = text.indexOf('"', at);
    const end = quote < 0 ? text.length : quote;
    const piece = text.slice(at, end);
    // A pair that the end of a piece cuts is one line end, too.
    const breaks = piece.match(/\r\n?|\n/g)?.length ?? 0;
    const isCut = piece.startsWith("\n") && this.#cell.endsWith("\r");
    this.#line += breaks - (isCut ? 1 : 0);
    this.#hasBreak ||= breaks > 0;
    this.#cell += piece;
    if (this.#cell.length > MAX_CELL) throw this.#unclosed();
    return end - 1;
  }

  #afterQuotes(character: string): void {
    if (character === " ") {
      this.#record.hasSpaceAroundQuotes = true;
      return;
    }
    // Text behind a quote that closes after a line break: it opened by mistake,
    // and everybody in between would be in this cell.
    if (this.#hasBreak) throw this.#unclosed();
    this.#record.hasStrayQuote = true;
    this.#cell += `"${character}`;
    this.#place = "plain";
  }

  #endCell(): void {
    // `="0772…"` is how some programs keep Excel from reading a number.
    const isPlain = this.#place === "plain" || this.#place === "start";
    if (isPlain && this.#cell.includes('"')) {
      this.#record.hasStrayQuote ||= !/^="[^"]*"$/.test(this.#cell.trim());
    }
    this.#record.cells.push(
      this.#hasBreak ? this.#cell.replace(/\r\n?/g, "\n") : this.#cell,
    );
    this.#cell = "";
    this.#place = "start";
    this.#hasBreak = false;
  }

  #endRow(): Record {
    this.#endCell();
    const record = this.#record;
    this.#record = { row: record.row + 1, cells: [] };
    return record;
  }

  #unclosed() {
    return usageError(
      `The quote that opens in line ${this.#openedAt} is not closed`,
      'Close it, or write a quote inside a cell twice: "Ada ""Countess"" Lovelace".',
    );
  }
}

/** The first row that has anything in it, and the text of it, under a delimiter. */
export function firstRow(
  text: string,
  delimiter: string,
): Record | undefined {
  const reader = new RowReader(delimiter);
  for (const record of reader.read(text)) {
    if (!isBlank(record)) return record;
  }
  return reader.end().next().value ?? undefined;
}

export function isBlank({ cells }: Record): boolean {
  return cells.every((cell) => cell.trim() === "");
}
