/**
 * The headers with which a receiver verifies that the API sent a callback.
 *
 * @see https://developers.sinch.com/docs/conversation/callbacks/ (validating callbacks)
 */
import { createHmac } from "node:crypto";

/**
 * @param secret used as it is, not decoded; with `""` the callback is unsigned
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
