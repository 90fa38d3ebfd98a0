/**
 * RFC 3339, also with a blank instead of the `T`, as the official Python SDK
 * writes times in a query. There, the blank arrives as a `+`.
 */
const TIMESTAMP =
  /^(\d{4}-\d\d-\d\d)[T +](\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d))$/i;

/** The epoch milliseconds of a timestamp; undefined for any other text. */
export function timestampMs(text: string): number | undefined {
  const [, date, time] = TIMESTAMP.exec(text) ?? [];
  const ms = Date.parse(`${date}T${time}`);
  return Number.isNaN(ms) ? undefined : ms;
}

/** Epoch milliseconds as the API writes time. */
export function rfc3339(ms: number): string {
  return new Date(ms).toISOString();
}
