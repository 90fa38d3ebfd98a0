/**
 * Where every command starts: a Cliffy command that knows the project's kinds
 * of values. Cliffy infers the type of each option from its declaration, and
 * `action` hands the values to the command's `run` with that type.
 */
import { Command } from "@cliffy/command";
import {
  CHANNEL,
  COUNT,
  FILE,
  idOf,
  LANGUAGE,
  LINE,
  nameOf,
  TEXT,
  TIME,
  URL_TYPE,
} from "../options/kinds.ts";
import { type ReadAll, Word } from "../options/value_type.ts";

/** A command that knows the kinds of values that several commands take. */
export const command = (description: string) =>
  new Command().description(description)
    .type("app", idOf("apps"))
    .type("channel", CHANNEL)
    .type("contact", idOf("contacts"))
    .type("conversation", idOf("conversations"))
    .type("count", COUNT)
    .type("file", FILE)
    .type("language", LANGUAGE)
    .type("line", LINE)
    .type("message", idOf("messages"))
    .type("profile", nameOf("profiles"))
    .type("template", nameOf("templates"))
    .type("text", TEXT)
    .type("time", TIME)
    .type("url", URL_TYPE)
    .type("webhook", idOf("webhooks"));

export const DEFAULT_LIMIT = 20;

/** A command that lists rows with these columns. */
export const listCommand = (
  description: string,
  columns: readonly { name: string }[],
) =>
  command(description)
    .type("csv-form", new Word(["excel"]))
    .type("column", new Word(columns.map(({ name }) => name)))
    .group("Output")
    .option(
      "-l, --limit <number:count>",
      `Maximum number of rows (default: ${DEFAULT_LIMIT})`,
    )
    .option("--all", "Return all rows")
    .option(
      "--columns <names:column[]>",
      "Columns to show, comma-separated, in order",
    )
    .option("--jsonl", "Print one JSON object per line")
    .option(
      "--csv [form:csv-form]",
      "Print CSV; cells that look like formulas are prefixed with '. --csv=excel keeps phone numbers as text",
    )
    .group("Options");

/** The option of the lists whose API hands out page tokens. */
export const PAGE_TOKEN = [
  "--page-token <token:line>",
  "Continue after the list whose JSON ended with this next_page_token",
] as const;

/** The option of every command that changes something. */
export const DRY_RUN = [
  "--dry-run",
  "Print the request without sending it",
] as const;

/** The option of every command that deletes something. */
export const FORCE = [
  // Cliffy infers no name from three flags.
  "-f, --force, --yes" as string as "-f, --force",
  "Skip the confirmation",
] as const;

export const SHOW_SECRETS = [
  "--show-secrets",
  "Show secrets in JSON, --dry-run and --curl (default: masked)",
] as const;

type Declared = (...args: never[]) => { action(handler: never): unknown };

/** The options that a declaration leads to, as `run` gets them. */
export type OptionsOf<Declaration extends Declared> =
  ReturnType<Declaration>["action"] extends (handler: infer Handler) => unknown
    ? ReadAll<FirstParameter<Handler>>
    : never;

type FirstParameter<Handler> = Handler extends
  (...args: infer All extends unknown[]) => unknown ? All[0]
  : never;
