/** `sinch conversation messages`: lists its commands. */
import {
  type AnyCommand,
  type Cli,
  createGroup,
  type Entry,
} from "../../cli.ts";

const ENTRIES: readonly Entry[] = [
  {
    name: "list",
    summary: "List messages, the newest first",
    load: () => import("./list.ts"),
  },
  {
    name: "get",
    summary: "Show a message",
    load: () => import("./get.ts"),
  },
  {
    name: "update",
    summary: "Replace the metadata of a message",
    load: () => import("./update.ts"),
  },
  {
    name: "delete",
    summary: "Delete a message from Sinch's storage",
    load: () => import("./delete.ts"),
  },
];

export function create(cli: Cli, words: string[]): Promise<AnyCommand> {
  return createGroup(cli, {
    summary: "List, show, update and delete messages.",
    entries: ENTRIES,
    words,
  });
}
