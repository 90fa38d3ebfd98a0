/** Puts a list's WHERE together from the filters that were given. */
import type { SqlValue } from "./store.ts";

/** A condition and the values of its `?`; it is left out if one is undefined. */
export type Condition = [sql: string, ...values: (SqlValue | undefined)[]];

/** @param always conditions that hold without a value */
export function where(
  conditions: Condition[],
  always: string[] = [],
): { sql: string; values: SqlValue[] } {
  const given = conditions.filter((one) => !one.includes(undefined));
  const all = [...given.map(([sql]) => sql), ...always];
  return {
    sql: all.length > 0 ? `WHERE ${all.join(" AND ")}` : "",
    values: given.flatMap(([, ...values]) => values as SqlValue[]),
  };
}
