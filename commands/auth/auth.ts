/** `sinch auth` */
import { group } from "../cli.ts";

export const create = group({
  summary: "Manage sign-in",
  examples: [
    ["Sign in", "sinch auth login"],
    ["Check that the credentials work", "sinch auth status --verify"],
  ],
  entries: [
    {
      name: "login",
      summary: "Verify and save credentials",
      load: () => import("./login.ts"),
    },
    {
      name: "status",
      summary: "Show the active credentials and settings with their sources",
      load: () => import("./status.ts"),
    },
    {
      name: "logout",
      summary: "Remove the saved credentials",
      load: () => import("./logout.ts"),
    },
    {
      name: "token",
      summary: "Print an access token (keep it secret)",
      load: () => import("./token.ts"),
    },
  ],
});
