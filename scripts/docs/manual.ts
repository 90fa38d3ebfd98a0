/** Every command as plain data, read from the very tree that the program runs. */
import { type Help, helpOf } from "../../commands/help.ts";
import { createRoot } from "../../commands/root.ts";
import { guarded } from "../../output/door.ts";
import { denoRuntime } from "../../runtime/deno.ts";
import type { AnyCommand } from "../../commands/tree.ts";

export interface Manual {
  /** Such as `sinch conversation send`. */
  name: string;
  aliases: string[];
  summary: string;
  arguments: { name: string; optional: boolean; repeatable: boolean }[];
  help: Help;
  parent?: Manual;
  children: Manual[];
}

export async function readManual(): Promise<Manual> {
  return manualOf(await loadTree());
}

/** `sinch` with every command's module loaded. */
export function loadTree(): Promise<AnyCommand> {
  return createRoot({
    runtime: guarded(denoRuntime()),
    signal: new AbortController().signal,
    loadAll: true,
    path: ["sinch"],
    exitCode: 0,
  }, []);
}

function manualOf(command: AnyCommand, parent?: Manual): Manual {
  const name = command.getName();
  const manual: Manual = {
    name: parent ? `${parent.name} ${name}` : name,
    aliases: command.getAliases(),
    summary: command.getShortDescription(),
    arguments: command.getArguments().map(({ name, optional, variadic }) => ({
      name,
      optional: optional ?? false,
      repeatable: variadic ?? false,
    })),
    help: helpOf(command),
    parent,
    children: [],
  };
  manual.children = command.getCommands().map((child) =>
    manualOf(child, manual)
  );
  return manual;
}

/** A command and all below it, in the order of the help texts. */
export function withDescendants(manual: Manual): Manual[] {
  return [manual, ...manual.children.flatMap(withDescendants)];
}

/** What its page is called: `sinch-conversation-send`. */
export function pageName({ name }: Manual): string {
  return name.replaceAll(" ", "-");
}

/** Such as `optional, repeatable`. */
export function kindOf(argument: Manual["arguments"][number]): string {
  const { optional, repeatable } = argument;
  return (optional ? "optional" : "required") +
    (repeatable ? ", repeatable" : "");
}

/** `exit-codes` → `Exit codes`. */
export function titleOf(name: string): string {
  const words = name.replaceAll("-", " ");
  return words[0]!.toUpperCase() + words.slice(1);
}
