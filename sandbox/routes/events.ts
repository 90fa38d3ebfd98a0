/**
 * Events: send, list, get, delete.
 *
 * @see https://developers.sinch.com/docs/conversation/api-reference/conversation/events/
 */
import { appEvent } from "../content/event_content.ts";
import { channel } from "../contract/channels.ts";
import {
  checked,
  httpUrl,
  list,
  object,
  oneOf,
  required,
  resourceId,
  text,
} from "../contract/checks.ts";
import { invalidField } from "../contract/errors.ts";
import { readPage } from "../contract/paging.ts";
import { rfc3339 } from "../contract/time.ts";
import type { Call } from "../http/call.ts";
import {
  eventJson,
  type EventRow,
  insertEvent,
  requireEvent,
} from "../messages/events.ts";
import { addressSend, MAX_METADATA, QUEUES } from "../messages/sending.ts";
import { startDelivery } from "../messages/timeline.ts";
import { requireApp } from "../people/apps.ts";
import { findConversation } from "../people/conversations.ts";
import { recipient } from "../people/recipient.ts";
import { timeOfId } from "../store/ids.ts";
import { where } from "../store/where.ts";

const MAX_PAGE = 20;

const sendRequest = object({
  app_id: required(resourceId),
  recipient: required(recipient),
  event: required(appEvent),
  callback_url: httpUrl,
  event_metadata: text(MAX_METADATA),
  queue: oneOf(QUEUES),
  channel_priority_order: list(channel, 0, 1),
});

/** `POST events:send`: accepts the event; delivery follows. */
export function send(call: Call) {
  const request = checked(call.body, sendRequest);
  const app = requireApp(call.store, request.app_id);
  const to = addressSend(call.store, app, request);
  const id = call.store.newId();
  insertEvent(call.store, {
    id,
    source: to.source,
    app_id: app.id,
    conversation_id: to.conversationId,
    contact_id: to.contactId,
    channel: to.identity.channel,
    identity: to.identity.identity,
    identity_app_id: to.identity.app_id,
    direction: "TO_CONTACT",
    kind: "app_event",
    content: JSON.stringify(request.event),
    delivery: JSON.stringify({
      candidates: to.candidates,
      callback_url: request.callback_url,
      event_metadata: request.event_metadata,
      queue: request.queue,
    }),
  });
  startDelivery(
    call.store,
    app,
    id,
    { callback_url: request.callback_url, candidates: to.candidates },
    "EVENT_DELIVERY",
  );
  return { event_id: id, accepted_time: rfc3339(timeOfId(id)) };
}

const listQuery = object({
  conversation_id: resourceId,
  contact_id: resourceId,
});

/** `GET events`: of a conversation or a contact, newest first. */
export function listPage(call: Call) {
  const query = checked(call.query, listQuery);
  if (!query.conversation_id && !query.contact_id) {
    throw invalidField(
      "conversation_id",
      "conversation_id or contact_id must be set",
    );
  }
  const { page_size, page_token, ...filters } = call.query;
  const page = readPage({ page_size, page_token }, "events", filters, MAX_PAGE);
  const contactId = query.contact_id ??
    findConversation(call.store, query.conversation_id!)?.contact_id ?? "";
  const selection = where([
    ["contact_id = ?", contactId],
    ["conversation_id = ?", query.conversation_id],
    ["id < ?", page.after],
  ]);
  const { rows, nextPageToken } = page.cut(
    call.store.all<EventRow>(
      `SELECT * FROM events ${selection.sql} ORDER BY id DESC LIMIT ?`,
      ...selection.values,
      page.limit,
    ),
    (last) => last.id,
  );
  return { events: rows.map(eventJson), next_page_token: nextPageToken };
}

export function get(call: Call) {
  return eventJson(requireEvent(call.store, call.params.event_id!));
}

export function remove(call: Call) {
  const { id } = requireEvent(call.store, call.params.event_id!);
  call.store.run("DELETE FROM events WHERE id = ?", id);
  return {};
}
