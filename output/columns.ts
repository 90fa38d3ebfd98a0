/** The columns of a list: what the commands declare and `--columns` chooses from. */
import { usageError } from "../errors.ts";

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

/**
 * The columns a comma list names, in its order; those that are not extra
 * without one.
 *
 * @throws {Failure} "usage" for an unknown name.
 */
export function chooseColumns<Row>(
  columns: readonly Column<Row>[],
  names?: string,
): Column<Row>[] {
  if (names === undefined) return columns.filter(({ extra }) => !extra);
  return names.split(",").map((given) => {
    const name = given.trim().toLowerCase();
    const column = columns.find((column) => column.name === name);
    if (column) return { ...column, spare: false };
    throw usageError(
      `--columns has no column "${given.trim()}"`,
      `The columns are ${columns.map(({ name }) => name).join(", ")}.`,
    );
  });
}
