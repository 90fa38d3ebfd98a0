/** Puts a list's WHERE together from the filters that were given. */
import type { SqlValue } from "./store.ts";

/** A condition and the values of its `?`; it is left out if one is undefined. */
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
