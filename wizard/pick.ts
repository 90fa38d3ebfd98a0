/** Choosing one of what exists, instead of typing its ID. */
import type { ApiRequest } from "../api/http/request.ts";
import type { Page } from "../api/pages.ts";
import type { Failure } from "../errors.ts";
import type { Prompter, SelectOption } from "./prompter.ts";

/** What a wizard needs: questions, and the API to list what exists. */
export interface WizardContext {
  prompter: Prompter;
  read<T>(request: ApiRequest<T>): Promise<T>;
}

export interface PickQuestion<Row> {
  message: string;
  /** What people know the rows by, beside the ID; empty texts are left out. */
  columns(row: Row): (string | undefined)[];
  /** Thrown when there is nothing to choose from. */
  empty(): Failure;
}

/** Lets a person choose one of the rows. */
export async function pick<Row extends { id: string }>(
  prompter: Prompter,
  rows: Row[],
  { message, columns, empty }: PickQuestion<Row>,
): Promise<Row> {
  if (rows.length === 0) throw empty();
  return await prompter.select({
    message,
    search: true,
    choices: rows.map((row) => optionOf(row, columns(row))),
  });
}

/** The same from a list with pages, which are read one by one. */
export async function pickFromPages<Row extends { id: string }>(
  prompter: Prompter,
  pages: AsyncIterable<Page<Row>>,
  { message, columns, empty }: PickQuestion<Row>,
): Promise<Row> {
  const choices: SelectOption<Row | undefined>[] = [];
  for await (const { rows, nextPageToken } of pages) {
    choices.push(...rows.map((row) => optionOf(row, columns(row))));
    // A page may be empty and still not be the last.
    if (rows.length === 0 && nextPageToken) continue;
    if (choices.length === 0) break;
    const chosen = await prompter.select({
      message,
      search: true,
      choices: nextPageToken
        ? [...choices, { value: undefined, label: "Show more…" }]
        : choices,
      default: rows[0],
    });
    if (chosen !== undefined) return chosen;
  }
  throw empty();
}

/** A row by its texts, the ID where it is none of them behind. */
export function optionOf<Row extends { id: string }>(
  row: Row,
  columns: (string | undefined)[],
): SelectOption<Row> {
  const label = columns.filter(Boolean).join("  ");
  return label && !columns.includes(row.id)
    ? { value: row, label, id: row.id }
    : { value: row, label: label || row.id };
}
