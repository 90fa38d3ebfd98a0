/** Builds a list's WHERE clause from the given filters. */
import type { SqlValue } from "./store.ts";

/** A condition and the values of its `?`; omitted if a value is undefined. */
export type Condition = [sql: string, ...values: (SqlValue | undefined)[]];

export function where(
  conditions: Condition[],
): { sql: string; values: SqlValue[] } {
  const given = conditions.filter((one) => !one.includes(undefined));
  return {
    sql: given.length > 0
      ? `WHERE ${given.map(([sql]) => sql).join(" AND ")}`
      : "",
    values: given.flatMap(([, ...values]) => values as SqlValue[]),
  };
}
