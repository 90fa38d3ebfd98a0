/** The manual pages, in the `man` macros that every system's `man` reads. */
import type { Row } from "../../commands/help.ts";
import type { Topic } from "../../commands/help_command/topic.ts";
import { TOPICS } from "../../commands/help_command/topics.ts";
import { VERSION } from "../../commands/version.ts";
import {
  kindOf,
  type Manual,
  pageName,
  titleOf,
  withDescendants,
} from "./manual.ts";

/** A page for each command, by file name; `sinch.1` also has the help topics. */
export function manPages(root: Manual): Map<string, string> {
  const topics = Object.entries(TOPICS)
    .map(([name, topic]) => manTopic(titleOf(name), topic));
  return new Map(
    withDescendants(root).map((manual) => [
      `${pageName(manual)}.1`,
      manPage(manual) + (manual === root ? topics.join("") : ""),
    ]),
  );
}

function manPage(manual: Manual): string {
  const { help, children, parent } = manual;
  const title = pageName(manual).toUpperCase();
  const related = [...parent ? [parent] : [], ...children];
  return lines(
    // No date: the pages would not be the same from one day to the next.
    `.TH ${roff(title)} 1 "" "sinch ${VERSION}" "sinch manual"`,
    ".SH NAME",
    `${roff(pageName(manual))} \\- ${roff(manual.summary.replace(/\.$/, ""))}`,
    ".SH SYNOPSIS",
    roff(help.usage),
    ".SH DESCRIPTION",
    ...paragraphs(help.description),
    ...section(
      "ARGUMENTS",
      manual.arguments.map((one) => [one.name, kindOf(one)]),
    ),
    ...section("COMMANDS", help.commands),
    ...help.options.flatMap(([title, rows]) =>
      section(title.toUpperCase(), rows)
    ),
    ...parent ? [] : section("COMMON OPTIONS", help.common),
    ...help.examples.length > 0 ? [".SH EXAMPLES"] : [],
    ...help.examples.flatMap(([title, line], at) => [
      ...at > 0 ? [".PP"] : [],
      roff(title),
      ".PP",
      ".nf",
      ".RS 4",
      roff(line),
      ".RE",
      ".fi",
    ]),
    ...parent ? [".SH COMMON OPTIONS", "See", ".BR sinch (1)."] : [],
    ...related.length > 0 ? [".SH SEE ALSO"] : [],
    ...related.map((other, at) =>
      `.BR ${roff(pageName(other))} (1)${at < related.length - 1 ? "," : ""}`
    ),
  );
}

function manTopic(title: string, { text, sections }: Topic): string {
  return lines(
    `.SH ${title.toUpperCase()}`,
    ...paragraphs(text),
    ...sections.flatMap(([title, rows]) => [`.SS ${title}`, ...list(rows)]),
  );
}

function lines(...all: string[]): string {
  return `${all.join("\n")}\n`;
}

function section(title: string, rows: Row[]): string[] {
  return rows.length > 0 ? [`.SH ${title}`, ...list(rows)] : [];
}

function list(rows: Row[]): string[] {
  return rows.flatMap(([term, text]) => [
    ".TP",
    `\\fB${roff(term.trim())}\\fR`,
    ...text.split("\n").map(roff),
  ]);
}

function paragraphs(text: string): string[] {
  return text.split("\n").flatMap((line, at) =>
    at === 0 ? [roff(line)] : [".PP", roff(line)]
  );
}

const ESCAPES: Record<string, string> = {
  "\\": "\\e",
  "-": "\\-",
  "'": "\\(aq",
  "`": "\\(ga",
  "^": "\\(ha",
  "~": "\\(ti",
};

/** Text as it is: no request at its start, copyable quotes, ASCII alone. */
function roff(text: string): string {
  return text
    .replaceAll(/[\\'`^~-]/g, (sign) => ESCAPES[sign]!)
    .replaceAll(/[^\x20-\x7e]/gu, (sign) => {
      const hex = sign.codePointAt(0)!.toString(16).toUpperCase();
      return `\\[u${hex.padStart(4, "0")}]`;
    })
    .replace(/^\./, "\\&.");
}
