/** `sinch config`: lists its commands, each loaded when it is called. */
import { type AnyCommand, type Cli, createGroup, type Entry } from "../cli.ts";

const ENTRIES: readonly Entry[] = [
  {
    name: "set",
    summary: "Set a value of the profile",
    load: () => import("./set.ts"),
  },
  {
    name: "get",
    summary: "Print one value",
    load: () => import("./get.ts"),
  },
  {
    name: "list",
    summary: "Show every value, and where it comes from",
    load: () => import("./list.ts"),
  },
  {
    name: "profile",
    summary: "List, create, choose and delete profiles",
    load: () => import("./profile/profile.ts"),
  },
];

export function create(cli: Cli, words: string[]): Promise<AnyCommand> {
  return createGroup(cli, {
    summary:
      "Defaults for every command, kept in profiles. A flag or an environment variable wins over them.",
    entries: ENTRIES,
    words,
  });
}
