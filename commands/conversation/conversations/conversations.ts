/** `sinch conversation conversations`: lists by itself, and has commands for one. */
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
    summary: "List an app's conversations",
    load: () => import("./list.ts"),
  },
  {
    name: "get",
    summary: "Show a conversation",
    load: () => import("./get.ts"),
  },
  {
    name: "stop",
    summary: "Stop an active conversation",
    load: () => import("./stop.ts"),
  },
];

export function create(cli: Cli, words: string[]): Promise<AnyCommand> {
  return createGroup(cli, {
    summary: "List an app's conversations; show or stop one of them.",
    entries: ENTRIES,
    words,
    itself: createList(cli),
  });
}
