/**
 * Help texts: a command's purpose, arguments, its own options, the names of the
 * common ones, examples. Not Cliffy's own, so that help is the same with each of
 * its versions, fits the terminal, and has no colour in a pipe.
 */
import { ValueType } from "../options/value_type.ts";
import { type Style, styleOf } from "../output/style.ts";
import { wrap } from "../output/wrap.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { TOPIC_NAMES } from "./help_command/topic_names.ts";
import type { AnyCommand } from "./tree.ts";
import { unusedIn } from "./unused_options.ts";

export type Row = [term: string, text: string];

/** The help of a command, before it is laid out. */
export interface Help {
  description: string;
  usage: string;
  commands: Row[];
  /** The command's own options, by the title that `command.group(…)` gave them. */
  options: [title: string, rows: Row[]][];
  /** The options of every command. */
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
    common: options
      .filter((option) =>
        !isOwn(option) && !unusedIn(command).includes(option.name)
      )
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
    command.getParent()
      ? flagsOf(command, style)
      : section("Common options", help.common, style),
    ...help.examples.length > 0 ? [`\n${style.bold("Examples")}\n`] : [],
    ...help.examples.map(([title, line]) =>
      `  ${style.dim(`# ${title}`)}\n  ${line}\n`
    ),
    section("Learn more", learnMore(command), style),
  ].join("");
}

/** The common options by name alone. */
function flagsOf(command: AnyCommand, style: Style): string {
  const flags = command.getOptions().filter((option) => !isOwn(option))
    .map(({ flags }) => flags.at(-1)).join(", ");
  const lines = wrap(flags, widthOf(style) - 2).map((line) => `  ${line}\n`);
  return `\n${style.bold("Common options")}\n${lines.join("")}`;
}

function learnMore(command: AnyCommand): Row[] {
  const rows: Row[] = command.hasCommands()
    ? [[`${command.getPath()} <command> --help`, "Show help for a command"]]
    : [];
  return [
    ...rows,
    command.getParent()
      ? ["sinch help common-options", "Describe the common options"]
      : ["sinch help <topic>", `Explain a topic: ${TOPIC_NAMES.join(", ")}`],
  ];
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
  const rest = command.getUsage().replaceAll(/:[\w-]+/g, "");
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
