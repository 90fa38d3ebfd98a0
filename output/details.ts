/** A labelled block: one thing, each of its fields behind its name. */
import { cells } from "./cells.ts";
import { safeLine, safeText } from "./safe_text.ts";
import type { Style } from "./style.ts";

/** Fields without a value are left out. */
export type Fields = [label: string, value: string | undefined][];

/** Labels in one column, values in the next; values are cleaned, lines kept. */
export function details(fields: Fields, style: Style): string {
  const shown = fields.filter(([, value]) => value);
  const width = Math.max(0, ...shown.map(([label]) => cells(label)));
  const indent = `\n${" ".repeat(width + 4)}`;
  return shown.map(([label, value]) => {
    const gap = " ".repeat(width - cells(label) + 2);
    const lines = safeText(value!.trim()).split("\n")
      .map((line) => line.trimEnd());
    return `  ${style.dim(label)}${gap}${
      lines.join(indent).replaceAll(`${indent}\n`, "\n\n")
    }\n`;
  }).join("");
}

/** `✔ Message accepted`: the line above the details of what was done. */
export function done(text: string, style: Style): string {
  return `${style.green("✔")} ${safeLine(text)}\n`;
}
