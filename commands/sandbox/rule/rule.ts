/** `sinch sandbox rule`: lists by itself, and has commands for rules. */
import { group } from "../../cli.ts";
import { create as createList } from "./list.ts";

export const create = group({
  summary:
    "Manage fault rules: fail messages, refuse requests, delay answers, repeat callbacks. The first rule that matches applies.",
  examples: [[
    "Refuse one request in 20 with 429",
    "sinch sandbox rule add --http 429 --rate 5%",
  ]],
  itself: createList,
  entries: [
    {
      name: "list",
      summary: "List fault rules",
      load: () => import("./list.ts"),
    },
    {
      name: "add",
      summary: "Add a fault rule, or those of a file",
      load: () => import("./add.ts"),
    },
    {
      name: "remove",
      summary: "Remove a fault rule, or all of them",
      load: () => import("./remove.ts"),
    },
  ],
});
