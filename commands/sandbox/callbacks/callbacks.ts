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
    summary: "List what the app's webhooks were told",
    load: () => import("./list.ts"),
  },
  {
    name: "get",
    summary: "Show a callback with its body",
    load: () => import("./get.ts"),
  },
  {
    name: "redeliver",
    summary: "Post a callback once more",
    load: () => import("./redeliver.ts"),
  },
];

export function create(cli: Cli, words: string[]): Promise<AnyCommand> {
  return createGroup(cli, {
    summary:
      "List what the sandbox told webhooks, and what they answered; or take one callback.",
    entries: ENTRIES,
    words,
    itself: createList(cli),
  });
}
