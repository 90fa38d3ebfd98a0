/** `sinch conversation conversations`: lists by itself. */
import { group } from "../../cli.ts";
import { create as createList } from "./list.ts";

export const create = group({
  summary: "List an app's conversations, or show or stop one of them",
  itself: createList,
  entries: [
    {
      name: "list",
      summary: "List an app's conversations",
      load: () => import("./list.ts"),
    },
    {
      name: "get",
      summary: "Show a conversation",
      load: () => import("./get.ts"),
    },
    {
      name: "stop",
      summary: "Stop an active conversation",
      load: () => import("./stop.ts"),
    },
  ],
});
