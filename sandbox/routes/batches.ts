/**
 * Batches: one message for up to 1000 recipients, now or later. They have a
 * host of their own, because its paths collide with those of the Conversation API.
 *
 * @see https://developers.sinch.com/docs/conversation/api-reference/batch/
 */
import { substitute } from "../../channels/omni_template.ts";
import { publish } from "../callbacks/outbox.ts";
import { appMessage } from "../content/message_content.ts";
import { channel } from "../contract/channels.ts";
import {
  anyObject,
  type Checked,
  checked,
  httpUrl,
  type JsonObject,
  list,
  object,
  oneOf,
  required,
  resourceId,
  text,
  textMap,
  timestamp,
} from "../contract/checks.ts";
import { invalidField, notFound } from "../contract/errors.ts";
import { parseJson } from "../contract/json.ts";
import { rfc3339, timestampMs } from "../contract/time.ts";
import type { Call } from "../http/call.ts";
import {
  acceptMessage,
  MAX_CORRELATION_ID,
  STRATEGIES,
  ttl,
} from "../messages/sending.ts";
import { type AppRow, requireApp } from "../people/apps.ts";
import { isDispatched } from "../people/processing_mode.ts";
import { recipient } from "../people/recipient.ts";
import { timeOfId } from "../store/ids.ts";
import type { Store } from "../store/store.ts";

const MAX_ENTRIES = 1000;
const MINUTE_MS = 60 * 1000;
const MAX_AHEAD_MS = 7 * 24 * 60 * MINUTE_MS;
/** Scheduled batches start at multiples of this. */
const START_EVERY_MS = 5 * MINUTE_MS;

const METADATA = {
  message_metadata: anyObject(),
  conversation_metadata: anyObject(),
};

const batchRequest = object({
  app_id: required(resourceId),
  message: required(appMessage),
  recipient_and_params: required(list(
    object({
      recipient: required(recipient),
      parameters: textMap(),
      ...METADATA,
    }),
    1,
    MAX_ENTRIES,
  )),
  ...METADATA,
  batch_metadata: textMap(),
  send_after: timestamp,
  processing_strategy: oneOf(STRATEGIES),
  callback_url: httpUrl,
  channel_priority_order: list(channel),
  channel_properties: textMap(1024),
  ttl,
  correlation_id: text(MAX_CORRELATION_ID),
});
type BatchRequest = Checked<typeof batchRequest>;

/** `POST messages`: sends at once, or schedules the batch. */
export function send({ store, body }: Call) {
  const request = checked(body, batchRequest);
  checkRecipients(requireApp(store, request.app_id), request);
  const now = store.now();
  const startAt = startTime(request.send_after, now);
  const id = store.newId();
  if (startAt <= now) sendToAll(store, id, request, now);
  store.run(
    "INSERT INTO batches VALUES (?, ?, ?, ?, ?)",
    id,
    startAt <= now ? "PROCESSED" : "SCHEDULED",
    startAt,
    JSON.stringify(request.batch_metadata ?? {}),
    startAt <= now ? "{}" : JSON.stringify(request),
  );
  return { batch_id: id, send_after: rfc3339(startAt) };
}

function checkRecipients(app: AppRow, request: BatchRequest): void {
  if (!isDispatched(app, request)) return;
  request.recipient_and_params.forEach(({ recipient }, at) => {
    if (recipient.identified_by) return;
    throw invalidField(
      `recipient_and_params[${at}].recipient`,
      "must be identified_by: DISPATCH mode has no contacts",
    );
  });
}

/** Up to a minute ahead is now; later times are rounded up. */
function startTime(
  sendAfter: string | null | undefined,
  now: number,
): number {
  const asked = sendAfter ? timestampMs(sendAfter)! : now;
  if (asked > now + MAX_AHEAD_MS) {
    throw invalidField("send_after", "must be at most 7 days ahead");
  }
  return asked > now + MINUTE_MS
    ? Math.ceil(asked / START_EVERY_MS) * START_EVERY_MS
    : now;
}

function sendToAll(
  store: Store,
  id: string,
  request: BatchRequest,
  startAt: number,
): void {
  for (const entry of request.recipient_and_params) {
    const message = substitute(request.message, entry.parameters ?? {});
    const { conversation_metadata: shared } = request;
    const { conversation_metadata: own } = entry;
    acceptMessage(
      store,
      {
        app_id: request.app_id,
        recipient: entry.recipient,
        message: message ?? request.message,
        processing_strategy: request.processing_strategy,
        callback_url: request.callback_url,
        channel_priority_order: request.channel_priority_order,
        channel_properties: request.channel_properties,
        ttl: request.ttl,
        correlation_id: request.correlation_id,
        message_metadata: JSON.stringify({
          ...request.message_metadata,
          ...entry.message_metadata,
          _batch_id: id,
        }),
        conversation_metadata: shared || own
          ? { ...shared, ...own }
          : undefined,
      },
      // A missing parameter fails only this recipient.
      message ? undefined : "BAD_REQUEST",
    );
  }
  publish(store, {
    trigger: "BATCH_STATUS_UPDATE",
    appId: request.app_id,
    subject: id,
    acceptedTime: timeOfId(id),
    payload: batchInCallback({
      id,
      status: "PROCESSED",
      send_after: startAt,
      metadata: JSON.stringify(request.batch_metadata ?? {}),
    }),
  });
}

/** A batch as callbacks show it; its messages have their own delivery reports. */
export function batchInCallback(
  { id, status, send_after, metadata }: BatchRow,
): JsonObject {
  return {
    batch_id: id,
    batch_status: `BATCH_STATUS_${status}`,
    batch_type: "BATCH_TYPE_MESSAGES",
    additional_data: {
      message_batch_data: {
        send_after: rfc3339(send_after),
        batch_metadata: parseJson(metadata),
      },
    },
  };
}

/** Whether a scheduled batch is due. */
export function isBatchDue(store: Store): boolean {
  return store.get(
    `SELECT 1 FROM batches WHERE status = 'SCHEDULED' AND send_after <= ?
     LIMIT 1`,
    store.now(),
  ) !== undefined;
}

/** Sends the batches that are due; part of a change. */
export function sendDueBatches(store: Store): void {
  const due = store.all<{ id: string; request: string; send_after: number }>(
    `SELECT id, request, send_after FROM batches
     WHERE status = 'SCHEDULED' AND send_after <= ? ORDER BY send_after`,
    store.now(),
  );
  for (const { id, request, send_after } of due) {
    const batch: BatchRequest = parseJson(request);
    const app = store.get("SELECT 1 FROM apps WHERE id = ?", batch.app_id);
    if (app) sendToAll(store, id, batch, send_after);
    setStatus(store, id, app ? "PROCESSED" : "CANCELLED");
  }
}

function setStatus(store: Store, id: string, status: string): void {
  store.run("UPDATE batches SET status = ? WHERE id = ?", status, id);
}

export interface BatchRow {
  id: string;
  status: string;
  send_after: number;
  metadata: string;
}

export function get({ store, params }: Call) {
  const row = findBatch(store, params.batch_id!);
  if (!row) throw notFound("Batch");
  return batchJson(row);
}

const listQuery = object({
  metadataKey: required(text()),
  metadataValue: required(text()),
});

/** `GET messages`: the batches with this metadata, as a bare list. */
export function listByMetadata({ store, query }: Call) {
  const { metadataKey, metadataValue } = checked(
    query,
    listQuery,
  );
  return store.all<BatchRow>(
    `SELECT * FROM batches WHERE EXISTS (
       SELECT 1 FROM json_each(metadata) WHERE key = ? AND value = ?)
     ORDER BY id`,
    metadataKey!,
    metadataValue!,
  ).map(batchJson);
}

const cancelRequest = object({ batch_id: required(resourceId) });

/** `DELETE messages`: always 200; cancels a batch that has not started. */
export function cancel({ store, body }: Call) {
  const { batch_id } = checked(body, cancelRequest);
  if (findBatch(store, batch_id)?.status === "SCHEDULED") {
    setStatus(store, batch_id, "CANCELLED");
  }
  return {};
}

function findBatch(store: Store, id: string): BatchRow | undefined {
  return store.get("SELECT * FROM batches WHERE id = ?", id);
}

function batchJson({ id, status, send_after, metadata }: BatchRow) {
  return {
    batch_id: id,
    meta_data: parseJson(metadata),
    status,
    send_after: rfc3339(send_after),
  };
}
