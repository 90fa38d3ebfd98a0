/** The columns of a list: what the commands declare and `--columns` chooses from. */
export interface Column<Row> {
  /** As `--columns` spells it; above the table `last-message` is LAST MESSAGE. */
  name: string;
  value(row: Row): string | undefined;
  /**
   * A `text` is cut where the terminal ends, a `time` (RFC 3339) is relative in
   * it, a `state` has a colour; an `id`, or a word such as a channel, is shown
   * whole.
   */
  kind?: "id" | "text" | "time" | "state";
  /** One character for the value, in a terminal's table without a header. */
  symbol?(value: string): string;
  /** Shown only when it is asked for by name. */
  extra?: boolean;
  /**
   * Left out of a terminal's table that is too narrow, the last column first;
   * `last` only when there is no other.
   */
  spare?: boolean | "last";
  /** Cells that a `text` keeps while a spare column can go (default: 14). */
  readable?: number;
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
    symbol: undefined,
  }));
}

/** The order of a terminal's table: IDs last, the row's own at the very end. */
export function idsLast<Row>(columns: readonly Column<Row>[]): Column<Row>[] {
  const rank = ({ name, kind }: Column<Row>) =>
    kind !== "id" ? 0 : name === "id" ? 2 : 1;
  return columns.toSorted((a, b) => rank(a) - rank(b));
}
