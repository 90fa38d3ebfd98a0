/** What tests that walk the whole tree of commands have in common. */
import { isBareGroup } from "../commands/cli.ts";
import { loadTree } from "../scripts/docs/manual.ts";
import type { AnyCommand } from "../commands/tree.ts";

export async function wholeTree(): Promise<AnyCommand> {
  const root = await loadTree();
  // Cliffy adds `--help` only now.
  root.getHelp();
  return root;
}

/** The command and all below it. */
export function commandsOf(command: AnyCommand): AnyCommand[] {
  return [command, ...command.getCommands().flatMap(commandsOf)];
}

/** The commands that do something, those of groups that list by themselves too. */
export function leavesOf(command: AnyCommand): AnyCommand[] {
  return commandsOf(command)
    .filter((one) => one.getParent() && !isBareGroup(one));
}

/** `sinch conversation send`: without the name of the program. */
export function nameOf(command: AnyCommand): string {
  return command.getPath().split(" ").slice(1).join(" ");
}
