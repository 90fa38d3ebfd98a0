/** Pages of a list, read one after the other as long as more are wanted. */
import { Failure } from "../errors.ts";
import type { ApiRequest } from "./http/request.ts";

export interface Page<Row> {
  rows: Row[];
  /** Present when the API has more rows. */
  nextPageToken?: string;
  /** There are more rows, and no token leads to them. */
  more?: boolean;
}

export interface PagesOptions<Answer, Row, Request = ApiRequest<Answer>> {
  read(request: Request): Promise<Answer>;
  request(page: { page_size: number; page_token?: string }): Request;
  rows(answer: Answer): Row[] | undefined;
  /** The API's largest page. */
  pageSize: number;
  /** How many rows in all; `Infinity` for every one. */
  limit: number;
  /** Where an earlier list ended; the beginning by default. */
  pageToken?: string;
}

/**
 * Yields pages with `limit` rows in all. The next page is asked for only when
 * the consumer comes back for it. A page may be empty: only a missing token
 * ends the list.
 *
 * @throws {Failure} api: a page is no list, or the pages would never end.
 */
export async function* pages<
  Answer extends { next_page_token?: string },
  Row,
  Request = ApiRequest<Answer>,
>(
  { read, request, rows, pageSize, limit, pageToken }: PagesOptions<
    Answer,
    Row,
    Request
  >,
): AsyncGenerator<Page<Row>> {
  let page_token = pageToken;
  let left = limit;
  let empty = 0;
  const seen = new Set<string>();
  do {
    const page_size = Math.min(pageSize, left);
    const answer = await read(request({ page_size, page_token }));
    const all = listIn(rows(answer));
    empty = all.length > 0 ? 0 : empty + 1;
    page_token = answer.next_page_token || undefined;
    if (page_token && (seen.has(page_token) || empty > MAX_EMPTY_PAGES)) {
      throw new Failure("api", "The server returned pages that never end", {
        hint: "Narrow the list with a filter, or try again later.",
      });
    }
    if (page_token) seen.add(page_token);
    yield { rows: all.slice(0, left), nextPageToken: page_token };
    left -= all.length;
  } while (page_token && left > 0);
}

/**
 * The first `limit` rows of a list that the API hands out whole.
 *
 * @throws {Failure} api: it is no list.
 */
export async function* onePage<Row>(
  read: () => Promise<Row[] | undefined>,
  limit: number,
): AsyncGenerator<Page<Row>> {
  const rows = listIn(await read());
  yield { rows: rows.slice(0, limit), more: rows.length > limit };
}

/** Filters may leave some pages empty, but not so many in a row. */
const MAX_EMPTY_PAGES = 100;

/** An absent list is an empty one. */
function listIn<Row>(rows: Row[] | undefined): Row[] {
  if (rows === undefined || rows === null || Array.isArray(rows)) {
    return rows ?? [];
  }
  throw new Failure("api", "The server returned something other than a list");
}
