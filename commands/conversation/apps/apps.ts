/** `sinch conversation apps` */
import { group } from "../../cli.ts";

export const create = group({
  summary:
    "Manage apps: each app has its own channels, webhooks and conversations",
  examples: [
    ["List the project's apps", "sinch conversation apps list"],
    ["Create an app", 'sinch conversation apps create "Support"'],
  ],
  entries: [
    {
      name: "list",
      summary: "List the project's apps",
      load: () => import("./list.ts"),
    },
    { name: "get", summary: "Show an app", load: () => import("./get.ts") },
    {
      name: "create",
      summary: "Create an app",
      load: () => import("./create.ts"),
    },
    {
      name: "update",
      summary: "Update the name, mode or channels of an app",
      load: () => import("./update.ts"),
    },
    {
      name: "use",
      summary: "Set the default app of the profile",
      load: () => import("./use.ts"),
    },
    {
      name: "delete",
      summary: "Delete an app",
      load: () => import("./delete.ts"),
    },
  ],
});
