/** A labelled block: one thing, each of its fields behind its name. */
// Costs nothing here: Cliffy's commands are made with it, and loaded already.
import { Table } from "@cliffy/table";
import { safeLine, safeText } from "./safe_text.ts";
import type { Style } from "./style.ts";

/** Fields without a value are left out. */
export type Fields = [label: string, value: string | undefined][];

/** Labels in one column, values in the next; values are cleaned, lines kept. */
export function details(fields: Fields, style: Style): string {
  const rows = fields.filter(([, value]) => value).map(([label, value]) => [
    style.dim(label),
    safeText(value!.trim()),
  ]);
  // Cliffy fills the last column up; nobody wants that in a pipe.
  const lines = new Table(...rows).indent(2).padding(2).toString()
    .replace(/ +$/gm, "");
  return `${lines}\n`;
}

/** `✔ Message accepted`: the line above the details of what was done. */
export function done(text: string, style: Style): string {
  return `${style.green("✔")} ${safeLine(text)}\n`;
}
