/** Names what was not found: the API says only "App not found." */
import type { ApiRequest } from "../api/http/request.ts";
import type { Failure } from "../errors.ts";

/** An ID that a setting or an option gave, and which one. */
export interface Origin {
  value: string;
  source: string;
}

/**
 * The failure with the ID that the request had, and where that came from, as in
 * `App "01…" not found (SINCH_APP_ID)`; as it is where neither is known.
 *
 * @param request Its path may begin anywhere above the name of the resource.
 */
export function withId(
  failure: Failure,
  request: Pick<ApiRequest, "path" | "query" | "body">,
  origins: readonly Origin[],
): Failure {
  const [, noun] = /^(\w+) not found\.?$/.exec(failure.message) ?? [];
  const id = noun && idIn(request, noun.toLowerCase());
  if (!noun || !id) return failure;
  const origin = origins.find(({ value }) => value === id);
  return failure.saying(
    `${noun} "${id}" not found${origin ? ` (from ${origin.source})` : ""}`,
  );
}

/** The values of options with the flags that gave them. */
export function originsIn(options: object): Origin[] {
  return Object.entries(options).flatMap(([name, value]) =>
    typeof value === "string"
      ? [{
        value,
        source: `--${name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)}`,
      }]
      : []
  );
}

/** `apps/01…`, `?app_id=01…`, or `app_id` anywhere in the body. */
function idIn(
  { path, query, body }: Pick<ApiRequest, "path" | "query" | "body">,
  noun: string,
): string | undefined {
  const key = `${noun}_id`;
  const [, id] = new RegExp(`(?:^|/)${noun}s/([^/:?]+)`).exec(path) ?? [];
  if (id) return decodeURIComponent(id);
  return query?.[key]?.toString() ?? memberNamed(body, key);
}

function memberNamed(value: unknown, key: string): string | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  for (const [name, member] of Object.entries(value)) {
    if (name === key && typeof member === "string") return member;
    const found = memberNamed(member, key);
    if (found !== undefined) return found;
  }
  return undefined;
}
