/** `sinch conversation webhooks` */
import { group } from "../../cli.ts";

export const create = group({
  summary: "Manage webhooks: URLs that receive an app's events (max 5 per app)",
  examples: [
    ["List an app's webhooks", "sinch conversation webhooks list"],
    [
      "Create a webhook",
      "sinch conversation webhooks create --target https://example.com/inbound --triggers MESSAGE_INBOUND",
    ],
  ],
  entries: [
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
      summary: "Update a webhook",
      load: () => import("./update.ts"),
    },
    {
      name: "delete",
      summary: "Delete a webhook",
      load: () => import("./delete.ts"),
    },
    {
      name: "verify",
      summary: "Check the signature of a callback",
      load: () => import("./verify.ts"),
    },
  ],
});
