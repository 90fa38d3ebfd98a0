/**
 * Access tokens. A token is a JWT signed with the account's secret, so it is valid
 * in every process and after a reset, without being stored.
 *
 * @see https://developers.sinch.com/docs/conversation/api-reference/conversation/ (authentication)
 */
import { Buffer } from "node:buffer";
import { createHmac, randomUUID, timingSafeEqual } from "node:crypto";
import type { SandboxAccount } from "../contract/account.ts";
import { permissionDenied, unauthenticated } from "../contract/errors.ts";

export const TOKEN_LIFE_S = 3600;

const HEADER = base64url('{"alg":"HS256","typ":"JWT"}');

/** Issues access tokens and checks the credentials of requests. */
export class Authorizer {
  readonly #basic: string;
  /** Verified tokens and when they expire: a look-up is cheaper than a hash. */
  readonly #known = new Map<string, number>();

  constructor(readonly account: SandboxAccount) {
    this.#basic = Buffer.from(`${account.keyId}:${account.keySecret}`)
      .toString("base64");
  }

  /** An access token that expires an hour after `now` (epoch milliseconds). */
  issueToken(now: number): string {
    const issued = Math.floor(now / 1000);
    const claims = base64url(JSON.stringify({
      iss: "sandbox",
      sub: this.account.keyId,
      iat: issued,
      exp: issued + TOKEN_LIFE_S,
      jti: randomUUID(),
    }));
    return `${HEADER}.${claims}.${this.#signature(claims)}`;
  }

  isOwnBasic(authorization: string | undefined): boolean {
    // The name of a scheme is case-insensitive (RFC 9110).
    return /^Basic +(\S+)$/i.exec(authorization ?? "")?.[1] === this.#basic;
  }

  /** @throws Refusal 401, with `expired` in the challenge for an old token; 403 for another project */
  check(
    authorization: string | undefined,
    projectId: string,
    now: number,
    { basic }: { basic: boolean },
  ): void {
    if (!(basic && this.isOwnBasic(authorization))) {
      this.#checkToken(authorization, now);
    }
    if (projectId !== this.account.projectId) throw permissionDenied();
  }

  #checkToken(authorization: string | undefined, now: number): void {
    const token = /^Bearer (\S+)$/i.exec(authorization ?? "")?.[1];
    if (!token) throw unauthenticated('Bearer realm="sandbox"');
    const endsAt = this.#known.get(token) ?? this.#verify(token);
    if (endsAt === undefined) {
      throw unauthenticated('Bearer error="invalid_token"');
    }
    if (endsAt <= now) {
      this.#known.delete(token);
      // At "expired", the official SDKs fetch a new token.
      throw unauthenticated(
        'Bearer error="invalid_token", error_description="expired"',
      );
    }
    if (this.#known.size > 1000) this.#known.clear();
    this.#known.set(token, endsAt);
  }

  /** When a token expires (epoch milliseconds); undefined if it is not ours. */
  #verify(token: string): number | undefined {
    const [header, claims = "", sign = ""] = token.split(".");
    const given = Buffer.from(sign);
    const own = Buffer.from(this.#signature(claims));
    if (header !== HEADER || given.length !== own.length) return undefined;
    if (!timingSafeEqual(given, own)) return undefined;
    return JSON.parse(Buffer.from(claims, "base64url").toString()).exp * 1000;
  }

  #signature(claims: string): string {
    return createHmac("sha256", this.account.keySecret)
      .update(`${HEADER}.${claims}`).digest("base64url");
  }
}

function base64url(text: string): string {
  return Buffer.from(text).toString("base64url");
}
