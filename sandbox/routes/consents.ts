/**
 * Consents: who opted out. Batches and keywords in messages change them.
 *
 * @see https://developers.sinch.com/docs/conversation/api-reference/conversation/consents/
 */
import { bareIdentity } from "../contract/channels.ts";
import { checked, object, oneOf, required } from "../contract/checks.ts";
import { readPage } from "../contract/paging.ts";
import type { Call } from "../http/call.ts";
import { requireApp } from "../people/apps.ts";
import { auditRecords, OPT_OUT_LISTS, optedOut } from "../people/consents.ts";

const MAX_PAGE = 50;

const listParams = object({ list_type: required(oneOf(OPT_OUT_LISTS)) });

/** `GET apps/{app_id}/consents/{list_type}` */
export function listIdentities(call: Call) {
  const { list_type } = checked(call.params, listParams);
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
export function listAuditRecords(call: Call) {
  const app = requireApp(call.store, call.params.app_id!);
  const identity = bareIdentity(call.params.identity!);
  return {
    identity: { identity },
    audit_records: auditRecords(call.store, app.id, identity),
  };
}
