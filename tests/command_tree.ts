/** What tests that walk the whole tree of commands have in common. */
import type { AnyCommand } from "../commands/cli.ts";
import { loadTree } from "../scripts/docs/manual.ts";

export async function wholeTree(): Promise<AnyCommand> {
  const root = await loadTree();
  // Cliffy adds `--help` only now.
  root.getHelp();
  return root;
}

/** The commands that do something, those of groups that list by themselves too. */
export function leavesOf(command: AnyCommand): AnyCommand[] {
  const children = command.getCommands();
  const isLeaf = children.length === 0 || command.getExamples().length > 0;
  return [
    ...isLeaf ? [command] : [],
    ...children.flatMap((child) => leavesOf(child)),
  ];
}

/** `sinch conversation send`: without the name of the program. */
export function nameOf(command: AnyCommand): string {
  return command.getPath().split(" ").slice(1).join(" ");
}
