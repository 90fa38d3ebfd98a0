/** A failure for a person, and for a program that asked for `--json`. */
import type { Failure } from "../errors.ts";
import { safeJson, safeLine, safeText } from "./safe_text.ts";
import type { Style } from "./style.ts";
import { wrapped } from "./wrap.ts";

/** `error: what happened`, the API's word on each field, and what to do. */
export function failureText(failure: Failure, style: Style): string {
  const labelled = (label: string, painted: string, text: string) =>
    painted + wrapped(`${label} ${text}`, style).slice(label.length);
  const { message, fields, hint } = failure;
  const lines = [
    labelled("error:", style.red("error:"), safeText(message)),
    ...fields.map(({ field, description }) =>
      wrapped(`  ${safeLine(field)}: ${safeLine(description)}`, style)
    ),
  ];
  if (hint) {
    lines.push(labelled("hint:", style.cyan("hint:"), safeText(hint)));
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
