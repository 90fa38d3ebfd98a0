/** What became of each row, as a file: all columns that were read, and the outcome. */
import { csvCell } from "../../output/list.ts";
import type { ReportRow, RunJournal } from "./journal.ts";

/** Added after the columns of the file. */
const COLUMNS = ["row", "message_id", "outcome", "reason", "time"] as const;
const ROWS_AT_ONCE = 500;

/** CSV after RFC 4180 in pieces of some rows each. */
export function* reportCsv(journal: RunJournal): Iterable<string> {
  const { columns } = journal.facts;
  // A column of the file may be called as one of ours.
  const own = COLUMNS.map((name) =>
    columns.includes(name) ? `sinch_${name}` : name
  );
  let piece = line([...columns, ...own]);
  let rows = 0;
  for (const row of journal.report()) {
    piece += line([...columns.map((_, at) => row.input[at] ?? ""), ...of(row)]);
    if (++rows % ROWS_AT_ONCE === 0) {
      yield piece;
      piece = "";
    }
  }
  yield piece;
}

function of({ row, messageId, state, reason, at }: ReportRow): string[] {
  return [
    String(row),
    messageId ?? "",
    // A row that was not sent yet is left, to the reader of a report.
    state === "planned" ? "left" : state,
    reason ?? "",
    at === undefined || state === "planned" ? "" : new Date(at).toISOString(),
  ];
}

function line(cells: readonly string[]): string {
  return `${cells.map((cell) => csvCell(cell)).join(",")}\r\n`;
}
