/** `sinch sandbox callbacks`: lists by itself, and has commands for one callback. */
import { group } from "../../cli.ts";
import { create as createList } from "./list.ts";

export const create = group({
  summary: "List or redeliver webhook callbacks",
  examples: [["Redeliver a callback", "sinch sandbox callbacks redeliver 1"]],
  itself: createList,
  entries: [
    {
      name: "list",
      summary: "List webhook callbacks, newest first",
      load: () => import("./list.ts"),
    },
    {
      name: "get",
      summary: "Show a callback with its body",
      load: () => import("./get.ts"),
    },
    {
      name: "redeliver",
      summary: "Redeliver a callback",
      load: () => import("./redeliver.ts"),
    },
  ],
});
