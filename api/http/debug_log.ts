/** What `--debug` and `DEBUG_HTTP=1` show of each request: never a secret. */
import { parseJson } from "../../json.ts";
import { maskSecrets, secretsIn, withoutSecrets } from "../secrets.ts";
import type { Secrets } from "../../runtime/secrets.ts";
import type { Outcome } from "./exchange.ts";

export interface Exchanged {
  request: { method: string; body?: unknown };
  url: string;
  outcome: Outcome;
  ms: number;
}

export type DebugLog = (exchanged: Exchanged) => void;

/** Answers are long; their first characters tell enough. */
const MAX_BODY = 2000;

/** The lines of one exchange: bodies with masked secrets, no header at all. */
export function describeExchange(
  { request, url, outcome, ms }: Exchanged,
  secrets: Secrets,
): string {
  // Masked before it is cut: half a secret is not found any more.
  const cut = (text: string) => short(secrets.mask(text));
  const lines = [`> ${request.method} ${url}`];
  if (request.body !== undefined) {
    lines.push(`> ${cut(JSON.stringify(maskSecrets(request.body)))}`);
  }
  if (outcome.kind === "answer") {
    lines.push(`< ${outcome.status} in ${Math.round(ms)} ms`);
    if (outcome.text) {
      const text = withoutSecrets(outcome.text, secretsIn(request.body));
      lines.push(`< ${cut(maskText(text))}`);
    }
  } else {
    lines.push(`< ${outcome.kind}: ${outcome.reason}`);
  }
  return lines.join("\n");
}

function maskText(text: string): string {
  try {
    return JSON.stringify(maskSecrets(parseJson(text)));
  } catch {
    return "(not JSON)";
  }
}

function short(text: string): string {
  return text.length > MAX_BODY ? `${text.slice(0, MAX_BODY)}…` : text;
}
