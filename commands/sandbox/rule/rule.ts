/** `sinch sandbox rule`: lists by itself, and has commands for rules. */
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
    summary: "List fault rules",
    load: () => import("./list.ts"),
  },
  {
    name: "add",
    summary: "Add a fault rule, or those of a file",
    load: () => import("./add.ts"),
  },
  {
    name: "remove",
    summary: "Remove a fault rule, or all of them",
    load: () => import("./remove.ts"),
  },
];

export function create(cli: Cli, words: string[]): Promise<AnyCommand> {
  return createGroup(cli, {
    summary:
      "Manage fault rules: fail messages, refuse requests, delay answers, repeat callbacks. The first rule that matches applies.",
    entries: ENTRIES,
    words,
    itself: createList(cli),
    examples: [[
      "Refuse one request in 20 with 429",
      "sinch sandbox rule add --http 429 --rate 5%",
    ]],
  });
}
