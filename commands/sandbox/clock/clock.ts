/** `sinch sandbox clock`: shows the time by itself, and has a command to advance it. */
import {
  type AnyCommand,
  type Cli,
  createGroup,
  type Entry,
} from "../../cli.ts";
import { create as createShow } from "./show.ts";

const ENTRIES: readonly Entry[] = [
  {
    name: "advance",
    summary: "Advance the sandbox clock",
    load: () => import("./advance.ts"),
  },
];

export function create(cli: Cli, words: string[]): Promise<AnyCommand> {
  return createGroup(cli, {
    summary:
      "Show or advance the sandbox clock. Only `sinch sandbox reset` sets it back.",
    entries: ENTRIES,
    words,
    itself: createShow(cli),
    examples: [[
      "Advance the clock by a day",
      "sinch sandbox clock advance 1d",
    ]],
  });
}
