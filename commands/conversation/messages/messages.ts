/** `sinch conversation messages` */
import { group } from "../../cli.ts";

export const create = group({
  summary: "Manage messages",
  examples: [
    ["List the latest messages", "sinch conversation messages list"],
    [
      "Show a message",
      "sinch conversation messages get 01JA7V5Q0M2N8B3C4D5E6F7G8H",
    ],
  ],
  entries: [
    {
      name: "list",
      summary: "List messages, newest first",
      load: () => import("./list.ts"),
    },
    {
      name: "get",
      summary: "Show a message",
      load: () => import("./get.ts"),
    },
    {
      name: "update",
      summary: "Replace the metadata of a message",
      load: () => import("./update.ts"),
    },
    {
      name: "delete",
      summary: "Delete a message from Sinch's storage",
      load: () => import("./delete.ts"),
    },
  ],
});
