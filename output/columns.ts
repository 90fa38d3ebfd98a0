/** The columns of a list: what the commands declare and `--columns` chooses from. */
import { usageError } from "../errors.ts";

export interface Column<Row> {
  /** As `--columns` spells it; in capitals above the table. */
  name: string;
  value(row: Row): string | undefined;
  /** An `id` is never cut; a `time` (RFC 3339) is relative in a terminal. */
  kind?: "id" | "time";
  /** Shown only when it is asked for by name. */
  extra?: boolean;
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
    if (column) return column;
    throw usageError(
      `--columns has no column "${given.trim()}"`,
      `The columns are ${columns.map(({ name }) => name).join(", ")}.`,
    );
  });
}
