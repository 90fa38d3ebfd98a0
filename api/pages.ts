/** Pages of a list, read one after the other as long as somebody wants more. */
import type { ApiRequest } from "./http/request.ts";

export interface Page<Row> {
  rows: Row[];
  /** Present when the API has more rows. */
  nextPageToken?: string;
  /** There are more rows, and no token leads to them. */
  more?: boolean;
}

export interface PagesOptions<Answer, Row> {
  read(request: ApiRequest<Answer>): Promise<Answer>;
  request(page: { page_size: number; page_token?: string }): ApiRequest<Answer>;
  rows(answer: Answer): Row[] | undefined;
  /** The API's largest page. */
  pageSize: number;
  /** How many rows in all; `Infinity` for every one. */
  limit: number;
}

/**
 * Yields pages with `limit` rows in all. The next page is asked for only when
 * the consumer comes back for it. A page may be empty: only a missing token
 * ends the list.
 */
export async function* pages<
  Answer extends { next_page_token?: string },
  Row,
>(
  { read, request, rows, pageSize, limit }: PagesOptions<Answer, Row>,
): AsyncGenerator<Page<Row>> {
  let page_token: string | undefined;
  let left = limit;
  do {
    const page_size = Math.min(pageSize, left);
    const answer = await read(request({ page_size, page_token }));
    const all = rows(answer) ?? [];
    page_token = answer.next_page_token || undefined;
    yield { rows: all.slice(0, left), nextPageToken: page_token };
    left -= all.length;
  } while (page_token && left > 0);
}

/** The first `limit` rows of a list that the API hands out whole. */
export async function* onePage<Row>(
  read: () => Promise<Row[] | undefined>,
  limit: number,
): AsyncGenerator<Page<Row>> {
  const rows = await read() ?? [];
  yield { rows: rows.slice(0, limit), more: rows.length > limit };
}
