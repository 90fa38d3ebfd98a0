/** `sinch conversation apps`: lists its commands, each loaded when it is called. */
import {
  type AnyCommand,
  type Cli,
  createGroup,
  type Entry,
} from "../../cli.ts";

const ENTRIES: readonly Entry[] = [
  {
    name: "list",
    summary: "List the project's apps",
    load: () => import("./list.ts"),
  },
  { name: "get", summary: "Show an app", load: () => import("./get.ts") },
  {
    name: "create",
    summary: "Create an app",
    load: () => import("./create.ts"),
  },
  {
    name: "update",
    summary: "Change an app's name, mode or channels",
    load: () => import("./update.ts"),
  },
  {
    name: "use",
    summary: "Make an app the default of the profile",
    load: () => import("./use.ts"),
  },
  {
    name: "delete",
    summary: "Delete an app",
    load: () => import("./delete.ts"),
  },
];

export function create(cli: Cli, words: string[]): Promise<AnyCommand> {
  return createGroup(cli, {
    summary:
      "Manage the project's apps: the units that own channels, webhooks and conversations.",
    entries: ENTRIES,
    words,
  });
}
