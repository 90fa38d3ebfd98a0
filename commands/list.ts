/** Every list of the program: how much of it, in which form, and what it ends with. */
import type { Page } from "../api/pages.ts";
import { chooseColumns, type Column } from "../output/columns.ts";
import {
  csv,
  jsonLines,
  jsonList,
  type ListText,
  queriedList,
  tabbed,
} from "../output/list.ts";
import { table } from "../output/table.ts";
import type { CommonFlags, Context } from "./context.ts";
import { limitOf, type ListFlags, refuseConflicts } from "./shared_flags.ts";

export interface List<Row> {
  /** One row, such as `message`; with an `s` it is the field of the envelope. */
  noun: string;
  columns: readonly Column<Row>[];
  /** Called once the flags are in order; nothing is requested before. */
  pages(limit: number): AsyncIterable<Page<Row>>;
  /** Why there may be none. */
  emptyHint?: string;
}

/**
 * Shows a list while its pages arrive.
 *
 * @throws {Failure} When a later page fails: the rows before it stay, and a JSON
 * document breaks off before its end.
 */
export async function showList<Row>(
  context: Context,
  flags: ListFlags & CommonFlags,
  list: List<Row>,
): Promise<void> {
  refuseConflicts(flags);
  const limit = limitOf(flags);
  const { text, note } = formOf(context, flags, list);
  let count = 0;
  let last: Page<Row> | undefined;
  for await (last of list.pages(limit)) {
    // Cells are cut, and half a secret would not be found any more.
    const rows = flags.showSecrets
      ? last.rows
      : context.runtime.secrets.maskIn(last.rows);
    await context.print(text.page(rows));
    count += last.rows.length;
  }
  await context.print(text.end?.(last?.nextPageToken) ?? "");
  context.noteSandbox();
  note(count, Boolean(last?.nextPageToken ?? last?.more));
}

interface Form<Row> {
  text: ListText<Row>;
  /** Tells a person what the output itself does not. */
  note(count: number, more: boolean): void;
}

function formOf<Row>(
  context: Context,
  flags: ListFlags & CommonFlags,
  { noun, columns, emptyHint }: List<Row>,
): Form<Row> {
  const key = `${noun}s`;
  const none = [`No ${key} found.`, emptyHint].filter(Boolean).join("\n");
  const total = (count: number, more: boolean) =>
    `${count} ${count === 1 ? noun : key}${more ? ` ${MORE}` : ""}`;
  const noteRest = (count: number, more: boolean) => {
    if (count === 0) context.note(none);
    else if (more) context.note(total(count, more));
  };
  const noNote = () => {};
  const shown = chooseColumns(columns, flags.columns);
  if (flags.jsonl) return { text: jsonLines(context.query), note: noteRest };
  if (context.query) {
    return { text: queriedList(key, context.query), note: noNote };
  }
  if (flags.json) return { text: jsonList(key), note: noNote };
  if (flags.csv) return { text: csv(shown), note: noteRest };
  if (!context.style.terminal) return { text: tabbed(shown), note: noteRest };
  return {
    text: table(shown, context.style),
    note: (count, more) =>
      context.note(count === 0 ? none : `\n${total(count, more)}`),
  };
}

const MORE = "(more available: raise --limit or use --all)";
