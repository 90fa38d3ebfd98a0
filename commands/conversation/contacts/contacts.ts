/** `sinch conversation contacts`: lists by itself, and has commands for one contact. */
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
    summary: "List contacts",
    load: () => import("./list.ts"),
  },
  {
    name: "get",
    summary: "Show a contact",
    load: () => import("./get.ts"),
  },
  {
    name: "create",
    summary: "Create a contact",
    load: () => import("./create.ts"),
  },
  {
    name: "update",
    summary: "Change a contact",
    load: () => import("./update.ts"),
  },
  {
    name: "delete",
    summary: "Delete a contact",
    load: () => import("./delete.ts"),
  },
  {
    name: "merge",
    summary: "Move everything of one contact to another",
    load: () => import("./merge.ts"),
  },
];

export function create(cli: Cli, words: string[]): Promise<AnyCommand> {
  return createGroup(cli, {
    summary: "List the project's contacts, or manage one of them.",
    entries: ENTRIES,
    words,
    itself: createList(cli),
  });
}
