/**
 * The path of an endpoint as it is typed: `apps`, `/apps/{app}`, or the whole
 * path of the documentation. It can only lead to the API and to one project: each
 * part is decoded, checked, and encoded again.
 */
import { usageError } from "../errors.ts";
import { type Check, refusal } from "./checks.ts";
import { ValueType } from "./value_type.ts";

export interface Endpoint {
  host: "conversation" | "template" | "batch";
  /** The project that the path names, or `{project}`. */
  project: string;
  /** Below the project, decoded; `{app}` and `{project}` are still in them. */
  parts: readonly string[];
  /** Names and values behind the `?`, decoded. */
  query: readonly (readonly [name: string, value: string])[];
}

const parseEndpoint: Check<Endpoint, string> = (typed, at) => {
  checkText(typed, at);
  const [path = "", query = ""] = splitAt(typed.replace(/^\//, ""), "?");
  const parts = path.split("/").map((part) => decodedPart(part, typed, at));
  const whole = /^v\d+$/.test(parts[0]!) && parts[1] === "projects";
  const [version, project] = whole ? [parts[0], parts[2]] : [];
  const below = whole ? parts.slice(3) : parts;
  if (below.length === 0) {
    throw refusal(at, "must name an endpoint of the project", typed);
  }
  return {
    project: project ?? "{project}",
    ...hostOf(version, below, typed, at),
    query: queryOf(query, typed, at),
  };
};

export const ENDPOINT = new ValueType(
  parseEndpoint,
  [
    ...["apps", "contacts", "conversations", "events", "messages"],
    ...["messages:send", "templates", "webhooks", "batch/messages"],
  ].map((value) => ({ value, text: "" })),
);

/** Of a path that would be read in more than one way, none is taken. */
function checkText(typed: string, at: string): void {
  if (/^[a-z]:[\\/]/i.test(typed)) {
    throw refusal(
      at,
      "must be a path of the API",
      typed,
      "Git Bash changes a path that starts with a slash: write it without.",
    );
  }
  if (/^\/\/|^[a-z][a-z\d+.-]*:\/|^https?:/i.test(typed)) {
    throw refusal(
      at,
      "must be a path of the API without a host",
      typed,
      "Only the API gets the access token. Example: v1/projects/{project}/apps",
    );
  }
  if (/[\s\p{Cc}\\#]/u.test(typed) || !typed.isWellFormed()) {
    throw refusal(
      at,
      "must not have spaces, control characters, \\ or #",
      typed,
      "Encode them, such as %20 for a space.",
    );
  }
}

function decodedPart(part: string, typed: string, at: string): string {
  const decoded = percentDecoded(part, typed, at);
  // `%2e%2e`, `%2f` and `%252f` lead elsewhere where a server decodes them.
  const isPlain = decoded !== "" && !/^\.\.?$/.test(decoded) &&
    !/[/\\\p{Cc}]|%[\da-f]{2}/iu.test(decoded);
  if (isPlain) return decoded;
  throw refusal(
    at,
    "must not have empty parts, . or .., or encoded slashes and control characters",
    typed,
  );
}

function percentDecoded(text: string, typed: string, at: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw refusal(at, "must not have a % that encodes nothing", typed);
  }
}

function hostOf(
  version: string | undefined,
  parts: readonly string[],
  typed: string,
  at: string,
): Pick<Endpoint, "host" | "parts"> {
  const isTemplate = /^templates(?::|$)/.test(parts[0]!);
  const expected = isTemplate ? "v2" : "v1";
  if (version !== undefined && version !== expected) {
    throw refusal(
      at,
      `must start with ${expected}/projects/ for ${parts[0]}`,
      typed,
    );
  }
  if (isTemplate) return { host: "template", parts };
  if (version !== undefined || parts[0] !== "batch") {
    return { host: "conversation", parts };
  }
  if (parts.length > 1) return { host: "batch", parts: parts.slice(1) };
  throw refusal(at, "must name an endpoint of the Batch API", typed);
}

function queryOf(
  query: string,
  typed: string,
  at: string,
): Endpoint["query"] {
  return query.split("&").filter(Boolean).map((pair) => {
    const [name = "", value = ""] = splitAt(pair, "=");
    // A plus is one, as in a phone number.
    return [
      percentDecoded(name, typed, at),
      percentDecoded(value, typed, at),
    ] as const;
  });
}

function splitAt(text: string, separator: string): string[] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

const PLACEHOLDER = /\{([^{}]*)\}/g;

/** The placeholders of a path, in the documentation's spelling too. */
const NAMES = new Map(
  [
    ["project", "project"],
    ["project_id", "project"],
    ["app", "app"],
    ["app_id", "app"],
  ] as const,
);

/** Whether the text is `{project}` or `{app}`, and nothing else. */
export function isPlaceholder(text: string): boolean {
  return /^\{(project|app)(_id)?\}$/.test(text);
}

/** What `{project}` and `{app}` are filled in with. */
export type Placeholders = Record<"project" | "app", () => Promise<string>>;

/**
 * The text with each placeholder filled in.
 *
 * @throws {Failure} usage: there is another
 */
export async function filled(
  text: string,
  values: Placeholders,
): Promise<string> {
  let result = text;
  for (const [whole, given] of text.matchAll(PLACEHOLDER)) {
    const name = NAMES.get(given as "app");
    if (!name) {
      throw usageError(
        `path must not have the placeholder ${whole}`,
        `Replace ${whole} with its value. Only {project} and {app} are filled in.`,
      );
    }
    result = result.replaceAll(whole, await values[name]());
  }
  return result;
}
