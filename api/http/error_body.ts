/** The API's error answers, in every shape it is known to send them, as `Failure`. */
import { Failure, type FailureKind } from "../../errors.ts";
import { suggest } from "../../runtime/suggest.ts";

/** Text longer than this is not an explanation any more (an HTML page, say). */
const MAX_MESSAGE = 500;

/**
 * Reads an error answer: `{"error": {code, message, status, details}}`, the same
 * without the wrapper, `{type, title, detail, errors}`, or no JSON at all.
 *
 * @param headers of the answer; the sandbox's name the rule that made it
 * @see https://developers.sinch.com/docs/conversation/api-reference/status-codes
 */
export function failureOf(
  status: number,
  text: string,
  headers = new Headers(),
): Failure {
  const rule = ruleOf(headers);
  const body = parse(text);
  const error = record(body.error) ?? body;
  const message = first(error.message, error.detail, error.title, body.error);
  const reason = message ?? phraseOf(status);
  return new Failure(
    kindOf(status),
    rule ? `Sandbox rule ${rule} answered ${status}: ${reason}` : reason,
    {
      status,
      hint: rule && `Run \`${suggest`sandbox rule list`}\` to see the rules.`,
      code: first(error.status, body.error) ?? undefined,
      fields: fieldsOf(error),
    },
  );
}

/** The number of the sandbox's rule that made an answer. */
export function ruleOf(headers: Headers): string | undefined {
  return /^\d{1,9}$/.exec(headers.get("x-sandbox-rule") ?? "")?.[0];
}

function kindOf(status: number): FailureKind {
  if (status === 401 || status === 403) return "auth";
  return status === 404 ? "not_found" : "api";
}

function phraseOf(status: number): string {
  return `The server answered with status ${status} and no explanation`;
}

function parse(text: string): Record<string, unknown> {
  try {
    return record(JSON.parse(text)) ?? {};
  } catch {
    // Proxies answer in HTML or plain text; a short line is worth showing.
    const line = text.trim();
    return line && line.length <= 200 && !line.startsWith("<")
      ? { message: line }
      : {};
  }
}

function fieldsOf(error: Record<string, unknown>): Failure["fields"] {
  const violations = list(error.details).flatMap((detail) =>
    list(detail.field_violations ?? record(detail.value)?.field_violations)
  );
  return [...violations, ...list(error.errors)].flatMap((item) => {
    const field = first(item.field, item.pointer);
    const description = first(item.description, item.detail, item.message);
    return field && description ? [{ field, description }] : [];
  });
}

function record(value: unknown): Record<string, unknown> | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? value as Record<string, unknown>
    : undefined;
}

function list(value: unknown): Record<string, unknown>[] {
  const items: unknown[] = Array.isArray(value) ? value : [];
  return items.map(record).filter((item) => item !== undefined);
}

function first(...values: unknown[]): string | undefined {
  const text = values.find((value) => typeof value === "string" && value);
  return typeof text === "string" ? text.slice(0, MAX_MESSAGE) : undefined;
}
