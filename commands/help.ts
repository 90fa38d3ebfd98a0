/**
 * Help texts: a command's purpose, arguments, its own options, the common ones,
 * examples. Written here rather than by Cliffy so that it is the same with every
 * version of it, fits the terminal, and carries no colour into a pipe.
 */
import { ValueType } from "../options/value_type.ts";
import { type Style, styleOf } from "../output/style.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { type AnyCommand, isBareGroup } from "./cli.ts";

export type Row = [term: string, text: string];

/** What there is to say about a command, before it gets a form. */
export interface Help {
  description: string;
  usage: string;
  commands: Row[];
  /** The command's own options, by the title that `command.group(…)` gave them. */
  options: [title: string, rows: Row[]][];
  /** Those that every command takes. */
  common: Row[];
  /** A title and a command line each. */
  examples: Row[];
}

export function helpOf(command: AnyCommand): Help {
  const options = command.getOptions();
  return {
    description: command.getDescription(),
    usage: usage(command),
    commands: command.getCommands().map(commandRow),
    options: [
      ...Map.groupBy(
        options.filter(isOwn),
        ({ groupName }) => groupName ?? "Options",
      ),
    ]
      // A command's own options come before those of every list.
      .toSorted(([a], [b]) => Number(b === "Options") - Number(a === "Options"))
      .map(([title, group]): [string, Row[]] => [
        title,
        group.map((option) => optionRow(option, command)),
      ]),
    common: options.filter((option) => !isOwn(option))
      .map((option) => optionRow(option, command)),
    examples: command.getExamples().map((
      { name, description },
    ) => [name, description]),
  };
}

export function helpText(command: AnyCommand, runtime: Runtime): string {
  const style = styleOf(runtime, runtime.stdout);
  const help = helpOf(command);
  return [
    paragraph(help.description, style),
    `\n${style.bold("Usage")}\n  ${help.usage}\n`,
    section("Commands", help.commands, style),
    ...help.options.map(([title, rows]) => section(title, rows, style)),
    section("Common options", help.common, style),
    ...help.examples.length > 0 ? [`\n${style.bold("Examples")}\n`] : [],
    ...help.examples.map(([title, line]) =>
      `  ${style.dim(`# ${title}`)}\n  ${line}\n`
    ),
  ].join("");
}

export function paragraph(text: string, style: Style): string {
  return `${wrap(text, widthOf(style)).join("\n")}\n`;
}

/** A title and two columns; nothing without rows. */
export function section(title: string, rows: Row[], style: Style): string {
  if (rows.length === 0) return "";
  return `\n${style.bold(title)}\n${table(rows, widthOf(style))}`;
}

/** Longer lines are hard to read. */
function widthOf({ width }: Style): number {
  return Math.min(width, 100);
}

type Option = ReturnType<AnyCommand["getOptions"]>[number];

function isOwn(option: Option): boolean {
  return !option.global && option.name !== "help" && option.name !== "version";
}

function usage(command: AnyCommand): string {
  const args = command.getArgsDefinition()?.replaceAll(/:\w+/g, "");
  const word = isBareGroup(command) ? "<command>" : "[command]";
  const rest = command.hasCommands() && !args ? word : args;
  return [command.getPath(), rest, "[options]"].filter(Boolean).join(" ");
}

function commandRow(command: AnyCommand): Row {
  const names = [command.getName(), ...command.getAliases()].join(", ");
  return [names, command.getShortDescription()];
}

function optionRow(option: Option, command: AnyCommand): Row {
  const value = option.typeDefinition?.replaceAll(/:[\w-]+(\[\])?/g, "");
  const indent = option.flags[0]!.startsWith("--") ? "    " : "";
  const flags = indent + option.flags.join(", ");
  const handler = command.getType(option.args[0]?.type ?? "")?.handler;
  const words = handler instanceof ValueType && handler.words.length > 0
    ? `. ${option.args[0]?.list ? "From" : "One of"}: ${
      handler.words.join(", ")
    }`
    : "";
  return [
    value ? `${flags} ${value}` : flags,
    option.description + words,
  ];
}

/** Two columns; the second one wraps below itself. */
function table(rows: Row[], width: number): string {
  const first = Math.min(Math.max(...rows.map(([term]) => term.length)), 34);
  const indent = " ".repeat(first + 4);
  return rows.map(([term, text]) => {
    const lines = wrap(text, width - indent.length);
    const head = term.length > first
      ? `  ${term}\n${indent}${lines[0] ?? ""}`
      : `  ${term.padEnd(first)}  ${lines[0] ?? ""}`;
    return [head, ...lines.slice(1).map((line) => indent + line)].join("\n") +
      "\n";
  }).join("");
}

/** Lines of at most `width` characters, as far as the words allow. */
export function wrap(text: string, width: number): string[] {
  return text.split("\n").flatMap((paragraph) => {
    const lines: string[] = [];
    for (const word of paragraph.trim().split(/\s+/)) {
      const last = lines.at(-1);
      if (last !== undefined && last.length + 1 + word.length <= width) {
        lines[lines.length - 1] = `${last} ${word}`;
      } else lines.push(word);
    }
    return lines;
  });
}
