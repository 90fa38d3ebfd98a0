/** `sinch conversation bulk list` */
import type { Column } from "../../../output/columns.ts";
import { action } from "../../action.ts";
import type { Cli } from "../../cli.ts";
import { listCommand, type OptionsOf } from "../../command.ts";
import type { Context } from "../../context.ts";
import { showList } from "../../list.ts";
import { runsOf, stateOf, tally } from "./run.ts";

interface RunRow {
  run: string;
  state: string;
  source: string;
  started: string;
  rows: number;
  accepted: number;
  refused: number;
  unknown: number;
  skipped: number;
  left: number;
}

const COLUMNS: readonly Column<RunRow>[] = [
  { name: "run", value: ({ run }) => run, kind: "id" },
  { name: "started", value: ({ started }) => started, kind: "time" },
  { name: "recipients", value: ({ source }) => source, spare: true },
  { name: "state", value: ({ state }) => state, kind: "state" },
  ...(["rows", "accepted", "refused", "unknown", "left"] as const).map((
    name,
  ): Column<RunRow> => ({ name, value: (row) => String(row[name]) })),
  {
    name: "skipped",
    value: ({ skipped }) => String(skipped),
    extra: true,
  },
];

const declare = () =>
  listCommand("List the bulk runs of this machine, newest first", COLUMNS)
    .example("List the latest runs", "sinch conversation bulk list")
    .example(
      "List the latest run as JSON",
      "sinch conversation bulk list --limit 1 --json",
    );

export const create = (cli: Cli) => declare().action(action(cli, list));

async function list(
  context: Context,
  options: OptionsOf<typeof declare>,
): Promise<void> {
  await showList<RunRow>(context, options, {
    noun: "run",
    columns: COLUMNS,
    pages: (limit) => rowsOf(context, limit),
  });
}

async function* rowsOf(context: Context, limit: number) {
  const runs = runsOf(context);
  const ids = await runs.ids();
  const rows: RunRow[] = [];
  for (const id of ids.slice(0, limit)) {
    const isLive = await runs.isLive(id);
    using journal = runs.open(id);
    const { source, createdAt } = journal.facts;
    rows.push({
      run: id,
      state: stateOf(journal, isLive),
      source,
      started: new Date(createdAt).toISOString(),
      ...tally(journal, isLive),
    });
  }
  yield { rows, more: ids.length > limit };
}
