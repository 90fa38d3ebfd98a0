/** The rows of a worksheet's XML, with the values as a person sees them. */
import type { Record as RowRecord } from "./csv.ts";
import type { RepairKind } from "./row.ts";
import type { SheetFacts } from "./table.ts";
import type { XmlHandler } from "./zip_xml.ts";

export interface Styles {
  /** Texts that cells refer to by number. */
  texts: string[];
  /** The number format of each style. */
  formats: number[];
  /** Formats that the file defines. */
  codes: Map<number, string>;
  startsIn1904: boolean;
}

interface Cell {
  column: number;
  type: string;
  format: number;
  value: string;
}

export class SheetRows implements XmlHandler {
  /** How many cells each row has at least, once the header is known. */
  width = 0;
  readonly #styles: Styles;
  readonly #facts: SheetFacts;
  readonly #merged: Merged[];
  readonly #hiddenColumns = new Set<number>();
  #done: RowRecord[] = [];
  #row = 0;
  #isHidden = false;
  #cells: string[] = [];
  #repairs: { column: number; kind: RepairKind }[] = [];
  #cell?: Cell;
  #isValue = false;
  #isPhonetic = false;

  constructor(styles: Styles, merged: string[], facts: SheetFacts) {
    this.#styles = styles;
    this.#facts = facts;
    this.#merged = merged.flatMap((range) => mergedOf(range) ?? []);
  }

  /** The rows that are complete, each once; as wide as the header. */
  *take(): Generator<RowRecord> {
    const done = this.#done;
    this.#done = [];
    for (const record of done) {
      while (record.cells.length < this.width) record.cells.push("");
      yield record;
    }
  }

  open(name: string, attributes: Record<string, string>): void {
    switch (name) {
      case "col":
        this.#hideColumns(attributes);
        break;
      case "row":
        this.#row = Number(attributes.r ?? this.#row + 1);
        this.#isHidden = isTrue(attributes.hidden);
        this.#cells = [];
        this.#repairs = [];
        break;
      case "c":
        this.#cell = {
          column: columnOf(attributes.r) ?? this.#cells.length,
          type: attributes.t ?? "n",
          format: this.#styles.formats[Number(attributes.s ?? 0)] ?? 0,
          value: "",
        };
        break;
      case "rPh":
        this.#isPhonetic = true;
        break;
      case "v":
      case "t":
        this.#isValue = !this.#isPhonetic;
        break;
    }
  }

  text(text: string): void {
    if (this.#cell && this.#isValue) this.#cell.value += text;
  }

  close(name: string): void {
    this.#isValue = false;
    if (name === "rPh") this.#isPhonetic = false;
    if (name === "c") this.#endCell();
    if (name === "row") this.#endRow();
  }

  #hideColumns({ min, max, hidden }: Record<string, string>): void {
    if (!isTrue(hidden)) return;
    const last = Math.min(Number(max), MAX_COLUMN);
    for (let column = Number(min); column <= last; column++) {
      this.#hiddenColumns.add(column - 1);
    }
  }

  #endCell(): void {
    const cell = this.#cell;
    this.#cell = undefined;
    if (!cell || cell.column > MAX_COLUMN) return;
    const { text, repair } = shown(cell, this.#styles);
    while (this.#cells.length <= cell.column) this.#cells.push("");
    this.#cells[cell.column] = text;
    if (repair) this.#repairs.push({ column: cell.column, kind: repair });
  }

  #endRow(): void {
    for (const merged of this.#merged) {
      if (this.#row < merged.top || this.#row > merged.bottom) continue;
      if (this.#row === merged.top) {
        merged.value = this.#cells[merged.left] ?? "";
      }
      for (let column = merged.left; column <= merged.right; column++) {
        while (this.#cells.length <= column) this.#cells.push("");
        if (this.#cells[column] !== "" || merged.value === "") continue;
        this.#cells[column] = merged.value;
        this.#repairs.push({ column, kind: "merged" });
      }
    }
    if (this.#isHidden) {
      this.#facts.hiddenRows++;
      return;
    }
    const seen = this.#cells.keys()
      .filter((column) => !this.#hiddenColumns.has(column)).toArray();
    this.#facts.hiddenColumns = Math.max(
      this.#facts.hiddenColumns,
      this.#cells.length - seen.length,
    );
    const places = new Map(seen.map((column, place) => [column, place]));
    this.#done.push({
      row: this.#row,
      cells: seen.map((column) => this.#cells[column]!),
      repairs: this.#repairs.flatMap(({ column, kind }) => {
        const place = places.get(column);
        return place === undefined ? [] : [{ column: place, kind }];
      }),
    });
  }
}

/** Of Excel: `XFD`. */
const MAX_COLUMN = 16_384;

interface Merged {
  top: number;
  bottom: number;
  left: number;
  right: number;
  value: string;
}

function mergedOf(range: string): Merged | undefined {
  const [, first, top, last, bottom] =
    /^([A-Z]+)(\d+):([A-Z]+)(\d+)$/.exec(range) ?? [];
  if (first === undefined || last === undefined) return undefined;
  return {
    top: Number(top),
    bottom: Number(bottom),
    left: columnOf(first)!,
    right: Math.min(columnOf(last)!, MAX_COLUMN),
    value: "",
  };
}

/** 0 for `A7`, 26 for `AA7`. */
function columnOf(reference: string | undefined): number | undefined {
  const [letters] = /^[A-Z]+/.exec(reference ?? "") ?? [];
  if (letters === undefined) return undefined;
  let column = 0;
  for (const letter of letters) {
    column = column * 26 + letter.charCodeAt(0) - 64;
  }
  return column - 1;
}

function shown(
  { type, format, value }: Cell,
  { texts, codes, startsIn1904 }: Styles,
): { text: string; repair?: RepairKind } {
  if (type === "s") return { text: texts[Number(value)] ?? "" };
  if (type === "b") return { text: isTrue(value) ? "TRUE" : "FALSE" };
  if (type !== "n" || value === "") return { text: value };
  const number = Number(value);
  const code = codes.get(format) ?? "";
  if (isDate(format, code)) {
    return { text: dateText(number, startsIn1904), repair: "date" };
  }
  // Integers have all their digits here, also where the sheet shows 4.47E+11.
  const text = Number.isInteger(number)
    ? BigInt(number).toString()
    : String(Number(number.toPrecision(15)));
  return { text: /^0+$/.test(code) ? text.padStart(code.length, "0") : text };
}

/** Formats that every file has, and what a format of the file's own looks like. */
function isDate(format: number, code: string): boolean {
  if (code === "") {
    return format >= 14 && format <= 22 || format >= 27 && format <= 36 ||
      format >= 45 && format <= 47 || format >= 50 && format <= 58;
  }
  const plain = code.replace(/"[^"]*"|\\.|\[[^\]]*\]|_.|\*./g, "");
  return /[ymdhs]/i.test(plain) && !/[0#?]/.test(plain.replace(/s\.0+/i, ""));
}

const DAY_MS = 86_400_000;

/** A day's number as `2026-01-27`, with the time where there is one. */
function dateText(serial: number, startsIn1904: boolean): string {
  const epoch = startsIn1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, 30);
  const ms = epoch + Math.round(serial * DAY_MS / 1000) * 1000;
  const date = new Date(ms);
  if (Number.isNaN(date.getTime())) return String(serial);
  const [day, time] = date.toISOString().split("T") as [string, string];
  const clock = time.slice(0, 5);
  if (serial < 1) return clock;
  return clock === "00:00" ? day : `${day} ${clock}`;
}

function isTrue(value: string | undefined): boolean {
  return value === "1" || value === "true";
}
