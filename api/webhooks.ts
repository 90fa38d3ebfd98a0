/**
 * Webhooks: where the API reports what happens to an app; at most five an app.
 *
 * @see https://developers.sinch.com/docs/conversation/api-reference/conversation/webhooks
 */
import {
  allFields,
  fields,
  list,
  type Read,
  rows,
  text,
  word,
} from "./answer.ts";
import { type ApiRequest, path } from "./http/request.ts";

/** OAuth 2.0 towards the webhook's own endpoint. */
export interface ClientCredentials {
  endpoint: string;
  client_id: string;
  client_secret: string;
  scope?: string;
  response_type?: string;
  token_request_type?: "BASIC" | "FORM";
}

export interface WebhookInput {
  app_id?: string;
  /** At most 742 characters. */
  target?: string;
  target_type?: "HTTP" | "DISMISS";
  triggers?: string[];
  /** Signs the callbacks; `""` leaves them unsigned. */
  secret?: string;
  client_credentials?: ClientCredentials | null;
}

const readWebhook = fields({
  id: word,
  app_id: text,
  target: text,
  target_type: text,
  triggers: list(word),
  secret: text,
  client_credentials: allFields({
    endpoint: text,
    client_id: text,
    client_secret: text,
    scope: text,
  }),
});
export type Webhook = Read<typeof readWebhook>;

const readWebhooks = fields({ webhooks: rows(readWebhook) });

/** The triggers that can be subscribed to, by what they report. */
export const TRIGGERS: Record<string, readonly string[]> = {
  Messages: [
    "MESSAGE_INBOUND",
    "MESSAGE_DELIVERY",
    "MESSAGE_SUBMIT",
    "MESSAGE_INBOUND_SMART_CONVERSATION_REDACTION",
  ],
  Events: ["EVENT_INBOUND", "EVENT_DELIVERY", "CHANNEL_EVENT"],
  Conversations: [
    "CONVERSATION_START",
    "CONVERSATION_STOP",
    "CONVERSATION_DELETE",
    "SMART_CONVERSATION",
  ],
  Contacts: [
    "CONTACT_CREATE",
    "CONTACT_UPDATE",
    "CONTACT_DELETE",
    "CONTACT_MERGE",
    "CONTACT_IDENTITIES_DUPLICATION",
  ],
  Consent: ["OPT_IN", "OPT_OUT"],
  Other: ["CAPABILITY", "RECORD_NOTIFICATION", "UNSUPPORTED"],
};

/** Every webhook of the app at once: this list has no pages. */
export function listWebhooks(
  appId: string,
): ApiRequest<Read<typeof readWebhooks>> {
  return {
    method: "GET",
    host: "conversation",
    path: path`apps/${appId}/webhooks`,
    answerAs: readWebhooks,
  };
}

export function getWebhook(id: string): ApiRequest<Webhook> {
  return {
    method: "GET",
    host: "conversation",
    path: path`webhooks/${id}`,
    answerHas: "id",
    answerAs: readWebhook,
  };
}

/** Without `target_type: "HTTP"` the API delivers nothing. */
export function createWebhook(body: WebhookInput): ApiRequest<Webhook> {
  return {
    method: "POST",
    done: "Webhook created",
    host: "conversation",
    path: "webhooks",
    body,
    answerHas: "id",
    answerAs: readWebhook,
  };
}

/** Changes the fields in `body`; `secret: ""` and `client_credentials: null` clear. */
export function updateWebhook(
  id: string,
  body: WebhookInput,
): ApiRequest<Webhook> {
  return {
    method: "PATCH",
    done: "Webhook updated",
    host: "conversation",
    path: path`webhooks/${id}`,
    query: { update_mask: Object.keys(body) },
    body,
    answerHas: "id",
    answerAs: readWebhook,
  };
}

export function deleteWebhook(id: string): ApiRequest {
  return {
    method: "DELETE",
    done: `Webhook ${id} deleted`,
    host: "conversation",
    path: path`webhooks/${id}`,
  };
}
