/** Opted-out identities in the store, and their audit records. */
import { ACCOUNT } from "../contract/account.ts";
import type { JsonObject } from "../contract/checks.ts";
import { parseJson } from "../contract/json.ts";
import { rfc3339 } from "../contract/time.ts";
import type { Store } from "../store/store.ts";

export const OPT_OUT_LISTS = [
  "OPT_OUT_ALL",
  "OPT_OUT_MARKETING",
  "OPT_OUT_NOTIFICATION",
];

type Origin = "ORIGIN_API" | "ORIGIN_MO";

export function addConsent(
  store: Store,
  appId: string,
  listType: string,
  identity: string,
  origin: Origin,
): void {
  const added = store.run(
    "INSERT OR IGNORE INTO consents VALUES (?, ?, ?)",
    appId,
    listType,
    identity,
  );
  const operation = added ? "OPERATION_INSERT" : "OPERATION_UPDATE";
  addRecord(store, { appId, listType, identity, origin, operation });
}

/** Removes an identity from a list; records nothing if it is not on the list. */
export function removeConsent(
  store: Store,
  appId: string,
  listType: string,
  identity: string,
  origin: Origin,
): void {
  const removed = store.run(
    "DELETE FROM consents WHERE app_id = ? AND list_type = ? AND identity = ?",
    appId,
    listType,
    identity,
  );
  if (!removed) return;
  const operation = "OPERATION_DELETE";
  addRecord(store, { appId, listType, identity, origin, operation });
}

function addRecord(
  store: Store,
  { appId, listType, identity, origin, operation }: {
    appId: string;
    listType: string;
    identity: string;
    origin: Origin;
    operation: string;
  },
): void {
  store.run(
    "INSERT INTO consent_records VALUES (?, ?, ?, ?)",
    store.newId(),
    appId,
    identity,
    JSON.stringify({
      origin,
      operation,
      list_type: listType,
      project_id: ACCOUNT.projectId,
      app_id: appId,
      datetime: rfc3339(store.now()),
    }),
  );
}

/** Lists that block a message of this content type. */
const BLOCKING_LISTS: Record<string, string> = {
  CONTENT_MARKETING: "OPT_OUT_MARKETING",
  CONTENT_NOTIFICATION: "OPT_OUT_NOTIFICATION",
};

export function isOptedOut(
  store: Store,
  appId: string,
  identity: string,
  contentType: string | null | undefined,
): boolean {
  const list = BLOCKING_LISTS[contentType ?? "CONTENT_UNKNOWN"];
  return list !== undefined && store.get(
        `SELECT 1 FROM consents
       WHERE app_id = ? AND list_type IN ('OPT_OUT_ALL', ?) AND identity = ?`,
        appId,
        list,
        identity,
      ) !== undefined;
}

/** Identities after `after` on one of an app's lists. */
export function optedOut(
  store: Store,
  appId: string,
  listType: string,
  after: string,
  limit: number,
): { identity: string }[] {
  return store.all(
    `SELECT identity FROM consents
     WHERE app_id = ? AND list_type = ? AND identity > ?
     ORDER BY identity LIMIT ?`,
    appId,
    listType,
    after,
    limit,
  );
}

/** The audit records of an identity, oldest first. */
export function auditRecords(
  store: Store,
  appId: string,
  identity: string,
): JsonObject[] {
  return store.all<{ doc: string }>(
    `SELECT doc FROM consent_records WHERE app_id = ? AND identity = ?
     ORDER BY id`,
    appId,
    identity,
  ).map(({ doc }) => parseJson(doc));
}
