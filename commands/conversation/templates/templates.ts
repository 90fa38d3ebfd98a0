/** `sinch conversation templates`: lists its commands, each loaded when it is called. */
import {
  type AnyCommand,
  type Cli,
  createGroup,
  type Entry,
} from "../../cli.ts";

const ENTRIES: readonly Entry[] = [
  {
    name: "list",
    summary: "List the project's message templates",
    load: () => import("./list.ts"),
  },
  {
    name: "get",
    summary: "Show a template with its translations",
    load: () => import("./get.ts"),
  },
  {
    name: "create",
    summary: "Create a template",
    load: () => import("./create.ts"),
  },
  {
    name: "update",
    summary: "Change a template",
    load: () => import("./update.ts"),
  },
  {
    name: "delete",
    summary: "Delete a template",
    load: () => import("./delete.ts"),
  },
];

export function create(cli: Cli, words: string[]): Promise<AnyCommand> {
  return createGroup(cli, {
    summary:
      "Manage message templates for every channel, in one or more languages. Templates that WhatsApp itself approves are not among them.",
    entries: ENTRIES,
    words,
  });
}
