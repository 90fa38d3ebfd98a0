/**
 * Access tokens by OAuth 2.0 client credentials.
 *
 * @see https://developers.sinch.com/docs/conversation/api-reference/conversation/ (OAuth 2.0)
 */
import { Refusal } from "../contract/errors.ts";
import { type Authorizer, TOKEN_LIFE_S } from "../http/auth.ts";

/** `POST /oauth2/token`; refusals have the shape of OAuth. */
export async function token(
  request: Request,
  authorizer: Authorizer,
  now: number,
): Promise<Response> {
  if (!authorizer.isOwnBasic(request.headers.get("authorization"))) {
    return refuse(401, "invalid_client", "Client authentication failed");
  }
  const form = new URLSearchParams(await request.text());
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
  return Response.json({
    access_token: authorizer.issueToken(now),
    expires_in: TOKEN_LIFE_S,
    scope: "",
    token_type: "bearer",
  });
}

/** A refusal in the shape of OAuth. */
export function refusedToken(error: unknown): Response {
  if (!(error instanceof Refusal)) throw error;
  const { code, status, message, headers } = error;
  return refuse(code, status.toLowerCase(), message, headers);
}

function refuse(
  status: number,
  error: string,
  description: string,
  headers: Record<string, string> = {},
): Response {
  return Response.json({ error, error_description: description }, {
    status,
    headers: status === 401 ? { "www-authenticate": "Basic" } : headers,
  });
}
