/** A failure for a person, and for a program that asked for `--json`. */
import type { Failure } from "../errors.ts";
import { safeJson, safeLine, safeText } from "./safe_text.ts";
import type { Style } from "./style.ts";

/** `error: what happened`, the API's word on each field, and what to do. */
export function failureText(failure: Failure, style: Style): string {
  const lines = [`${style.red("error:")} ${safeText(failure.message)}`];
  for (const { field, description } of failure.fields) {
    lines.push(`  ${safeLine(field)}: ${safeLine(description)}`);
  }
  if (failure.hint) {
    lines.push(`${style.cyan("hint:")} ${safeText(failure.hint)}`);
  }
  return `${lines.join("\n")}\n`;
}

/** `{"error": {code, status, message, hint, fields}}` on one document. */
export function failureJson(failure: Failure, stack?: string): string {
  const { code, status, message, hint, fields } = failure;
  const error = {
    code,
    status,
    message,
    hint,
    fields: fields.length > 0 ? fields : undefined,
    stack,
  };
  return `${safeJson({ error }, 2)}\n`;
}
