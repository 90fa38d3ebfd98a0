/** `sinch conversation webhooks`: lists its commands, each loaded when it is called. */
import {
  type AnyCommand,
  type Cli,
  createGroup,
  type Entry,
} from "../../cli.ts";

const ENTRIES: readonly Entry[] = [
  {
    name: "list",
    summary: "List an app's webhooks",
    load: () => import("./list.ts"),
  },
  { name: "get", summary: "Show a webhook", load: () => import("./get.ts") },
  {
    name: "create",
    summary: "Create a webhook",
    load: () => import("./create.ts"),
  },
  {
    name: "update",
    summary: "Change a webhook",
    load: () => import("./update.ts"),
  },
  {
    name: "delete",
    summary: "Delete a webhook",
    load: () => import("./delete.ts"),
  },
];

export function create(cli: Cli, words: string[]): Promise<AnyCommand> {
  return createGroup(cli, {
    summary:
      "Manage webhooks: where the API reports what happens to an app, five of them at most.",
    entries: ENTRIES,
    words,
  });
}
