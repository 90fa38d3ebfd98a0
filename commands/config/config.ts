/** `sinch config` */
import { group } from "../cli.ts";

export const create = group({
  summary:
    "Set defaults and manage profiles. Options and environment variables override the values of a profile.",
  examples: [
    ["Set the default region", "sinch config set region=eu"],
    ["Show the active settings", "sinch config list"],
    ["Create a profile", "sinch config profile create staging"],
  ],
  entries: [
    {
      name: "set",
      summary: "Set defaults in the profile",
      load: () => import("./set.ts"),
    },
    {
      name: "get",
      summary: "Print one setting",
      load: () => import("./get.ts"),
    },
    {
      name: "list",
      aliases: ["show"],
      summary: "Show all settings with their sources",
      load: () => import("./list.ts"),
    },
    {
      name: "profile",
      summary: "List, create, switch and delete profiles",
      load: () => import("./profile/profile.ts"),
    },
  ],
});
