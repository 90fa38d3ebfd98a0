/** Webhooks in the store. */
import type { JsonObject } from "../contract/checks.ts";
import { notFound } from "../contract/errors.ts";
import { parseJson } from "../contract/json.ts";
import type { Store } from "../store/store.ts";

export function readWebhook(store: Store, id: string): JsonObject {
  const row = store.get<{ doc: string }>(
    "SELECT doc FROM webhooks WHERE id = ?",
    id,
  );
  if (!row) throw notFound("Webhook");
  return parseJson(row.doc);
}

/** An app's webhooks, oldest first. */
export function listWebhooks(store: Store, appId: string): JsonObject[] {
  return store.all<{ doc: string }>(
    "SELECT doc FROM webhooks WHERE app_id = ? ORDER BY id",
    appId,
  ).map(({ doc }) => parseJson(doc));
}

/** IDs and targets of an app's webhooks, except one. */
export function otherWebhooks(
  store: Store,
  appId: string,
  exceptId: string,
): { id: string; target: string }[] {
  return store.all(
    "SELECT id, target FROM webhooks WHERE app_id = ? AND id <> ?",
    appId,
    exceptId,
  );
}

export function saveWebhook(store: Store, webhook: JsonObject): void {
  store.run(
    `INSERT INTO webhooks VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET
       app_id = excluded.app_id, target = excluded.target, doc = excluded.doc`,
    webhook.id as string,
    webhook.app_id as string,
    webhook.target as string,
    JSON.stringify(webhook),
  );
}

export function deleteWebhook(store: Store, id: string): void {
  if (store.run("DELETE FROM webhooks WHERE id = ?", id) === 0) {
    throw notFound("Webhook");
  }
}
