/** The Markdown pages, laid out as `deno fmt` would. */
import type { Row } from "../../commands/help.ts";
import type { Topic } from "../../commands/help_command/topic.ts";
import { wrap } from "../../output/wrap.ts";
import { kindOf, type Manual, pageName, withDescendants } from "./manual.ts";

const WIDTH = 80;

export function commandPage(manual: Manual): string {
  const { help, aliases, children, parent } = manual;
  return page(
    manual.name,
    prose(help.description),
    fenced(help.usage),
    aliases.length > 0 && `Aliases: ${aliases.map(code).join(", ")}`,
    ...section("Arguments", [
      "Argument",
      "",
    ], manual.arguments.map((one) => [code(one.name), kindOf(one)])),
    ...section("Commands", ["Command", "Purpose"], children.map(linkRow)),
    ...help.options.flatMap(([title, rows]) => optionTable(title, rows)),
    "The [common options](common-options.md) apply too.",
    parent && `Part of [${parent.name}](${pageName(parent)}.md).`,
    help.examples.length > 0 && "## Examples",
    ...help.examples.flatMap(([title, line]) => [prose(title), fenced(line)]),
  );
}

export function commonOptionsPage({ help }: Manual): string {
  return page(
    "Common options",
    "Every command takes these options.",
    table(
      ["Option", "Meaning"],
      help.common.filter(([flags]) => !flags.includes("--version")).map(
        codeRow,
      ),
    ),
  );
}

/** The list of all commands. */
export function indexPage(root: Manual): string {
  return page(
    "Commands",
    "Generated from the program by `deno task docs`; `man sinch` shows the same.",
    "The [common options](common-options.md) work on every command.",
    table(["Command", "Purpose"], withDescendants(root).map(linkRow)),
  );
}

export function topicPage(title: string, { text, sections }: Topic): string {
  return page(
    title,
    prose(text),
    ...sections.flatMap(([title, rows]) =>
      section(title, ["", "Meaning"], rows.map(codeRow))
    ),
  );
}

function page(title: string, ...parts: (string | false | undefined)[]): string {
  return `${[`# ${title}`, ...parts.filter(Boolean)].join("\n\n")}\n`;
}

function section(title: string, head: Row, rows: Row[]): string[] {
  return rows.length > 0 ? [`## ${title}`, table(head, rows)] : [];
}

function optionTable(title: string, rows: Row[]): string[] {
  return section(title, ["Option", "Meaning"], rows.map(codeRow));
}

function linkRow(manual: Manual): Row {
  return [`[${manual.name}](${pageName(manual)}.md)`, escaped(manual.summary)];
}

/** The second word of a term may stand far from the first: two codes. */
function codeRow([term, text]: Row): Row {
  return [term.trim().split(/ {2,}/).map(code).join(" "), escaped(text)];
}

function table(head: Row, rows: Row[]): string {
  const cells = [head, ...rows].map((row) =>
    row.map((cell) => cell.replaceAll("\n", " ").replaceAll("|", "\\|"))
  );
  const widths = [0, 1].map((column) =>
    Math.max(3, ...cells.map((row) => row[column]!.length))
  );
  const line = (row: string[], fill: string) =>
    `| ${row.map((cell, at) => cell.padEnd(widths[at]!, fill)).join(" | ")} |`;
  const [first, ...others] = cells.map((row) => line(row, " "));
  return [first, line(["", ""], "-"), ...others].join("\n");
}

function prose(text: string): string {
  return text.split("\n").map((line) => wrapped(escaped(line))).join("\n\n");
}

function wrapped(text: string): string {
  return wrap(text, WIDTH).join("\n");
}

function fenced(line: string): string {
  return `\`\`\`sh\n${line}\n\`\`\``;
}

function code(text: string): string {
  return `\`${text}\``;
}

/** What Markdown would take for its own, outside of `code`. */
function escaped(text: string): string {
  return text.split(/(`[^`]*`)/).map((part, at) =>
    at % 2 ? part : part.replaceAll(/[\\*_<[\]]/g, "\\$&")
  ).join("");
}
