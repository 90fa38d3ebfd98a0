/** `sinch sandbox`: the embedded Conversation API, as a server and as data. */
import { type AnyCommand, type Cli, createGroup, type Entry } from "../cli.ts";

const ENTRIES: readonly Entry[] = [
  {
    name: "start",
    summary: "Serve the sandbox over HTTP until Ctrl-C",
    load: () => import("./start.ts"),
  },
  {
    name: "env",
    summary: "Print the variables that point a client at the running sandbox",
    load: () => import("./env.ts"),
  },
  {
    name: "reply",
    summary: "Write to the app as the person on the other side",
    load: () => import("./reply.ts"),
  },
  {
    name: "tap",
    summary: "Tap a choice of a message",
    load: () => import("./tap.ts"),
  },
  {
    name: "show",
    summary: "Show what became of a message, and what the phone got",
    load: () => import("./show.ts"),
  },
  {
    name: "callbacks",
    summary: "List what webhooks were told, or post it again",
    load: () => import("./callbacks/callbacks.ts"),
  },
  {
    name: "trigger",
    summary: "Tell the app's webhooks of anything",
    load: () => import("./trigger.ts"),
  },
  {
    name: "rule",
    aliases: ["rules"],
    summary: "Say what should go wrong",
    load: () => import("./rule/rule.ts"),
  },
  {
    name: "clock",
    summary: "Tell the sandbox's time, or put it forward",
    load: () => import("./clock/clock.ts"),
  },
  {
    name: "reset",
    summary: "Delete everything the sandbox has stored",
    load: () => import("./reset.ts"),
  },
];

export function create(cli: Cli, words: string[]): Promise<AnyCommand> {
  return createGroup(cli, {
    summary:
      "A local Conversation API inside this program: no account, no cost. Every command runs on it with --sandbox; `sandbox start` serves it to SDKs and tests.",
    entries: ENTRIES,
    words,
  });
}
