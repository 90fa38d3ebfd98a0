/** A labelled block: one thing, each of its fields behind its name. */
// Costs nothing: Cliffy's commands are made with it.
import { Table } from "@cliffy/table";
import { cells } from "./cells.ts";
import { safeLine, safeText } from "./safe_text.ts";
import type { Style } from "./style.ts";
import { wrapped } from "./wrap.ts";

/** Fields without a value are left out. */
export type Fields = [label: string, value: string | undefined][];

/**
 * A space inside a value while Cliffy lays it out: its time grows with the
 * square of the words in a cell, and of the lines. Neither cleaned text nor our
 * styling has this noncharacter.
 */
const SPACE = "\uFFFF";

/** Values get no narrower than this. */
const NARROWEST = 20;

/** Labels in one column, values in the next; values are cleaned, lines kept. */
export function details(fields: Fields, style: Style): string {
  const table = new Table().indent(2).padding(2);
  const shown = fields.filter(([, value]) => value);
  const widest = Math.max(0, ...shown.map(([label]) => cells(label)));
  const room = Math.max(NARROWEST, style.width - widest - 4);
  for (const [label, value] of shown) {
    const lines = wrapped(safeText(value!.trim()), style, room)
      .replaceAll(" ", SPACE).split("\n");
    for (const [at, line] of lines.entries()) {
      // Styled alike: Cliffy counts the marks of a style as cells.
      table.push([style.dim(at === 0 ? label : ""), line]);
    }
  }
  // Cliffy fills up the last column.
  const lines = `${table}\n`.replaceAll(SPACE, " ").split("\n");
  // Not by / +$/gm: it reads a long gap again from each of its spaces.
  return lines.map((line) => line.trimEnd()).join("\n");
}

/** `✔ Message accepted`: the line above the details of what was done. */
export function done(text: string, style: Style): string {
  return `${style.green("✔")} ${safeLine(text)}\n`;
}
