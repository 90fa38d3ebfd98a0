/**
 * A call to the API as a value: resource modules make it, `HttpClient` carries
 * it out, `--dry-run` and `--curl` show it.
 */
import { usageError } from "../../errors.ts";

/** `T` is what its answer is read as. */
export interface ApiRequest<T = unknown> {
  method: "GET" | "POST" | "PATCH" | "PUT" | "DELETE";
  /** Templates and batches live on hosts of their own. */
  host: "conversation" | "template" | "batch";
  /** Below `/v1/projects/{project_id}/` (templates: `/v2/…`), already encoded. */
  path: string;
  query?: Query;
  body?: unknown;
  /** A field without which a 200 says nothing, such as `message_id`. */
  answerHas?: string;
  /** What is then done, such as "Message accepted"; its ID is `answerHas`. */
  done?: string;
  /** Reads the answer's JSON, whatever is in it; without one it is not looked at. */
  answerAs?: (json: unknown) => T;
  /** Whether any JSON will do as an answer, and none at all. */
  answerIsAny?: boolean;
  /** Called with the last answer, a refusal too, before it is read. */
  answered?(answer: Answer): void;
}

/** What the server answered to the last try. */
export interface Answer {
  status: number;
  headers: Headers;
  text: string;
}

/** Absent values are left out; lists are comma-joined, as update masks are. */
export type Query = Record<
  string,
  string | number | boolean | readonly string[] | undefined
>;

/**
 * A path whose inserted ids are encoded: `` path`contacts/${id}:merge` ``.
 *
 * @throws {Failure} `usage` for an id that would point elsewhere: empty, `.`, `..`.
 */
export function path(
  texts: TemplateStringsArray,
  ...ids: string[]
): string {
  return String.raw({ raw: texts }, ...ids.map(encodeId));
}

function encodeId(id: string): string {
  if (/^\.{0,2}$/.test(id)) throw usageError(`"${id}" is not an id`);
  return encodeURIComponent(id);
}

/** Where requests go: origins without a trailing slash, and the project's id. */
export interface Target {
  urls: { conversation: string; template: string; batch?: string };
  projectId: string;
}

/**
 * The whole URL of a request.
 *
 * @throws {Failure} usage: only some of the hosts are set, and not this one. The
 * paths of the Batch API mean something else on the others.
 */
export function urlOf(request: ApiRequest, target: Target): string {
  const origin = target.urls[request.host];
  if (origin === undefined) {
    throw usageError(
      "SINCH_API_URL does not cover the Batch API",
      "Set SINCH_BATCH_URL too.",
    );
  }
  const version = request.host === "template" ? "v2" : "v1";
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(request.query ?? {})) {
    if (value !== undefined) query.set(name, String(value));
  }
  const search = query.size > 0 ? `?${query}` : "";
  return `${origin}/${version}/projects/` +
    `${encodeURIComponent(target.projectId)}/${request.path}${search}`;
}

/**
 * Refuses texts that JSON can write and UTF-8 cannot, and NUL.
 *
 * @param at The place of `value` in the body, such as `message.text`.
 * @throws {Failure} usage
 */
export function checkBody(value: unknown, at = ""): void {
  if (typeof value === "string") return checkText(value, at);
  if (typeof value !== "object" || value === null) return;
  for (const [name, inner] of Object.entries(value)) {
    checkText(name, at);
    checkBody(inner, at ? `${at}.${name}` : name);
  }
}

function checkText(text: string, at: string): void {
  const found = /\0|\p{Surrogate}/u.exec(text);
  if (!found) return;
  const what = found[0] === "\0" ? "a NUL" : "half a surrogate pair";
  throw usageError(
    `${at || "The body"} has ${what} at character ${found.index + 1}`,
    "A message is text in UTF-8.",
  );
}
