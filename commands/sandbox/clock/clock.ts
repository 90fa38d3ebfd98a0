/** `sinch sandbox clock`: shows the time by itself, and has a command to advance it. */
import { group } from "../../cli.ts";
import { create as createShow } from "./show.ts";

export const create = group({
  summary:
    "Show or advance the sandbox clock. Only `sinch sandbox reset` sets it back.",
  examples: [[
    "Advance the clock by a day",
    "sinch sandbox clock advance 1d",
  ]],
  itself: createShow,
  entries: [
    {
      name: "advance",
      summary: "Advance the sandbox clock",
      load: () => import("./advance.ts"),
    },
  ],
});
