/** `sinch conversation bulk` */
import { group } from "../../cli.ts";

export const create = group({
  summary: "List, resume, report and cancel bulk runs",
  examples: [
    ["List the runs of this machine", "sinch conversation bulk list"],
    [
      "Send what a run has left",
      "sinch conversation bulk resume 20261126-k3v9xq2m",
    ],
  ],
  entries: [
    {
      name: "list",
      summary: "List bulk runs, newest first",
      load: () => import("./list.ts"),
    },
    {
      name: "show",
      summary: "Show the outcomes of a bulk run",
      load: () => import("./show.ts"),
    },
    {
      name: "resume",
      summary: "Settle unknown rows and send the rest of a bulk run",
      load: () => import("./resume.ts"),
    },
    {
      name: "report",
      summary: "Write the outcome of every row to a file, or prove it",
      load: () => import("./report.ts"),
    },
    {
      name: "cancel",
      summary: "Give up the rows of a bulk run that were not sent",
      load: () => import("./cancel.ts"),
    },
  ],
});
