/** The columns of a list: what the commands declare and `--columns` chooses from. */
export interface Column<Row> {
  /** As `--columns` spells it; above the table `last-message` is LAST MESSAGE. */
  name: string;
  value(row: Row): string | undefined;
  /**
   * A `text` is cut where the terminal ends, a `time` (RFC 3339) is relative in
   * it; an `id`, or a word such as a channel, is shown whole.
   */
  kind?: "id" | "text" | "time";
  /** Shown only when it is asked for by name. */
  extra?: boolean;
  /** Left out of a table that would be wider than the terminal. */
  spare?: boolean;
}

/** The columns with these names, in their order; by default those not extra. */
export function chooseColumns<Row>(
  columns: readonly Column<Row>[],
  names?: readonly string[],
): Column<Row>[] {
  if (names === undefined) return columns.filter(({ extra }) => !extra);
  return names.map((name) => ({
    ...columns.find((column) => column.name === name)!,
    spare: false,
  }));
}
