/** `sinch`: the groups, and the options of every command. */
import { addEntries, type Cli, type Entry, showGroup } from "./cli.ts";
import { declareRoot } from "./common_options.ts";
import { helpText } from "./help.ts";
import type { AnyCommand } from "./tree.ts";

/** One entry for each group; add yours here. */
export const ENTRIES: readonly Entry[] = [
  {
    name: "conversation",
    aliases: ["conv"],
    summary: "Send messages; manage contacts, apps, webhooks and templates",
    load: () => import("./conversation/conversation.ts"),
  },
  {
    name: "api",
    summary: "Call any endpoint of the API",
    load: () => import("./api/api.ts"),
  },
  {
    name: "auth",
    summary: "Manage sign-in",
    load: () => import("./auth/auth.ts"),
  },
  {
    name: "config",
    summary: "Set defaults and manage profiles",
    load: () => import("./config/config.ts"),
  },
  {
    name: "sandbox",
    summary: "Run and control a local Conversation API",
    load: () => import("./sandbox/sandbox.ts"),
  },
  {
    name: "doctor",
    aliases: ["health"],
    summary: "Diagnose problems and suggest fixes",
    load: () => import("./doctor/doctor.ts"),
  },
  {
    name: "completion",
    aliases: ["completions"],
    summary: "Print or install the shell completion script",
    load: () => import("./completion/completion.ts"),
  },
  {
    name: "upgrade",
    summary: "Upgrade to the latest release",
    load: () => import("./upgrade/upgrade.ts"),
  },
  {
    name: "help",
    summary: "Show help for a command or a topic",
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
  const root: AnyCommand = declareRoot();
  return root
    .name("sinch")
    .description("Send and manage Sinch Conversation API messages.")
    .usage("<command>")
    .throwErrors()
    .help((command: AnyCommand) => helpText(command, cli.runtime))
    .example(
      "Send a message in the sandbox, without an account",
      'sinch --sandbox conversation send +15551234567 "Hello" --channel SMS',
    )
    .example("Sign in", "sinch auth login")
    .example("Diagnose problems", "sinch doctor")
    .action(showGroup(cli));
}
