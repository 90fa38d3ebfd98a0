/** `sinch conversation`: lists its commands, each loaded when it is called. */
import { type AnyCommand, type Cli, createGroup, type Entry } from "../cli.ts";

const ENTRIES: readonly Entry[] = [
  {
    name: "send",
    summary: "Send a message",
    load: () => import("./send.ts"),
  },
  {
    name: "messages",
    summary: "List, show, update and delete messages",
    load: () => import("./messages/messages.ts"),
  },
  {
    name: "apps",
    summary: "Manage apps, and choose the default one",
    load: () => import("./apps/apps.ts"),
  },
  {
    name: "webhooks",
    summary: "Manage an app's webhooks",
    load: () => import("./webhooks/webhooks.ts"),
  },
];

export function create(cli: Cli, words: string[]): Promise<AnyCommand> {
  return createGroup(cli, {
    summary: "Send messages; manage contacts, apps, webhooks and templates.",
    entries: ENTRIES,
    words,
  });
}
