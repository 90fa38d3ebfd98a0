/**
 * The API's refusals: one error class that handlers throw, and the JSON
 * envelope that the router turns it into.
 *
 * @see https://developers.sinch.com/docs/conversation/api-reference/conversation/ (errors)
 */

import type { Refused } from "../../runtime/runtime.ts";

/** One entry of `google.rpc.BadRequest`: which field, and what it must be. */
export interface FieldViolation {
  field: string;
  description: string;
}

export class Refusal extends Error {
  constructor(
    /** HTTP status, repeated as `code` in the body. */
    readonly code: number,
    /** gRPC status name. */
    readonly status: string,
    message: string,
    readonly details: Record<string, unknown>[] = [],
    readonly headers: Record<string, string> = {},
  ) {
    super(message);
  }
}

/** 400 that names every invalid field. */
export function invalidArgument(violations: FieldViolation[]): Refusal {
  return new Refusal(
    400,
    "INVALID_ARGUMENT",
    "Request contained an invalid argument.",
    [{
      "@type": "type.googleapis.com/google.rpc.BadRequest",
      field_violations: violations,
    }],
  );
}

/** 400 for a single field. */
export function invalidField(field: string, description: string): Refusal {
  return invalidArgument([{ field, description }]);
}

/** 400 for a state that does not allow the call (a stale template version). */
export function failedPrecondition(message: string): Refusal {
  return new Refusal(400, "FAILED_PRECONDITION", message);
}

/** 404; `what` is the resource in words: "Contact". */
export function notFound(what: string): Refusal {
  return new Refusal(404, "NOT_FOUND", `${what} not found.`);
}

/** 401; `challenge` is the value of `WWW-Authenticate`. */
export function unauthenticated(challenge: string): Refusal {
  return new Refusal(
    401,
    "UNAUTHENTICATED",
    "Request had invalid credentials.",
    [],
    { "www-authenticate": challenge },
  );
}

/** 403; `reason` is the code for an account that may not call at all. */
export function permissionDenied(reason?: string): Refusal {
  return new Refusal(
    403,
    "PERMISSION_DENIED",
    "You do not have access to the requested resource.",
    reason
      ? [{ "@type": "type.googleapis.com/google.rpc.ErrorInfo", reason }]
      : [],
  );
}

/** 501: how the API answers an unknown method of a known path. */
export function methodNotOffered(): Refusal {
  return new Refusal(501, "UNIMPLEMENTED", "Method Not Allowed");
}

/** 500: a bug in the sandbox, with its cause. */
export function internalError(cause: unknown): Refusal {
  return new Refusal(500, "INTERNAL", "There was an internal server error.", [{
    "@type": "type.googleapis.com/google.rpc.DebugInfo",
    // Without the stack, which has paths of this machine.
    detail: String(cause),
  }]);
}

/** 503 */
export function unavailable(
  message = "The service is currently unavailable.",
): Refusal {
  return new Refusal(503, "UNAVAILABLE", message);
}

/** 429; the API documents no `Retry-After` header. */
export function tooManyRequests(retryAfterS?: number): Refusal {
  return new Refusal(429, "RESOURCE_EXHAUSTED", "Too many requests.", [{
    "@type": "type.googleapis.com/google.rpc.RetryInfo",
    retryDelay: `${retryAfterS ?? 1}s`,
  }]);
}

/** A request that reached no handler. */
export function unusable(code: Refused): Refusal {
  const [status, message] = UNUSABLE[code];
  return new Refusal(code, status, message);
}

const UNUSABLE: Record<Refused, [status: string, message: string]> = {
  400: ["INVALID_ARGUMENT", "The request is not valid HTTP."],
  408: ["DEADLINE_EXCEEDED", "The request took too long to arrive."],
  413: ["INVALID_ARGUMENT", "The body exceeds 16 MiB."],
  431: ["INVALID_ARGUMENT", "The headers exceed 64 KiB."],
  500: ["INTERNAL", "There was an internal server error."],
};

/** For repeated work: a store that is busy now may be free next time. */
export function retryIfBusy(error: unknown): void {
  if (!(error instanceof Refusal)) throw error;
}

/** The body of a refusal as the Conversation and Template hosts send it. */
export function errorBody(refusal: Refusal): string {
  return JSON.stringify({ error: status(refusal) });
}

/** The body as the Batch host sends it: the same object, not wrapped. */
export function bareErrorBody(refusal: Refusal): string {
  return JSON.stringify(status(refusal));
}

function status({ code, message, status, details }: Refusal) {
  return { code, message, status, details };
}
