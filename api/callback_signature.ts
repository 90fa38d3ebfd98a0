/**
 * The signature of a callback: who has the webhook's secret can tell that the
 * API sent exactly these bytes.
 *
 * @see https://developers.sinch.com/docs/conversation/callbacks/ (validating callbacks)
 */
import { createHmac, timingSafeEqual } from "node:crypto";

export const SIGNATURE_HEADERS = {
  signature: "x-sinch-webhook-signature",
  nonce: "x-sinch-webhook-signature-nonce",
  timestamp: "x-sinch-webhook-signature-timestamp",
  algorithm: "x-sinch-webhook-signature-algorithm",
} as const;

/** The only one that the API uses. */
export const ALGORITHM = "HmacSHA256";

/** HMAC-SHA256 in bytes. */
const DIGEST_BYTES = 32;

/** What is signed: the body as it is sent, the nonce, and Unix seconds. */
export interface Signed {
  body: Uint8Array;
  nonce: string;
  timestamp: string;
}

/** The bytes `<body>.<nonce>.<timestamp>`. */
export function signedBytes({ body, nonce, timestamp }: Signed): Uint8Array {
  const tail = new TextEncoder().encode(`.${nonce}.${timestamp}`);
  const bytes = new Uint8Array(body.length + tail.length);
  bytes.set(body);
  bytes.set(tail, body.length);
  return bytes;
}

/**
 * The digest that the header has in base64.
 *
 * @param secret The webhook's secret as it is: text in UTF-8, never decoded.
 */
export function signatureOf(
  secret: string | Uint8Array,
  signed: Signed,
): Uint8Array {
  return createHmac("sha256", secret).update(signedBytes(signed)).digest();
}

/** Takes the same time wherever they differ. */
export function sameDigest(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === DIGEST_BYTES && other.length === DIGEST_BYTES &&
    timingSafeEqual(one, other);
}

/** The digest in a header as the API writes it; `undefined` for any other text. */
export function digestIn(header: string): Uint8Array | undefined {
  return /^[A-Za-z0-9+/]{43}=$/.test(header)
    ? Uint8Array.fromBase64(header)
    : undefined;
}
