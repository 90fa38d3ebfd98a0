/**
 * The terminal's table: headers, colours, cells cut to the terminal's width.
 *
 * Not Cliffy's: that one measures by code points, so that an emoji made of
 * several shifts the columns behind it, it wraps what a list wants cut, and it
 * needs all rows at once.
 */
import { cells, clip, pad } from "./cells.ts";
import type { Column } from "./columns.ts";
import { details } from "./details.ts";
import type { ListText } from "./list.ts";
import { safeLine } from "./safe_text.ts";
import type { Style } from "./style.ts";
import { ago } from "./time.ts";

const GAP = "  ";
/** A column of text gets no narrower than this. */
const NARROWEST = 8;

/**
 * A table whose columns are as wide as its first rows need; later pages keep
 * them. In a terminal too narrow for it, each row is a block of lines.
 */
export function table<Row>(
  columns: Column<Row>[],
  style: Style,
): ListText<Row> {
  const headers = columns.map(({ name }) => name.toUpperCase());
  let rowText: ((row: string[]) => string) | undefined;
  return {
    page(rows) {
      if (rows.length === 0) return "";
      const lines = rows.map((row) =>
        columns.map((column) => cellText(column, row, style.now))
      );
      let head = "";
      if (!rowText) {
        const widths = fit(columns, [headers, ...lines], style.width);
        rowText = widths
          ? tableLine(columns, widths, style)
          : (row) => `${details(zip(headers, row), style)}\n`;
        if (widths) head = `${style.bold(joined(headers, widths))}\n`;
      }
      return head + lines.map(rowText).join("");
    },
  };
}

function cellText<Row>(column: Column<Row>, row: Row, now: number): string {
  const value = column.value(row);
  if (!value) return "-";
  return safeLine(column.kind === "time" ? ago(value, now) : value);
}

function tableLine<Row>(
  columns: Column<Row>[],
  widths: number[],
  style: Style,
): (row: string[]) => string {
  const paint = { id: style.cyan, time: style.dim };
  const paints = columns.map(({ kind }) => kind && paint[kind]);
  return (row) => {
    const fitting = row.map((text, at) =>
      columns[at]!.kind ? text : cut(text, widths[at]!)
    );
    return `${joined(fitting, widths, paints)}\n`;
  };
}

function joined(
  row: string[],
  widths: number[],
  paints: (((text: string) => string) | undefined)[] = [],
): string {
  return row.map((text, at) => {
    // Nothing stands behind the last cell.
    const padded = at < row.length - 1 ? pad(text, widths[at]!) : text;
    return paints[at]?.(padded) ?? padded;
  }).join(GAP);
}

/**
 * How wide each column becomes in a line of `width` cells; nothing if they do
 * not fit. Ids and times get what they need, texts share what is left, and none
 * takes more than it needs.
 */
function fit<Row>(
  columns: Column<Row>[],
  rows: string[][],
  width: number,
): number[] | undefined {
  const widths = columns.map((_, at) =>
    Math.max(...rows.map((row) => cells(row[at]!)))
  );
  const texts = [...columns.keys()].filter((at) => !columns[at]!.kind)
    .sort((a, b) => widths[a]! - widths[b]!);
  let left = width - GAP.length * (columns.length - 1);
  for (const [at, { kind }] of columns.entries()) if (kind) left -= widths[at]!;
  for (const [position, at] of texts.entries()) {
    const share = Math.floor(left / (texts.length - position));
    if (share < Math.min(widths[at]!, NARROWEST)) return undefined;
    widths[at] = Math.min(widths[at]!, share);
    left -= widths[at]!;
  }
  return left < 0 ? undefined : widths;
}

/** Cut to `width` cells, but never inside a URL: half of one leads nowhere. */
function cut(text: string, width: number): string {
  const short = clip(text, width);
  if (short === text) return text;
  const end = short.length - "…".length;
  for (const { 0: url, index } of text.matchAll(/https?:\/\/\S+/g)) {
    const urlEnd = index + url.length;
    if (index < end && end < urlEnd) {
      return urlEnd < text.length ? `${text.slice(0, urlEnd)}…` : text;
    }
  }
  return short;
}

function zip(headers: string[], row: string[]): [string, string][] {
  return headers.map((header, at) => [header, row[at]!]);
}
