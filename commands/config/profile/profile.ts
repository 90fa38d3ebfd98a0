/** `sinch config profile` */
import { group } from "../../cli.ts";

export const create = group({
  summary:
    "Manage profiles. Each profile has its own credentials and defaults; select one with --profile or SINCH_PROFILE.",
  examples: [
    ["Create a profile", "sinch config profile create staging"],
    ["Switch to a profile", "sinch config profile use work"],
  ],
  entries: [
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
      summary: "Switch to a profile",
      load: () => import("./use.ts"),
    },
    {
      name: "delete",
      summary: "Delete a profile and its credentials",
      load: () => import("./delete.ts"),
    },
  ],
});
