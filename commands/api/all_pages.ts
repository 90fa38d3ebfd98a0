/** Every page of any list, merged into one document. */
import type { ApiRequest } from "../../api/http/request.ts";
import { pages } from "../../api/pages.ts";
import { Failure } from "../../errors.ts";
import { isRecord } from "../../json.ts";

/**
 * The first page with the rows of all of them, and without a token.
 *
 * @throws {Failure} api: an answer has several lists, or the pages never end
 */
export async function allPages(
  request: ApiRequest<unknown>,
  read: (request: ApiRequest<unknown>) => Promise<unknown>,
): Promise<unknown> {
  const { page_token: pageToken, ...query } = request.query ?? {};
  const all: unknown[] = [];
  let first: unknown;
  let name: string | undefined;
  const list = pages<Page, unknown, ApiRequest<unknown>>({
    read: async (page) => {
      const answer = await read(page);
      first ??= answer;
      // Batches are a list without a name, all of it.
      return isRecord(answer) ? answer : { rows: answer };
    },
    request: ({ page_token }) => ({
      ...request,
      query: { ...query, page_token },
    }),
    rows: (answer) => {
      name ??= nameOfList(answer);
      // `pages` refuses what is no list.
      return name === undefined ? undefined : answer[name] as unknown[];
    },
    pageSize: Infinity,
    limit: Infinity,
    pageToken: pageToken === undefined ? undefined : String(pageToken),
  });
  for await (const { rows } of list) for (const row of rows) all.push(row);
  if (!isRecord(first)) return all;
  const { next_page_token: _, ...rest } = first;
  return name === undefined ? rest : { ...rest, [name]: all };
}

interface Page extends Record<string, unknown> {
  next_page_token?: string;
}

/** The one field with a list; a page without rows may have none, and one thing several. */
function nameOfList(answer: Page): string | undefined {
  const names = Object.entries(answer).filter(([, value]) =>
    Array.isArray(value)
  ).map(([name]) => name);
  if (names.length < 2 || !answer.next_page_token) return names[0];
  throw new Failure("api", `The response has several lists: ${names}`, {
    hint: "Get its pages without --paginate.",
  });
}
