/**
 * Access tokens by OAuth 2.0 client credentials.
 *
 * @see https://developers.sinch.com/docs/conversation/api-reference/conversation/ (OAuth 2.0)
 */
import type { ServedAnswer, ServedRequest } from "../../runtime/runtime.ts";
import { Refusal } from "../contract/errors.ts";
import { type Authorizer, TOKEN_LIFE_S } from "./auth.ts";
import { json } from "./router.ts";

/** `POST /oauth2/token`; refusals have the shape of OAuth. */
export function token(
  { header, body }: ServedRequest,
  authorizer: Authorizer,
  now: number,
): ServedAnswer {
  if (!authorizer.isOwnBasic(header("authorization"))) {
    return refuse(401, "invalid_client", "Client authentication failed");
  }
  const form = new URLSearchParams(new TextDecoder().decode(body));
  const grant = form.get("grant_type");
  if (!grant) {
    return refuse(400, "invalid_request", "grant_type is missing");
  }
  if (grant !== "client_credentials") {
    return refuse(
      400,
      "unsupported_grant_type",
      "grant_type must be client_credentials",
    );
  }
  const issued = {
    access_token: authorizer.issueToken(now),
    expires_in: TOKEN_LIFE_S,
    scope: "",
    token_type: "bearer",
  };
  return json(200, JSON.stringify(issued));
}

/** A refusal in the shape of OAuth. */
export function refusedToken(error: unknown): ServedAnswer {
  if (!(error instanceof Refusal)) throw error;
  const { code, status, message, headers } = error;
  return refuse(code, status.toLowerCase(), message, headers);
}

function refuse(
  status: number,
  error: string,
  description: string,
  headers: Record<string, string> = {},
): ServedAnswer {
  return json(
    status,
    JSON.stringify({ error, error_description: description }),
    status === 401 ? { "www-authenticate": "Basic" } : headers,
  );
}
