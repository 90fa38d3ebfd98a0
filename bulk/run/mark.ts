/**
 * The mark that a message of a run carries in its metadata, which the API gives
 * back in lists of messages and in delivery reports: the run, and the row.
 */
import { MESSAGE_METADATA_LENGTH } from "../../options/send_kinds.ts";
import { usageError } from "../../errors.ts";

const RUN = "sinch_run";
const ROW = "sinch_row";

/**
 * Metadata with the mark. A JSON object of the user's stays one; another text
 * moves to `metadata`.
 *
 * @throws {Failure} usage: it is longer than the API takes.
 */
export function marked(
  own: string | undefined,
  run: string,
  row: number,
): string {
  const kept = own === undefined ? {} : objectIn(own) ?? { metadata: own };
  const text = JSON.stringify({ ...kept, [RUN]: run, [ROW]: row });
  if (text.length > MESSAGE_METADATA_LENGTH) {
    throw usageError(
      `--metadata is too long: with the run and row it has ${text.length} characters, the limit is ${MESSAGE_METADATA_LENGTH}`,
    );
  }
  return text;
}

/** The row of `run` that a message with this metadata was sent for. */
export function rowOf(metadata: string, run: string): number | undefined {
  // Most messages of an app are of no run: cheaper than reading them as JSON.
  if (!metadata.includes(run)) return undefined;
  const found = objectIn(metadata);
  const row = found?.[ROW];
  return found?.[RUN] === run && typeof row === "number" ? row : undefined;
}

function objectIn(text: string): Record<string, unknown> | undefined {
  try {
    const value = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? value
      : undefined;
  } catch {
    return undefined;
  }
}
