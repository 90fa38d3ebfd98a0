/** `sinch conversation` */
import { group } from "../cli.ts";

export const create = group({
  summary: "Send messages; manage contacts, apps, webhooks and templates",
  examples: [
    [
      "Send a text message",
      'sinch conversation send +15551234567 "Hello" --channel SMS',
    ],
    ["List the latest messages", "sinch conversation messages list"],
  ],
  entries: [
    {
      name: "send",
      summary: "Send a message",
      load: () => import("./send.ts"),
    },
    {
      name: "bulk",
      summary: "List, resume, report and cancel bulk runs",
      load: () => import("./bulk/bulk.ts"),
    },
    {
      name: "messages",
      summary: "Manage messages",
      load: () => import("./messages/messages.ts"),
    },
    {
      name: "contacts",
      summary: "Manage contacts",
      load: () => import("./contacts/contacts.ts"),
    },
    {
      name: "conversations",
      summary: "List, show and stop conversations",
      load: () => import("./conversations/conversations.ts"),
    },
    {
      name: "apps",
      summary: "Manage apps and select the default app",
      load: () => import("./apps/apps.ts"),
    },
    {
      name: "webhooks",
      summary: "Manage webhooks",
      load: () => import("./webhooks/webhooks.ts"),
    },
    {
      name: "templates",
      summary: "Manage message templates",
      load: () => import("./templates/templates.ts"),
    },
  ],
});
