/** `sinch sandbox callbacks`: lists by itself, and has commands for one callback. */
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
    summary: "List webhook callbacks, newest first",
    load: () => import("./list.ts"),
  },
  {
    name: "get",
    summary: "Show a callback with its body",
    load: () => import("./get.ts"),
  },
  {
    name: "redeliver",
    summary: "Redeliver a callback",
    load: () => import("./redeliver.ts"),
  },
];

export function create(cli: Cli, words: string[]): Promise<AnyCommand> {
  return createGroup(cli, {
    summary: "List or redeliver webhook callbacks",
    entries: ENTRIES,
    words,
    itself: createList(cli),
    examples: [["Redeliver a callback", "sinch sandbox callbacks redeliver 1"]],
  });
}
