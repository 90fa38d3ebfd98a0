/** `sinch` itself: the groups, and the flags that every command takes. */
import { Command } from "@cliffy/command";
import {
  addEntries,
  type AnyCommand,
  type Cli,
  type Entry,
  plain,
} from "./cli.ts";
import { helpText } from "./help.ts";
import { VERSION_LINE } from "./version.ts";

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
    name: "__complete",
    summary: "Answer the completion scripts",
    hidden: true,
    load: () => import("./completion/complete.ts"),
  },
  {
    name: "help",
    summary:
      "Help of a command, or on exit-codes, environment, formats, sandbox",
    load: () => import("./help_command/help_command.ts"),
  },
];

/** The flags below that take a value, for whoever reads argv before Cliffy. */
const VALUE_FLAGS = ["--query", "--profile", "--region", "--env-file"];
const SWITCHES = [
  "--json",
  "--sandbox",
  "--non-interactive",
  "--debug",
  "--curl",
  "-h",
  "--help",
];

/** The whole program, with the command that `words` name loaded. */
export async function createRoot(
  cli: Cli,
  words: string[],
): Promise<AnyCommand> {
  const root: AnyCommand = new Command()
    .name("sinch")
    .version(VERSION_LINE)
    .description("The Sinch Conversation API on the command line.")
    .throwErrors()
    .globalType("plain", plain)
    .help((command: AnyCommand) => helpText(command, cli.runtime))
    .helpOption("-h, --help", "Show help for the command.", {
      action: function (this: AnyCommand) {
        cli.runtime.stdout.write(this.getHelp());
      },
    })
    .versionOption("-V, --version", "Show the version.", {
      action: () => cli.runtime.stdout.write(`${VERSION_LINE}\n`),
    })
    .globalOption("--json", "Print one JSON document, and nothing else.")
    .globalOption(
      "--query <expression:string>",
      "Pick from the JSON with JMESPath, such as messages[].id; implies --json.",
    )
    .globalOption("--sandbox", "Use the built-in sandbox: no account, no cost.")
    .globalOption("--profile <name:string>", "Profile for this call.")
    .globalOption("--region <region:string>", "Region: us, eu or br.")
    .globalOption("--env-file <path:string>", "Read variables from a file.")
    .globalOption("--non-interactive", "Never ask; fail if a value is missing.")
    .globalOption("--curl", "Also print the equivalent curl command.")
    .globalOption("--debug", "Show each request, secrets masked.")
    .example(
      "Try it without an account",
      'sinch --sandbox conversation send +15551234567 "Hello" --channel SMS',
    )
    .example("Sign in", "sinch auth login")
    .example("See what is wrong", "sinch doctor")
    .action(function () {
      cli.runtime.stdout.write(this.getHelp());
    }) as AnyCommand;
  await addEntries(cli, root, ENTRIES, words);
  return root;
}

/** How the official CLI spells a flag of ours. */
const OTHER_SPELLINGS: Record<string, string> = {
  "--no-interactive": "--non-interactive",
};

/**
 * Splits argv into the words before the first flag of a command's own, and puts
 * the common flags found among them behind them: Cliffy 1.0 cannot read
 * `--profile=x send`, and the words tell which modules to load.
 */
export function arrange(
  given: readonly string[],
): { words: string[]; args: string[] } {
  const args = given.map((arg) => OTHER_SPELLINGS[arg] ?? arg);
  const words: string[] = [];
  const flags: string[] = [];
  let at = 0;
  for (; at < args.length; at++) {
    const arg = args[at]!;
    if (!arg.startsWith("-") || arg === "-") words.push(arg);
    else if (SWITCHES.includes(arg)) flags.push(arg);
    else if (VALUE_FLAGS.some((flag) => arg.startsWith(`${flag}=`))) {
      flags.push(arg);
    } else if (VALUE_FLAGS.includes(arg) && at + 1 < args.length) {
      flags.push(arg, args[++at]!);
    } else break;
  }
  return { words, args: [...words, ...flags, ...args.slice(at)] };
}
