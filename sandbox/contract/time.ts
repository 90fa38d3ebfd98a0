/** Time as the API writes it. */
let last = { ms: 0, text: "1970-01-01T00:00:00.000Z" };

/** Epoch milliseconds as the API writes time. */
export function rfc3339(ms: number): string {
  // Of many answers in a row the time is the same.
  if (ms !== last.ms) last = { ms, text: new Date(ms).toISOString() };
  return last.text;
}
