/**
 * The headers that let a receiver check that a callback is the API's own.
 *
 * @see https://developers.sinch.com/docs/conversation/callbacks/ (validating callbacks)
 */
import { createHmac } from "node:crypto";

/**
 * @param secret as it is, not decoded; `""` leaves the callback unsigned
 * @param body the bytes that are sent
 * @param timestamp Unix seconds
 */
export function signatureHeaders(
  secret: string,
  body: string,
  nonce: string,
  timestamp: number,
): Record<string, string> {
  if (secret === "") return {};
  return {
    "x-sinch-webhook-signature-timestamp": String(timestamp),
    "x-sinch-webhook-signature-nonce": nonce,
    "x-sinch-webhook-signature-algorithm": "HmacSHA256",
    "x-sinch-webhook-signature": createHmac("sha256", secret)
      .update(`${body}.${nonce}.${timestamp}`).digest("base64"),
  };
}
