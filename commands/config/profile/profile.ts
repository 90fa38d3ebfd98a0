/** `sinch config profile`: lists its commands, each loaded when it is called. */
import {
  type AnyCommand,
  type Cli,
  createGroup,
  type Entry,
} from "../../cli.ts";

const ENTRIES: readonly Entry[] = [
  {
    name: "list",
    summary: "List the profiles",
    load: () => import("./list.ts"),
  },
  {
    name: "create",
    summary: "Create an empty profile",
    load: () => import("./create.ts"),
  },
  {
    name: "use",
    summary: "Make a profile the active one",
    load: () => import("./use.ts"),
  },
  {
    name: "delete",
    summary: "Delete a profile and its credentials",
    load: () => import("./delete.ts"),
  },
];

export function create(cli: Cli, words: string[]): Promise<AnyCommand> {
  return createGroup(cli, {
    summary:
      "Profiles: each has its own credentials and defaults. --profile or SINCH_PROFILE names one for a call.",
    entries: ENTRIES,
    words,
  });
}
