/**
 * The terminal's table: headers, colours, cells cut to the terminal's width.
 *
 * Not Cliffy's: that one measures by code points, so that an emoji made of
 * several shifts the columns behind it, it wraps what a list wants cut, and it
 * needs all rows at once.
 */
import { cells, clip, pad } from "./cells.ts";
import { type Column, idsLast } from "./columns.ts";
import { details } from "./details.ts";
import { type ListText, tabbed } from "./list.ts";
import { safeLine } from "./safe_text.ts";
import { painter, type Style } from "./style.ts";
import { ago } from "./time.ts";

const GAP = "  ";
/** Columns of text get no narrower than this while a spare column can go. */
const READABLE = 14;
/** Nor than this ever. */
const NARROWEST = 10;

/**
 * A table whose columns are as wide as its first rows need; later pages keep
 * them. In a terminal too narrow for it, each row is a block of lines.
 */
export function table<Row>(
  columns: Column<Row>[],
  style: Style,
): ListText<Row> {
  const titles = columns.map(({ name }) =>
    name.toUpperCase().replaceAll("-", " ")
  );
  const headers = titles.map((title, at) => columns[at]!.symbol ? "" : title);
  let rowText: ((row: string[]) => string) | undefined;
  return {
    page(rows) {
      if (rows.length === 0) return "";
      const lines = rows.map((row) =>
        columns.map((column) => cellText(column, row, style))
      );
      let head = "";
      if (!rowText) {
        const places = fit(columns, [headers, ...lines], style.width);
        rowText = places
          ? (row) => tableLine(row, places, style)
          : (row) => block(titles, row, style);
        if (places) head = headLine(headers, places, style);
      }
      return head + lines.map(rowText).join("");
    },
  };
}

/** All rows of a short list: a table in a terminal, columns for a pipe. */
export function rowsText<Row>(
  columns: readonly Column<Row>[],
  rows: Row[],
  style: Style,
): string {
  const list = style.terminal
    ? table(idsLast(columns), style)
    : tabbed([...columns], style);
  return list.page(rows);
}

function cellText<Row>(column: Column<Row>, row: Row, style: Style): string {
  const value = column.value(row);
  if (!value) return "-";
  if (column.symbol) return column.symbol(value);
  return safeLine(column.kind === "time" ? ago(value, style) : value);
}

/** A column of the table: which cell of a row it shows, in how many cells. */
interface Place {
  at: number;
  width: number;
  kind: Column<unknown>["kind"];
}

function headLine(headers: string[], places: Place[], style: Style): string {
  return `${style.bold(joined(places, ({ at }) => headers[at]!))}\n`;
}

function tableLine(row: string[], places: Place[], style: Style): string {
  return `${
    joined(
      places,
      ({ at, width, kind }) =>
        kind === "text" ? cut(row[at]!, width) : row[at]!,
      ({ at, kind }) => painter(kind, row[at]!, style),
    )
  }\n`;
}

function joined(
  places: Place[],
  text: (place: Place) => string,
  paint: (place: Place) => ((text: string) => string) | undefined = () =>
    undefined,
): string {
  return places.map((place, position) => {
    // No spaces after the last cell.
    const isLast = position === places.length - 1;
    const cell = isLast ? text(place) : pad(text(place), place.width);
    return paint(place)?.(cell) ?? cell;
  }).join(GAP);
}

/** One row as labelled lines, and an empty line. */
function block(headers: string[], row: string[], style: Style): string {
  const fields = headers.map((header, at): [string, string] => [
    header,
    row[at]!,
  ]);
  return `${details(fields, style)}\n`;
}

/**
 * The columns that fit into a line of `width` cells, and how wide they become;
 * nothing if not even those do that are not spare.
 */
function fit<Row>(
  columns: Column<Row>[],
  rows: string[][],
  width: number,
): Place[] | undefined {
  const places = columns.map(({ kind }, at) => ({
    at,
    kind,
    width: Math.max(...rows.map((row) => cells(row[at]!, width))),
  }));
  for (;;) {
    const last = (spare: Column<Row>["spare"]) =>
      places.findLastIndex(({ at }) => columns[at]!.spare === spare);
    const spare = last(true) < 0 ? last("last") : last(true);
    const fitting = shrink(
      places,
      width,
      ({ at }) => spare < 0 ? NARROWEST : columns[at]!.readable ?? READABLE,
    );
    if (fitting || spare < 0) return fitting;
    places.splice(spare, 1);
  }
}

/**
 * Texts share what the others leave, and none takes more than it needs.
 */
function shrink(
  places: Place[],
  width: number,
  narrowest: (place: Place) => number,
): Place[] | undefined {
  const texts = places.filter(({ kind }) => kind === "text")
    .toSorted((a, b) => a.width - b.width);
  let left = width - GAP.length * (places.length - 1);
  for (const { kind, width } of places) if (kind !== "text") left -= width;
  const shares = new Map<Place, number>();
  for (const [position, place] of texts.entries()) {
    const share = Math.floor(left / (texts.length - position));
    if (share < Math.min(place.width, narrowest(place))) return undefined;
    shares.set(place, Math.min(place.width, share));
    left -= shares.get(place)!;
  }
  return left < 0 ? undefined : places.map((place) => ({
    ...place,
    width: shares.get(place) ?? place.width,
  }));
}

/**
 * Cut to `width` cells, but not inside of an identity: a part of a phone number
 * looks like another one.
 */
function cut(text: string, width: number): string {
  const short = clip(text, width);
  if (short === text) return text;
  const end = short.length - "…".length;
  const { start, end: stop } = around(text, end, /\w/);
  const from = text[start - 1] === "+" ? start - 1 : start;
  const isIdentity = from < end && /\d{5}/.test(text.slice(start, stop)) &&
    !/https?:\/\/\S*$/.test(text.slice(0, end));
  if (!isIdentity) return short;
  if (from > 0) return `${text.slice(0, from).trimEnd()}…`;
  return stop < text.length ? `${text.slice(0, stop)}…` : text;
}

/** The characters of one kind on both sides of a place, each looked at once. */
function around(text: string, place: number, kind: RegExp) {
  let start = place;
  let end = place;
  while (start > 0 && kind.test(text[start - 1]!)) start--;
  while (end < text.length && kind.test(text[end]!)) end++;
  return { start, end };
}
