/**
 * Callbacks for webhooks. A callback is written in the transaction of the change
 * that it reports, and posted later (poster.ts), so the process may end in
 * between.
 *
 * @see https://developers.sinch.com/docs/conversation/callbacks/
 */
import { ACCOUNT } from "../contract/account.ts";
import type { ChannelIdentity } from "../contract/channels.ts";
import type { JsonObject } from "../contract/checks.ts";
import { parseJson } from "../contract/json.ts";
import { eventTime, rfc3339 } from "../contract/time.ts";
import { ruleFor } from "../rules/matching.ts";
import type { Store } from "../store/store.ts";
import {
  ENVELOPE_GAPS,
  PAYLOAD_KEYS,
  type Trigger,
  triggerOf,
} from "./triggers.ts";

export interface Notification {
  trigger: Trigger;
  /** The app whose webhooks receive it; all apps by default. */
  appId?: string;
  /** Callbacks about one subject are posted in order. */
  subject: string;
  /** ID of the message or event that it reports. */
  about?: string;
  payload: JsonObject;
  /**
   * Epoch milliseconds at which the API accepted the message, event or change;
   * now by default.
   */
  acceptedTime?: number;
  metadata?: string;
  correlationId?: string | null;
  /** Receives it instead of the webhooks. */
  callbackUrl?: string | null;
  /** Webhooks with this trigger do not receive it. */
  unless?: Trigger;
}

export interface Webhook {
  id: string;
  app_id: string;
  target: string;
  target_type: string;
  triggers: string[];
  secret: string;
  client_credentials: ClientCredentials | null;
}

/** How to get access tokens for a target. */
export interface ClientCredentials {
  client_id: string;
  client_secret: string;
  endpoint: string;
  scope?: string;
  response_type?: string;
  token_request_type?: "BASIC" | "FORM";
}

/** The webhooks with one of these triggers, oldest first. */
export function listeners(
  store: Store,
  appId: string | undefined,
  ...triggers: Trigger[]
): Webhook[] {
  const rows = appId
    ? store.all<{ doc: string }>(
      "SELECT doc FROM webhooks WHERE app_id = ?",
      appId,
    )
    : store.all<{ doc: string }>("SELECT doc FROM webhooks");
  return rows.map(({ doc }): Webhook => parseJson(doc))
    .filter((webhook) =>
      webhook.target_type === "HTTP" &&
      webhook.triggers.some((name) => triggers.includes(triggerOf(name)))
    )
    .sort((one, other) => one.id < other.id ? -1 : 1);
}

/**
 * Writes a callback for each webhook with the trigger; part of a change.
 *
 * @returns the number of receivers
 */
export function publish(store: Store, notification: Notification): number {
  const { appId, trigger, callbackUrl, unless } = notification;
  const receivers = callbackUrl
    ? [{ id: "", app_id: appId!, target: callbackUrl }]
    : listeners(store, appId, trigger)
      .filter(({ triggers }) => !unless || !triggers.includes(unless));
  for (const { id, app_id, target } of receivers) {
    const copies = isDoubled(store, app_id, notification) ? 2 : 1;
    for (let copy = 0; copy < copies; copy++) {
      store.run(
        `INSERT INTO callbacks VALUES
           (NULL, ?, ?, ?, ?, ?, ?, ?, ?, 'WAITING', 0, 0, '', ?)`,
        app_id,
        id,
        target,
        `${id || target} ${notification.subject}`,
        trigger,
        notification.about ?? "",
        envelope(store, notification, app_id),
        store.now(),
        store.now(),
      );
    }
  }
  return receivers.length;
}

/** Whether a rule duplicates it, as may happen with the real API. */
function isDoubled(
  store: Store,
  appId: string,
  { payload }: Notification,
): boolean {
  const { channel_identity: identity } = payload as {
    channel_identity?: ChannelIdentity;
  };
  return ruleFor(store, "duplicate_callbacks", {
    appId,
    identities: identity && [identity],
  }) !== undefined;
}

function envelope(
  store: Store,
  notification: Notification,
  appId: string,
): string {
  const { trigger, acceptedTime = store.now() } = notification;
  const { empty, absent = [] } = ENVELOPE_GAPS[trigger] ?? {};
  return JSON.stringify({
    app_id: empty === "app_id" ? "" : appId,
    accepted_time: absent.includes("accepted_time")
      ? undefined
      : rfc3339(acceptedTime),
    event_time: absent.includes("event_time")
      ? undefined
      : eventTime(store.now()),
    project_id: empty === "project_id" ? "" : ACCOUNT.projectId,
    message_metadata: notification.metadata ?? "",
    correlation_id: notification.correlationId ?? "",
    [PAYLOAD_KEYS[trigger]]: notification.payload,
  });
}
