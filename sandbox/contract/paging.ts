/**
 * Pages by key: a token holds the last key of the previous page, not a number of
 * rows, so that new rows neither repeat nor hide others.
 *
 * A token contains a hash of its list, filters and key: a token of another list
 * is refused. It uses only `[A-Za-z0-9_-]`, because the Node SDK does not encode
 * it.
 */
import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { invalidField } from "./errors.ts";

const MARK_LENGTH = 8;

export interface Page {
  /** Key of the last row of the previous page. */
  after: string | undefined;
  /** How many rows to read: one more than the page shows. */
  limit: number;
  /** Cuts the rows to the page and creates the next page's token. */
  cut<Row>(rows: Row[], key: (last: Row) => string): Cut<Row>;
}

export interface Cut<Row> {
  rows: Row[];
  /** `""` at the end of the list. */
  nextPageToken: string;
}

export interface PageRequest {
  page_size?: unknown;
  page_token?: unknown;
}

/**
 * Reads the page size and token of a list.
 *
 * @param list name of the list, such as "messages"
 * @param filters what else selects the rows; a token is valid only for these
 * @param max the list's largest page; larger sizes are reduced to it
 */
export function readPage(
  request: PageRequest,
  list: string,
  filters: Record<string, unknown>,
  max: number,
): Page {
  const size = readSize(request.page_size, max);
  const scope = JSON.stringify([list, Object.entries(filters).sort()]);
  return {
    after: readToken(request.page_token, scope),
    limit: size + 1,
    cut: (rows, key) => {
      if (rows.length <= size) return { rows, nextPageToken: "" };
      const shown = rows.slice(0, size);
      return { rows: shown, nextPageToken: tokenOf(key(shown.at(-1)!), scope) };
    },
  };
}

function tokenOf(key: string, scope: string): string {
  const mark = createHash("sha256").update(scope).update(key)
    .digest("base64url").slice(0, MARK_LENGTH);
  return mark + Buffer.from(key).toString("base64url");
}

const DEFAULT_SIZE = 10;

function readSize(value: unknown, max: number): number {
  if (value === undefined || value === null || value === "") {
    return Math.min(DEFAULT_SIZE, max);
  }
  const size = Number(value);
  if (!Number.isInteger(size) || size < 0) {
    throw invalidField("page_size", `must be a whole number from 1 to ${max}`);
  }
  return size === 0 ? Math.min(DEFAULT_SIZE, max) : Math.min(size, max);
}

function readToken(value: unknown, scope: string): string | undefined {
  if (value === undefined || value === null || value === "") return undefined;
  if (typeof value === "string") {
    const key = Buffer.from(value.slice(MARK_LENGTH), "base64url").toString();
    if (value === tokenOf(key, scope)) return key;
  }
  throw invalidField(
    "page_token",
    "must be a next_page_token of this list, with the same filters",
  );
}
