/** Choosing one of what exists, instead of typing its ID. */
import type { ApiRequest } from "../api/http/request.ts";
import type { Page } from "../api/pages.ts";
import type { Failure } from "../errors.ts";
import type { Prompter } from "./prompter.ts";

/** What a wizard needs: questions, and the API to list what exists. */
export interface WizardContext {
  prompter: Prompter;
  read<T>(request: ApiRequest<T>): Promise<T>;
}

export interface PickQuestion<Row> {
  message: string;
  /** What distinguishes the rows, the ID first; empty texts are left out. */
  columns(row: Row): (string | undefined)[];
  /** Thrown when there is nothing to choose from. */
  empty(): Failure;
}

/** Lets a person choose one of the rows. */
export async function pick<Row>(
  prompter: Prompter,
  rows: Row[],
  { message, columns, empty }: PickQuestion<Row>,
): Promise<Row> {
  if (rows.length === 0) throw empty();
  return await prompter.select({
    message,
    search: true,
    choices: rows.map((row) => ({ value: row, label: labelOf(columns(row)) })),
  });
}

/** The same from a list with pages, which are read one by one. */
export async function pickFromPages<Row>(
  prompter: Prompter,
  pages: AsyncIterable<Page<Row>>,
  { message, columns, empty }: PickQuestion<Row>,
): Promise<Row> {
  const choices: { value: Row | undefined; label: string }[] = [];
  for await (const { rows, nextPageToken } of pages) {
    choices.push(...rows.map((row) => ({
      value: row,
      label: labelOf(columns(row)),
    })));
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

function labelOf(columns: (string | undefined)[]): string {
  return columns.filter(Boolean).join("  ");
}
