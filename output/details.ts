/** A labelled block: one thing, one line for each of its fields. */
import { safeLine } from "./safe_text.ts";
import type { Style } from "./style.ts";

/** Fields without a value are left out. */
export type Fields = [label: string, value: string | undefined][];

/** Labels in one column, values in the next; values are cleaned. */
export function details(fields: Fields, style: Style): string {
  const shown = fields.filter(([, value]) => value);
  const width = Math.max(...shown.map(([label]) => label.length));
  return shown.map(([label, value]) =>
    `  ${style.dim(label.padEnd(width))}  ${safeLine(value!)}\n`
  ).join("");
}

/** `✔ Message accepted`: the line above the details of what was done. */
export function done(text: string, style: Style): string {
  return `${style.green("✔")} ${safeLine(text)}\n`;
}
