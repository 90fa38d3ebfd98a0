/** The whole tree of commands, every module loaded, for tests that walk it. */
import type { AnyCommand } from "../commands/cli.ts";
import { createRoot } from "../commands/root.ts";
import { denoRuntime } from "../runtime/deno.ts";

export async function wholeTree(): Promise<AnyCommand> {
  const root = await createRoot({
    runtime: denoRuntime(),
    signal: new AbortController().signal,
    loadAll: true,
    path: ["sinch"],
    exitCode: 0,
  }, []);
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
