/**
 * Consents: who opted out. They are written by batches and inbound keywords.
 *
 * @see https://developers.sinch.com/docs/conversation/api-reference/conversation/consents/
 */
import { bareIdentity } from "../contract/channels.ts";
import { checked, object, oneOf } from "../contract/checks.ts";
import { readPage } from "../contract/paging.ts";
import type { Call } from "../http/call.ts";
import { requireApp } from "../people/apps.ts";
import { auditRecords, OPT_OUT_LISTS, optedOut } from "../people/consents.ts";

const MAX_PAGE = 50;

const listParams = object({ list_type: oneOf(OPT_OUT_LISTS) });

/** `GET apps/{app_id}/consents/{list_type}` */
export function listIdentities(call: Call) {
  const { list_type } = checked<{ list_type: string }>(call.params, listParams);
  const app = requireApp(call.store, call.params.app_id!);
  const page = readPage(
    call.query,
    "consents",
    { app_id: app.id, list_type },
    MAX_PAGE,
  );
  const { rows, nextPageToken } = page.cut(
    optedOut(call.store, app.id, list_type, page.after ?? "", page.limit),
    (last) => last.identity,
  );
  return { identities: rows, next_page_token: nextPageToken };
}

/** `GET apps/{app_id}/consents/identities/{identity}` */
export function listAuditRecords(call: Call): string {
  const app = requireApp(call.store, call.params.app_id!);
  const identity = bareIdentity(call.params.identity!);
  const records = auditRecords(call.store, app.id, identity);
  return `{"identity":${JSON.stringify({ identity })},` +
    `"audit_records":[${records}]}`;
}
