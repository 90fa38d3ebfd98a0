/** What is about to be done, before the last question. */
import { safeLine } from "../output/safe_text.ts";

/** Labels and values in two columns; rows without a value are left out. */
export function summary(rows: [label: string, value?: string][]): string {
  const shown = rows.filter(([, value]) => value !== undefined);
  const width = Math.max(...shown.map(([label]) => label.length));
  const lines = shown.map(([label, value]) =>
    `  ${label.padEnd(width)}  ${safeLine(value!)}\n`
  );
  return `\n${lines.join("")}`;
}
