/** `sinch` itself: the groups, and the flags that every command takes. */
import { Command } from "@cliffy/command";
import {
  addEntries,
  type AnyCommand,
  type Cli,
  type Entry,
  plain,
  showGroup,
} from "./cli.ts";
import { helpText } from "./help.ts";

/** One line for each group; add yours here. */
export const ENTRIES: readonly Entry[] = [
  {
    name: "conversation",
    aliases: ["conv"],
    summary: "Send messages; manage contacts, apps, webhooks and templates",
    load: () => import("./conversation/conversation.ts"),
  },
  {
    name: "auth",
    summary: "Sign in and out; see who is signed in",
    load: () => import("./auth/auth.ts"),
  },
  {
    name: "config",
    summary: "Set defaults; manage profiles",
    load: () => import("./config/config.ts"),
  },
  {
    name: "sandbox",
    summary: "A local Conversation API: start, reply, tap, rule, clock, …",
    load: () => import("./sandbox/sandbox.ts"),
  },
  {
    name: "doctor",
    aliases: ["health"],
    summary: "Find out what is wrong, and what mends it",
    load: () => import("./doctor/doctor.ts"),
  },
  {
    name: "completion",
    aliases: ["completions"],
    summary: "Complete commands, flags and ids with Tab",
    load: () => import("./completion/completion.ts"),
  },
  {
    name: "upgrade",
    summary: "Replace this executable with the newest release",
    load: () => import("./upgrade/upgrade.ts"),
  },
  {
    name: "help",
    summary:
      "Help of a command, or on exit-codes, environment, formats, sandbox",
    load: () => import("./help_command/help_command.ts"),
  },
];

/** The whole program, with the command that `words` name loaded. */
export async function createRoot(
  cli: Cli,
  words: string[],
): Promise<AnyCommand> {
  const root = createBareRoot(cli);
  await addEntries(cli, root, ENTRIES, words);
  return root;
}

/** `sinch` without its commands: what is needed to see which one is called. */
export function createBareRoot(cli: Cli): AnyCommand {
  return new Command()
    .name("sinch")
    .description("The Sinch Conversation API on the command line.")
    .throwErrors()
    .globalType("plain", plain)
    .help((command: AnyCommand) => helpText(command, cli.runtime))
    // `run` answers these two: Cliffy takes them only alone.
    .helpOption(false)
    .versionOption(false)
    .globalOption("-h, --help", "Show help for the command.")
    .option("-V, --version", "Show the version.")
    .globalOption("--json", "Print one JSON document, and nothing else.")
    .globalOption(
      "--query <expression:string>",
      "Pick from the JSON with JMESPath, such as messages[].id; implies --json.",
    )
    .globalOption(
      "-r, --raw",
      "Print the texts that --query finds without quotes, one per line.",
      { depends: ["query"] },
    )
    .globalOption(
      "--utc",
      "Show times in UTC (default: local time in a terminal, UTC in a pipe).",
    )
    .globalOption("--sandbox", "Use the built-in sandbox: no account, no cost.")
    .globalOption("--profile <name:string>", "Profile for this call.")
    .globalOption("--region <region:string>", "Region: us, eu or br.")
    .globalOption("--env-file <path:string>", "Read variables from a file.")
    .globalOption("--non-interactive", "Never ask; fail if a value is missing.")
    .globalOption("--curl", "Also print the equivalent curl command.")
    .globalOption(
      "--debug",
      "Log HTTP requests and answers, secrets masked; show the stack of an error.",
    )
    .example(
      "Try it without an account",
      'sinch --sandbox conversation send +15551234567 "Hello" --channel SMS',
    )
    .example("Sign in", "sinch auth login")
    .example("See what is wrong", "sinch doctor")
    .action(showGroup(cli)) as AnyCommand;
}
