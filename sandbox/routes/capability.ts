/**
 * Capability queries.
 *
 * @see https://developers.sinch.com/docs/conversation/api-reference/conversation/capability/
 */
import { publish } from "../callbacks/outbox.ts";
import {
  checked,
  object,
  required,
  resourceId,
  text,
} from "../contract/checks.ts";
import type { Call } from "../http/call.ts";
import { type AppRow, requireApp } from "../people/apps.ts";
import {
  knownContact,
  recipient,
  recipientIdentities,
} from "../people/recipient.ts";

const queryRequest = object({
  app_id: required(resourceId),
  recipient: required(recipient),
  request_id: text(),
});

/** `POST capability:query`: returns the request; the result is a callback. */
export function query({ store, body }: Call) {
  const request = checked(body, queryRequest);
  const app = requireApp(store, request.app_id);
  const request_id = request.request_id || store.newId();
  const contact = knownContact(store, app, request.recipient);
  // In DISPATCH mode callbacks name no contact.
  const contact_id = app.processing_mode === "DISPATCH" ? "" : contact?.id;
  for (const one of recipientIdentities(app, request.recipient, contact)) {
    publish(store, {
      trigger: "CAPABILITY",
      appId: app.id,
      subject: contact_id || one.identity,
      payload: {
        request_id,
        contact_id: contact_id ?? "",
        channel: one.channel,
        identity: one.identity,
        ...capabilityOf(app, one.channel),
      },
    });
  }
  return { app_id: app.id, recipient: request.recipient, request_id };
}

/** Every configured channel has all capabilities, as real ones without a check. */
function capabilityOf(app: AppRow, channel: string) {
  return app.channels.split(",").includes(channel)
    ? { capability_status: "CAPABILITY_FULL", channel_capabilities: [] }
    : {
      capability_status: "CAPABILITY_UNKNOWN",
      channel_capabilities: [],
      reason: {
        code: "CHANNEL_CONFIGURATION_MISSING",
        description: "The app has no credentials for the channel",
        sub_code: "UNSPECIFIED_SUB_CODE",
      },
    };
}
