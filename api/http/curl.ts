/** A request as the curl command that would send it. */
import { quote } from "../../runtime/shell.ts";
import { type ApiRequest, type Target, urlOf } from "./request.ts";

/**
 * The command for a POSIX shell. The token stays a shell variable, so that the
 * command can be shown, kept and pasted: `SINCH_ACCESS_TOKEN=$(sinch auth token)`.
 */
export function toCurl(
  request: ApiRequest,
  target: Target,
  toJson: (value: unknown) => string = JSON.stringify,
): string {
  const parts = [
    `curl --request ${request.method} ${quote(urlOf(request, target))}`,
    `--header "Authorization: Bearer $SINCH_ACCESS_TOKEN"`,
  ];
  if (request.body !== undefined) {
    parts.push(
      `--header 'Content-Type: application/json'`,
      `--data-raw ${quote(toJson(request.body))}`,
    );
  }
  return parts.join(" \\\n  ");
}
