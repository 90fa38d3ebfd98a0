/** `sinch conversation templates` */
import { group } from "../../cli.ts";

export const create = group({
  summary:
    "Manage message templates for all channels, in one or more languages. Templates approved by WhatsApp are managed elsewhere.",
  examples: [
    ["List the message templates", "sinch conversation templates list"],
    ["Show a template", "sinch conversation templates get welcome_template"],
  ],
  entries: [
    {
      name: "list",
      summary: "List the project's message templates",
      load: () => import("./list.ts"),
    },
    {
      name: "get",
      summary: "Show a template with its translations",
      load: () => import("./get.ts"),
    },
    {
      name: "create",
      summary: "Create a template",
      load: () => import("./create.ts"),
    },
    {
      name: "update",
      summary: "Update a template",
      load: () => import("./update.ts"),
    },
    {
      name: "delete",
      summary: "Delete a template",
      load: () => import("./delete.ts"),
    },
  ],
});
