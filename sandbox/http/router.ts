/**
 * From a request to a handler and back: paths, credentials, bodies, errors.
 *
 * Paths are matched as they are, because `messages:send` is one segment and
 * `{id}:stop` is an id and a verb in one.
 */
import {
  ConnectionLost,
  type ServedAnswer,
  type ServedRequest,
} from "../../runtime/runtime.ts";
import { ACCOUNT } from "../contract/account.ts";
import {
  isObject,
  type JsonObject,
  notesOf,
  unknownField,
} from "../contract/checks.ts";
import {
  bareErrorBody,
  errorBody,
  internalError,
  invalidField,
  methodNotOffered,
  notFound,
  Refusal,
} from "../contract/errors.ts";
import { parseJson } from "../contract/json.ts";
import type { Store } from "../store/store.ts";
import type { Authorizer } from "./auth.ts";
import type { Call, Handler } from "./call.ts";
import type { Faults } from "./faults.ts";

/**
 * Method, path with parts in braces, handler. A GET runs at once, other methods
 * with the next commit; "reads" marks a POST that changes nothing.
 */
export type Route = [
  method: string,
  path: string,
  handler: Handler,
  kind?: "reads",
];

interface Operation {
  handler: Handler;
  isRead: boolean;
}

interface Path {
  pattern: RegExp;
  names: string[];
  operations: Map<string, Operation>;
}

export interface RouterOptions {
  /** Whether Basic credentials are accepted instead of a token. */
  basic: boolean;
  errorBody(refusal: Refusal): string;
}

export const CONVERSATION_HOST: RouterOptions = { basic: true, errorBody };
/** Accepts only tokens, and does not wrap its errors. */
export const BATCH_HOST: RouterOptions = {
  basic: false,
  errorBody: bareErrorBody,
};

export class Router {
  readonly #paths: Path[] = [];

  constructor(
    routes: Route[],
    readonly store: Store,
    readonly authorizer: Authorizer,
    readonly options = CONVERSATION_HOST,
    /** None for the sandbox's own endpoints. */
    readonly faults?: Faults,
  ) {
    const paths = new Map<string, Path>();
    for (const [method, path, handler, kind] of routes) {
      const known = paths.get(path) ?? compile(path);
      known.operations.set(method, {
        handler,
        isRead: kind === "reads" || method === "GET",
      });
      paths.set(path, known);
    }
    this.#paths = [...paths.values()];
  }

  /** @throws {ConnectionLost} where a rule drops the connection */
  async answer(request: ServedRequest): Promise<ServedAnswer> {
    const notes: string[] = [];
    try {
      const answer = await this.#handle(request, notes);
      return answer === undefined
        ? BROKEN_OFF
        : json(200, answer, noteHeader(notes));
    } catch (error) {
      if (error instanceof ConnectionLost) throw error;
      const refusal = error instanceof Refusal ? error : internalError(error);
      Object.assign(refusal.headers, noteHeader(notes));
      return refused(refusal, this.options.errorBody);
    }
  }

  /**
   * Gives nothing where a rule says that the answer gets lost.
   *
   * @param notes receives those of the body
   */
  async #handle(
    request: ServedRequest,
    notes: string[],
  ): Promise<string | undefined> {
    const { method, url, header } = request;
    // SQLite ends a text there.
    if (url.href.includes("%00")) {
      throw invalidField("URL", "must not contain a NUL character");
    }
    const { params, isRead, handler } = this.#match(method, url.pathname);
    this.authorizer.check(
      header("authorization"),
      // The sandbox's own endpoints have no project in their path.
      params.project_id ?? ACCOUNT.projectId,
      this.store.now(),
      this.options,
    );
    const given = readQuery(url.search);
    const used = new Set<string>();
    const call: Call = {
      store: this.store,
      params,
      query: noting(given, used),
      body: readBody(request),
    };
    const fault = await this.faults?.beforeCall(url.pathname, call.body);
    let value: unknown;
    try {
      value = isRead
        ? handler(call)
        : await this.store.write(() => handler(call));
    } finally {
      notes.push(...notesOf(call.body), ...unusedIn(given, used, call.query));
    }
    if (fault === "dropped") throw new ConnectionLost();
    if (fault === "lost") return undefined;
    return JSON.stringify(value);
  }

  #match(method: string, pathname: string) {
    const path = pathname.replace(/%3A/gi, ":");
    for (const { pattern, names, operations } of this.#paths) {
      const match = pattern.exec(path);
      if (!match) continue;
      const operation = operations.get(method);
      if (!operation) throw methodNotOffered();
      const params: Record<string, string> = {};
      names.forEach((name, at) => params[name] = decoded(match[at + 1]!));
      return { ...operation, params };
    }
    throw notFound("Path");
  }
}

function compile(path: string): Path {
  const names: string[] = [];
  const source = path.replace(/\{(\w+)\}/g, (_, name) => {
    names.push(name);
    return "([^/:]+)";
  });
  return { pattern: new RegExp(`^${source}$`), names, operations: new Map() };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/**
 * Query values. A `+` is a plus sign, not a space: the official Node SDK sends
 * `identity=+46700000001` without encoding, and no value has spaces.
 */
function readQuery(search: string): Record<string, string> {
  // Without the names that every object has.
  const query: Record<string, string> = Object.create(null);
  if (search === "") return query;
  for (
    const [name, value] of new URLSearchParams(search.replaceAll("+", "%2B"))
  ) {
    if (value === "") continue;
    query[name] = query[name] ? `${query[name]},${value}` : value;
  }
  return query;
}

/** The same query, which notes what is read of it. */
function noting(
  query: Record<string, string>,
  used: Set<string>,
): Record<string, string> {
  return new Proxy(query, {
    get(target, name: string) {
      used.add(name);
      return target[name];
    },
  });
}

/** Notes about the parameters that no handler knows. */
function unusedIn(
  given: Record<string, string>,
  used: Set<string>,
  query: Record<string, string>,
): string[] {
  const unknown = notesOf(query);
  // Lists check these two apart from the rest.
  const isUnknown = (name: string) =>
    unknown.includes(unknownField(name)) && !/^page_(size|token)$/.test(name);
  return Object.keys(given)
    .filter((name) => !used.has(name) || isUnknown(name))
    .map((name) => `query parameter ${name} has no effect`);
}

function readBody({ body: bytes, header }: ServedRequest): JsonObject {
  const text = decodedUtf8(bytes);
  if (text === "") return {};
  const type = header("content-type") ?? "";
  if (!/^application\/json\b/i.test(type)) {
    throw invalidField("Content-Type", "must be application/json");
  }
  const body = parsed(text);
  if (!isObject(body)) throw invalidField("body", "must be a JSON object");
  if (isDeeper(body, MAX_DEPTH)) {
    throw invalidField("body", `must have at most ${MAX_DEPTH} levels`);
  }
  return body;
}

/** As the API's JSON mapping has it: protobuf's limit. */
const MAX_DEPTH = 100;

function isDeeper(value: unknown, levels: number): boolean {
  return typeof value === "object" && value !== null &&
    (levels === 0 ||
      Object.values(value).some((one) => isDeeper(one, levels - 1)));
}

const UTF_8 = new TextDecoder("utf-8", { fatal: true });

function decodedUtf8(bytes: Uint8Array): string {
  try {
    return UTF_8.decode(bytes);
  } catch {
    throw invalidField("body", "must be valid UTF-8");
  }
}

function parsed(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

/** Names what was accepted, but may not be what the sender meant. */
export const NOTES_HEADER = "x-sandbox-notes";
const MAX_NOTES_LENGTH = 1000;

function noteHeader(notes: string[]): Record<string, string> {
  if (notes.length === 0) return {};
  const text = [...new Set(notes)].join("; ")
    // A field's name may have any character, a header only these.
    .replace(/[^\x20-\x7e]/g, (one) => encodeURIComponent(one.toWellFormed()));
  return {
    [NOTES_HEADER]: text.length > MAX_NOTES_LENGTH
      ? `${text.slice(0, MAX_NOTES_LENGTH)}...`
      : text,
  };
}

const BROKEN_OFF: ServedAnswer = { ...json(200, "{"), breaksOff: true };

/** @param body how the host writes its errors */
export function refused(
  refusal: Refusal,
  body: RouterOptions["errorBody"],
): ServedAnswer {
  return json(refusal.code, body(refusal), refusal.headers);
}

export function json(
  status: number,
  body: string,
  headers: Record<string, string> = {},
): ServedAnswer {
  return {
    status,
    headers: { "content-type": "application/json", ...headers },
    body,
  };
}
