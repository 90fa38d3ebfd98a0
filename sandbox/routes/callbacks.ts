/** Control endpoints for callbacks. */
import { publish } from "../callbacks/outbox.ts";
import type { CallbackRow } from "../callbacks/poster.ts";
import { TRIGGER_NAMES, triggerOf } from "../callbacks/triggers.ts";
import { ACCOUNT } from "../contract/account.ts";
import {
  anyObject,
  checked,
  object,
  oneOf,
  required,
  resourceId,
} from "../contract/checks.ts";
import { notFound } from "../contract/errors.ts";
import { parseJson } from "../contract/json.ts";
import { readPage } from "../contract/paging.ts";
import { isoTime } from "../contract/time.ts";
import { mergePatch } from "../contract/update_mask.ts";
import type { Call } from "../http/call.ts";
import { requireApp } from "../people/apps.ts";
import type { Store } from "../store/store.ts";
import { where } from "../store/where.ts";
import { sampleNotification } from "./callback_samples.ts";

const MAX_PAGE = 1000;
const callbacksQuery = object({
  app_id: resourceId,
  status: oneOf(["WAITING", "DELIVERED", "FAILED"]),
});

/** `GET /_sandbox/callbacks`: newest first. */
export function listPage({ store, query }: Call) {
  const { page_size, page_token, ...filters } = query;
  const { app_id, status } = checked(
    filters,
    callbacksQuery,
  );
  const page = readPage(
    { page_size, page_token },
    "callbacks",
    filters,
    MAX_PAGE,
  );
  const selection = where([
    ["app_id = ?", app_id],
    ["status = ?", status],
    ["id < ?", page.after && Number(page.after)],
  ]);
  const { rows, nextPageToken } = page.cut(
    store.all<CallbackRow>(
      `SELECT * FROM callbacks ${selection.sql} ORDER BY id DESC LIMIT ?`,
      ...selection.values,
      page.limit,
    ),
    ({ id }) => String(id),
  );
  return {
    callbacks: rows.map(callbackJson),
    next_page_token: nextPageToken,
  };
}

/** `GET /_sandbox/callbacks/{callback_id}` */
export function get({ store, params }: Call) {
  return callbackJson(requireCallback(store, params.callback_id!));
}

/** `POST /_sandbox/callbacks/{callback_id}:redeliver`: posts it again. */
export function redeliver({ store, params }: Call) {
  const { id } = requireCallback(store, params.callback_id!);
  store.run(
    "UPDATE callbacks SET status = 'WAITING', tries = 0, due = ? WHERE id = ?",
    store.now(),
    id,
  );
  return callbackJson(requireCallback(store, String(id)));
}

const triggerRequest = object({
  app_id: resourceId,
  trigger: required(oneOf(TRIGGER_NAMES)),
  payload: anyObject(),
});

/**
 * `POST /_sandbox/callbacks:trigger`: sends a sample event to the app's webhooks,
 * with the given payload merged into the sample (RFC 7386).
 */
export function trigger({ store, body }: Call) {
  const request = checked(body, triggerRequest);
  const app = requireApp(store, request.app_id ?? ACCOUNT.appId);
  const sample = sampleNotification(store, app, triggerOf(request.trigger));
  const receivers = publish(store, {
    ...sample,
    payload: mergePatch(sample.payload, request.payload ?? {}),
  });
  const rows = store.all<CallbackRow>(
    "SELECT * FROM callbacks ORDER BY id DESC LIMIT ?",
    receivers,
  );
  return {
    trigger: sample.trigger,
    app_id: app.id,
    callbacks: rows.reverse().map(callbackJson),
  };
}

function requireCallback(store: Store, id: string): CallbackRow {
  const row = /^\d{1,15}$/.test(id)
    ? store.get<CallbackRow>(
      "SELECT * FROM callbacks WHERE id = ?",
      Number(id),
    )
    : undefined;
  if (!row) throw notFound("Callback");
  return row;
}

export function callbackJson(row: CallbackRow) {
  return {
    id: String(row.id),
    create_time: isoTime(row.created),
    app_id: row.app_id,
    webhook_id: row.webhook_id,
    target: row.target,
    trigger: row.trigger,
    status: row.status,
    tries: row.tries,
    last_status: row.last_status,
    last_error: row.last_error,
    next_try: row.status === "WAITING" ? isoTime(row.due) : null,
    body: parseJson(row.body),
  };
}
