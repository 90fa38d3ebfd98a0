/**
 * Capability look-ups.
 *
 * @see https://developers.sinch.com/docs/conversation/api-reference/conversation/capability/
 */
import type { Call } from "../call.ts";
import { checked, object, required, resourceId, text } from "../checks.ts";
import { type Recipient, recipient } from "../recipient.ts";
import { requireApp } from "../state/apps.ts";

const queryRequest = object({
  app_id: required(resourceId),
  recipient: required(recipient),
  request_id: text(),
});

/** `POST capability:query`: answers what was asked; the result is a callback. */
export function query(call: Call) {
  const request = checked<
    { app_id: string; recipient: Recipient; request_id?: string }
  >(call.body, queryRequest);
  requireApp(call.store, request.app_id);
  return {
    app_id: request.app_id,
    recipient: request.recipient,
    request_id: request.request_id || call.store.newId(),
  };
}
