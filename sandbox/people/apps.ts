/** Apps in the store. */
import type { JsonObject } from "../contract/checks.ts";
import { notFound } from "../contract/errors.ts";
import { parseJson } from "../contract/json.ts";
import type { Store } from "../store/store.ts";

/** The part of an app that a send needs. */
export interface AppRow {
  id: string;
  processing_mode: "CONVERSATION" | "DISPATCH";
  dispatch_ttl_days: number;
  /** Channels with credentials, in order, comma-separated. */
  channels: string;
}

export function findApp(store: Store, id: string): AppRow | undefined {
  return store.get(
    `SELECT id, processing_mode, dispatch_ttl_days, channels
     FROM apps WHERE id = ?`,
    id,
  );
}

export function requireApp(store: Store, id: string): AppRow {
  const app = findApp(store, id);
  if (!app) throw notFound("App");
  return app;
}

/** An app as the API shows it. */
export function readApp(store: Store, id: string): JsonObject {
  const row = store.get<{ doc: string }>(
    "SELECT doc FROM apps WHERE id = ?",
    id,
  );
  if (!row) throw notFound("App");
  return shown(store, parseJson(row.doc));
}

/** A credential is PENDING until it has been checked; here, all are good. */
function shown(store: Store, app: JsonObject): JsonObject {
  const credentials = app.channel_credentials as JsonObject[];
  return {
    ...app,
    channel_credentials: credentials.map(({ checked_at, ...one }) => {
      const isPending = Number(checked_at ?? 0) > store.now();
      const status = isPending ? "PENDING" : "ACTIVE";
      return { ...one, state: { status, description: "" } };
    }),
  };
}

/** All apps, oldest first. */
export function listApps(store: Store): JsonObject[] {
  return store.all<{ doc: string }>("SELECT doc FROM apps ORDER BY id")
    .map(({ doc }) => shown(store, parseJson(doc)));
}

/** @param app Its credentials have `checked_at`, in epoch milliseconds. */
export function saveApp(store: Store, app: JsonObject): void {
  const credentials = app.channel_credentials as { channel: string }[];
  store.run(
    "INSERT OR REPLACE INTO apps VALUES (?, ?, ?, ?, ?)",
    app.id as string,
    app.processing_mode as string,
    (app.dispatch_retention_policy as { ttl_days: number }).ttl_days,
    credentials.map(({ channel }) => channel).join(),
    JSON.stringify(app),
  );
}

/** Tables whose rows belong to one app. */
const OWNED = [
  "webhooks",
  "conversations",
  "messages",
  "events",
  "consents",
  "consent_records",
  "last_inbound",
  "dispatch_metadata",
];

/** Deletes an app with everything that belongs to it. */
export function deleteApp(store: Store, id: string): void {
  if (store.run("DELETE FROM apps WHERE id = ?", id) === 0) {
    throw notFound("App");
  }
  for (const table of OWNED) {
    store.run(`DELETE FROM ${table} WHERE app_id = ?`, id);
  }
}
