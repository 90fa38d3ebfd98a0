/** `sinch conversation contacts`: lists by itself. */
import { group } from "../../cli.ts";
import { create as createList } from "./list.ts";

export const create = group({
  summary: "List contacts, or manage one of them",
  itself: createList,
  entries: [
    {
      name: "list",
      summary: "List contacts",
      load: () => import("./list.ts"),
    },
    {
      name: "get",
      summary: "Show a contact",
      load: () => import("./get.ts"),
    },
    {
      name: "create",
      summary: "Create a contact",
      load: () => import("./create.ts"),
    },
    {
      name: "update",
      summary: "Update a contact",
      load: () => import("./update.ts"),
    },
    {
      name: "delete",
      summary: "Delete a contact",
      load: () => import("./delete.ts"),
    },
    {
      name: "merge",
      summary: "Merge a contact into another",
      load: () => import("./merge.ts"),
    },
  ],
});
