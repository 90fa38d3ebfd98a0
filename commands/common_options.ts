/**
 * The options of every command. The root declares them, and Cliffy's types do
 * not reach from there to the commands below: what the frame reads of them is
 * typed here, from the declarations themselves.
 */
import { Command } from "@cliffy/command";
import { REGIONS } from "../config/region.ts";
import { FILE, LINE, nameOf } from "../options/kinds.ts";
import { Word } from "../options/value_type.ts";
import {
  command,
  DRY_RUN,
  type listCommand,
  type OptionsOf,
  SHOW_SECRETS,
} from "./command.ts";

export const REGION = new Word(REGIONS);

/** The root with the options of every command. */
export const declareRoot = () =>
  new Command()
    .globalType("expression", LINE)
    .globalType("profile", nameOf("profiles"))
    .globalType("region", REGION)
    .globalType("file", FILE)
    // `run` answers these two: Cliffy takes them only alone.
    .helpOption(false)
    .versionOption(false)
    .globalOption("-h, --help", "Show help")
    .option("-V, --version", "Show the version")
    .globalOption("--json", "Print one JSON document to stdout, and no text")
    .globalOption(
      "--query <expression:expression>",
      "Select from the JSON output with JMESPath, such as messages[].id (implies --json)",
    )
    .globalOption(
      "-r, --raw",
      "Print the texts that --query selects without quotes, one per line",
      { depends: ["query"] },
    )
    .globalOption(
      "--utc",
      "Show times in UTC (default: local time in a terminal, UTC in a pipe)",
    )
    .globalOption(
      "--sandbox",
      "Use the embedded sandbox: no account, no network, no cost",
    )
    .globalOption(
      "--profile <name:profile>",
      "Profile to use (default: the active profile)",
    )
    .globalOption(
      "--region <region:region>",
      "Region of the app (default: from the profile, else us)",
    )
    .globalOption(
      "--env-file <path:file>",
      "Read environment variables from a .env file",
    )
    .globalOption(
      "--non-interactive",
      "Never prompt; fail if a value is missing",
    )
    .globalOption("--curl", "Also print the equivalent curl command")
    .globalOption(
      "--debug",
      "Log HTTP requests and responses with secrets masked, and show the stack of an error",
    );

const declareChange = () =>
  command("").option(...DRY_RUN).option(...SHOW_SECRETS);

/** The options that the frame itself reads, under their names in `run`. */
export type CommonFlags =
  & Partial<OptionsOf<typeof declareRoot>>
  & Partial<OptionsOf<typeof declareChange>>
  & Partial<Pick<OptionsOf<typeof listCommand>, "jsonl" | "csv">>;
