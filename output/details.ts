/** A labelled block: one thing, each of its fields behind its name. */
import { safeLine, safeText } from "./safe_text.ts";
import type { Style } from "./style.ts";

/** Fields without a value are left out. */
export type Fields = [label: string, value: string | undefined][];

/** Labels in one column, values in the next; values are cleaned, lines kept. */
export function details(fields: Fields, style: Style): string {
  const shown = fields.filter(([, value]) => value);
  const width = Math.max(...shown.map(([label]) => label.length));
  const indent = `\n${" ".repeat(width + 4)}`;
  return shown.map(([label, value]) =>
    `  ${style.dim(label.padEnd(width))}  ${
      safeText(value!.trim()).replaceAll("\n", indent)
    }\n`
  ).join("");
}

/** `✔ Message accepted`: the line above the details of what was done. */
export function done(text: string, style: Style): string {
  return `${style.green("✔")} ${safeLine(text)}\n`;
}
