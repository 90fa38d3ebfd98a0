/** `sinch sandbox rule`: what should go wrong. Lists by itself. */
import {
  type AnyCommand,
  type Cli,
  createGroup,
  type Entry,
} from "../../cli.ts";
import { create as createList } from "./list.ts";

const ENTRIES: readonly Entry[] = [
  {
    name: "list",
    summary: "List the rules, in their order",
    load: () => import("./list.ts"),
  },
  {
    name: "add",
    summary: "Add a rule, or those of a file",
    load: () => import("./add.ts"),
  },
  {
    name: "remove",
    summary: "Remove a rule, or all",
    load: () => import("./remove.ts"),
  },
];

export function create(cli: Cli, words: string[]): Promise<AnyCommand> {
  return createGroup(cli, {
    summary:
      "What should go wrong in the sandbox: messages that fail, requests that are refused, answers that are late, callbacks that come twice. The first rule that is about something decides.",
    entries: ENTRIES,
    words,
    itself: createList(cli),
  });
}
