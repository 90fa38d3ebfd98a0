/** Opted-out identities in the store, and the record of who changed what. */
import { ACCOUNT } from "../account.ts";
import { rfc3339 } from "../call.ts";
import type { Store } from "../store.ts";

export const OPT_OUT_LISTS = [
  "OPT_OUT_ALL",
  "OPT_OUT_MARKETING",
  "OPT_OUT_NOTIFICATION",
];

export function addConsent(
  store: Store,
  appId: string,
  listType: string,
  identity: string,
  origin: "ORIGIN_API" | "ORIGIN_MO",
): void {
  const added = store.run(
    "INSERT OR IGNORE INTO consents VALUES (?, ?, ?)",
    appId,
    listType,
    identity,
  );
  store.run(
    "INSERT INTO consent_records VALUES (?, ?, ?, ?)",
    store.newId(),
    appId,
    identity,
    JSON.stringify({
      origin,
      operation: added ? "OPERATION_INSERT" : "OPERATION_UPDATE",
      list_type: listType,
      project_id: ACCOUNT.projectId,
      app_id: appId,
      datetime: rfc3339(store.now()),
    }),
  );
}

/** Identities behind `after` on one of an app's lists. */
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

/** JSON texts of what happened to an identity's consents, oldest first. */
export function auditRecords(
  store: Store,
  appId: string,
  identity: string,
): string[] {
  return store.all<{ doc: string }>(
    `SELECT doc FROM consent_records WHERE app_id = ? AND identity = ?
     ORDER BY id`,
    appId,
    identity,
  ).map(({ doc }) => doc);
}
