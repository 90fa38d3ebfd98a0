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
    name: "contacts",
    summary: "List the project's contacts, or manage one of them",
    load: () => import("./contacts/contacts.ts"),
  },
  {
    name: "conversations",
    summary: "List an app's conversations; show or stop one of them",
    load: () => import("./conversations/conversations.ts"),
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
  {
    name: "templates",
    summary: "Manage message templates",
    load: () => import("./templates/templates.ts"),
  },
];

export function create(cli: Cli, words: string[]): Promise<AnyCommand> {
  return createGroup(cli, {
    summary: "Send messages; manage contacts, apps, webhooks and templates.",
    entries: ENTRIES,
    words,
  });
}
