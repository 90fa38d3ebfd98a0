/**
 * Lists as text, page by page, so that a list of any length needs the memory of
 * one page: as a JSON document, JSON Lines, CSV, or plain columns for a pipe.
 * The terminal's table is in `table.ts`.
 */
import type { Column } from "./columns.ts";
import { safeJson, safeLine, safeText } from "./safe_text.ts";
import { painter, type Style } from "./style.ts";

/** One form of a list. Each call returns the next piece of the output. */
export interface ListText<Row> {
  /** Rows, with whatever stands before the first ones. Pages may be empty. */
  page(rows: Row[]): string;
  /** What ends the list; nothing where a list just stops. */
  end?(nextPageToken?: string): string;
}

/**
 * The API's own envelope, pages merged: `{"messages": […], "next_page_token":
 * "…"}`. A list that breaks off is no valid JSON: its end is missing.
 */
export function jsonList<Row>(key: string): ListText<Row> {
  const open = `{\n  "${key}": [`;
  const close = "\n  ]\n}";
  let begun = false;
  let count = 0;
  return {
    page(rows) {
      const items = rows.length > 0
        ? safeJson({ [key]: rows }, 2).slice(open.length, -close.length)
        : "";
      const comma = count > 0 && items ? "," : "";
      const text = (begun ? "" : open) + comma + items;
      begun = true;
      count += rows.length;
      return text;
    },
    end(nextPageToken) {
      const token = nextPageToken === undefined
        ? ""
        : `,\n  "next_page_token": ${safeJson(nextPageToken)}`;
      return `${count > 0 ? "\n  ]" : "]"}${token}\n}\n`;
    },
  };
}

/** What a query makes of the whole envelope; it needs all rows at once. */
export function queriedList<Row>(
  key: string,
  query: (value: unknown) => unknown,
  print = (found: unknown) => `${safeJson(found, 2)}\n`,
): ListText<Row> {
  const all: Row[] = [];
  return {
    page(rows) {
      for (const row of rows) all.push(row);
      return "";
    },
    end: (next_page_token) => print(query({ [key]: all, next_page_token })),
  };
}

/** One JSON value a line: each row, or what a query makes of it. */
export function jsonLines<Row>(
  query: (value: unknown) => unknown = (value) => value,
  print: (found: unknown) => string = (found) => `${safeJson(found)}\n`,
): ListText<Row> {
  return {
    page: (rows) => rows.map((row) => print(query(row))).join(""),
  };
}

/** `--raw`: texts as they are, one a line; what is no text as JSON. */
export function rawText(found: unknown): string {
  const items = Array.isArray(found) ? found : [found];
  return items.map((item) => {
    if (item === null || item === undefined) return "\n";
    return `${typeof item === "string" ? item : safeJson(item)}\n`;
  }).join("");
}

/** Columns between tabs, nothing cut, no header: for `cut`, `awk` and `grep`. */
export function tabbed<Row>(
  columns: Column<Row>[],
  style: Style,
): ListText<Row> {
  const cell = ({ kind, value }: Column<Row>, row: Row) => {
    const text = safeLine(value(row) ?? "");
    return painter(kind, text, style)?.(text) ?? text;
  };
  return {
    page: (rows) =>
      rows.map((row) =>
        columns.map((column) => cell(column, row)).join("\t") + "\n"
      ).join(""),
  };
}

/** `excel` keeps phone numbers as text, where a spreadsheet makes 4.47911E+11 of them. */
export type CsvForm = "excel";

/** Comma-separated values after RFC 4180, with a row of names first. */
export function csv<Row>(
  columns: Column<Row>[],
  form?: CsvForm,
): ListText<Row> {
  let head = `${columns.map(({ name }) => name).join(",")}\r\n`;
  return {
    page(rows) {
      const lines = rows.map((row) =>
        columns.map(({ value }) => csvCell(value(row) ?? "", form)).join(",") +
        "\r\n"
      );
      const text = head + lines.join("");
      head = "";
      return text;
    },
  };
}

/** A spreadsheet shows these in another way: as 4.47911E+11, or without the zero. */
const LONG_NUMBER = /^(?:\+\d+|0\d+|\d{8,})$/;

/**
 * A spreadsheet runs a cell that begins like a formula, and anybody can write us
 * a message that does: such a cell gets a `'`, which a spreadsheet hides.
 *
 * @see https://owasp.org/www-community/attacks/CSV_Injection
 */
export function csvCell(value: string, form?: CsvForm): string {
  if (form === "excel" && LONG_NUMBER.test(value)) return `"=""${value}"""`;
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  const clean = safeText(text);
  return /[",\n]/.test(clean) ? `"${clean.replaceAll('"', '""')}"` : clean;
}
