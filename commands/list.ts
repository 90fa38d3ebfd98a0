/** Every list of the program: how much of it, in which form, and what it ends with. */
import { source } from "../api/answer.ts";
import type { Page } from "../api/pages.ts";
import { chooseColumns, type Column, idsLast } from "../output/columns.ts";
import {
  csv,
  jsonLines,
  jsonList,
  type ListText,
  queriedList,
  tabbed,
} from "../output/list.ts";
import { table } from "../output/table.ts";
import { DEFAULT_LIMIT, type listCommand, type OptionsOf } from "./command.ts";
import type { CommonFlags } from "./common_options.ts";
import type { Context } from "./context.ts";
import { usageError } from "../errors.ts";

export interface List<Row> {
  /** One row, such as `message`; with an `s` it is the field of the envelope. */
  noun: string;
  columns: readonly Column<Row>[];
  /** Called once the flags are in order; nothing is requested before. */
  pages(limit: number): AsyncIterable<Page<Row>>;
  /** Why there may be none. */
  emptyHint?: string;
  /** Whether the API keeps secrets in them. */
  hasSecrets?: boolean;
}

/** How much of a list, and in which form: the options of `listCommand`. */
type ListOptions = OptionsOf<typeof listCommand>;

/**
 * Shows a list while its pages arrive.
 *
 * @throws {Failure} When a later page fails: the rows before it stay, and a JSON
 * document breaks off before its end.
 */
export async function showList<Row>(
  context: Context,
  options: ListOptions,
  list: List<Row>,
): Promise<void> {
  refuseConflicts(options, context.flags);
  const limit = options.limit ?? (options.all ? Infinity : DEFAULT_LIMIT);
  const { text, note } = formOf(context, options, list);
  let count = 0;
  let last: Page<Row> | undefined;
  for await (last of list.pages(limit)) {
    await context.print(text.page(last.rows));
    count += last.rows.length;
  }
  await context.print(text.end?.(last?.nextPageToken) ?? "");
  note(count, Boolean(last?.nextPageToken ?? last?.more));
}

interface Form<Row> {
  text: ListText<Row>;
  /** Tells a person what the output itself does not. */
  note(count: number, more: boolean): void;
}

function formOf<Row>(
  context: Context,
  options: ListOptions,
  { noun, columns, emptyHint, hasSecrets }: List<Row>,
): Form<Row> {
  const key = `${noun}s`;
  const none = [`No ${key} found.`, emptyHint].filter(Boolean).join("\n");
  const total = (count: number, more: boolean) =>
    `${count} ${count === 1 ? noun : key}${more ? ` ${MORE}` : ""}`;
  const noteRest = (count: number, more: boolean) => {
    if (count === 0) context.note(none);
    else if (more) context.note(total(count, more));
  };
  /** A program sees for itself that there is none. */
  const noteMore = (count: number, more: boolean) => {
    if (more) context.note(total(count, more));
  };
  /** A form that shows what the API answered, not what was read in it. */
  const asItCame = ({ page, end }: ListText<unknown>): ListText<Row> => ({
    page: (rows) =>
      page(
        rows.map(source).map((row) =>
          hasSecrets ? context.concealed(row) : row
        ),
      ),
    end,
  });
  /** Cells are cut, and half a secret would not be found any more. */
  const inCells = ({ page, end }: ListText<Row>): ListText<Row> => ({
    page: (rows) =>
      page(
        context.flags.showSecrets ? rows : context.runtime.secrets.maskIn(rows),
      ),
    end,
  });
  const shown = chooseColumns(columns, options.columns);
  if (options.jsonl) {
    return {
      text: asItCame(jsonLines(context.query, context.rawText)),
      note: noteRest,
    };
  }
  if (context.query) {
    return {
      text: asItCame(queriedList(key, context.query, context.jsonText)),
      note: noteMore,
    };
  }
  if (context.flags.json) {
    return { text: asItCame(jsonList(key)), note: noteMore };
  }
  if (options.csv) {
    const form = options.csv === true ? undefined : options.csv;
    return { text: inCells(csv(shown, form)), note: noteRest };
  }
  if (!context.style.terminal) {
    return { text: inCells(tabbed(shown, context.style)), note: noteRest };
  }
  return {
    text: inCells(
      table(options.columns ? shown : idsLast(shown), context.style),
    ),
    note: (count, more) =>
      context.note(count === 0 ? none : `\n${total(count, more)}`),
  };
}

/** Of two forms one would be ignored; columns mean nothing in JSON. */
function refuseConflicts(
  { all, limit, csv, jsonl, columns }: ListOptions,
  { json, query }: CommonFlags,
): void {
  const conflicts: [string, unknown, string, unknown][] = [
    ["--all", all, "--limit", limit],
    ["--csv", csv, "--query", query],
    ["--csv", csv, "--json", json],
    ["--csv", csv, "--jsonl", jsonl],
    ["--jsonl", jsonl, "--json", json && query === undefined],
    ["--columns", columns, "--query", query],
    ["--columns", columns, "--json", json],
    ["--columns", columns, "--jsonl", jsonl],
  ];
  for (const [one, isGiven, other, isOtherGiven] of conflicts) {
    if (isGiven && isOtherGiven) {
      throw usageError(`${one} and ${other} cannot be used together`);
    }
  }
}

const MORE = "(more available: raise --limit or use --all)";
