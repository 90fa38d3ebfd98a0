/**
 * Apps.
 *
 * @see https://developers.sinch.com/docs/conversation/api-reference/conversation/app/
 */
import { channel } from "../contract/channels.ts";
import {
  type Check,
  checked,
  flag,
  given,
  integer,
  type JsonObject,
  list,
  object,
  oneOf,
  required,
  text,
} from "../contract/checks.ts";
import { applyUpdate } from "../contract/update_mask.ts";
import type { Call } from "../http/call.ts";
import * as state from "../people/apps.ts";
import {
  CREDENTIAL_FIELDS,
  credentialOfChannel,
} from "./channel_credentials.ts";

const MIN_WAITING_TIME_S = 10;

const waitingTime: Check = (value, field, found) => {
  const fallback = value as JsonObject;
  if (
    fallback.enabled && fallback.delivery_report_waiting_time &&
    Number(fallback.delivery_report_waiting_time) < MIN_WAITING_TIME_S
  ) {
    found.push({
      field: `${field}.delivery_report_waiting_time`,
      description: `must be at least ${MIN_WAITING_TIME_S}`,
    });
  }
};

const APP_FIELDS = {
  display_name: required(text()),
  channel_credentials: given(list(object({
    channel: required(channel),
    callback_secret: text(256),
    credential_ordinal_number: integer(0, 255),
    ...CREDENTIAL_FIELDS,
  }, credentialOfChannel))),
  processing_mode: oneOf(["CONVERSATION", "DISPATCH"]),
  conversation_metadata_report_view: oneOf(["NONE", "FULL"]),
  retention_policy: object({
    retention_type: oneOf([
      "MESSAGE_EXPIRE_POLICY",
      "CONVERSATION_EXPIRE_POLICY",
      "PERSIST_RETENTION_POLICY",
    ]),
    ttl_days: integer(1, 3650),
  }),
  dispatch_retention_policy: object({
    retention_type: oneOf(["MESSAGE_EXPIRE_POLICY"]),
    ttl_days: integer(0, 7),
  }),
  smart_conversation: object({ enabled: flag }),
  callback_settings: object({ secret_for_overridden_callback_urls: text() }),
  delivery_report_based_fallback: object({
    enabled: flag,
    delivery_report_waiting_time: integer(0, 259200),
  }, waitingTime),
  message_retry_settings: object({ retry_duration: integer(30, 3600) }),
};
const app = object(APP_FIELDS);

export function listAll(call: Call) {
  return { apps: state.listApps(call.store) };
}

export function get(call: Call) {
  return state.readApp(call.store, call.params.app_id!);
}

export function create(call: Call) {
  const { store } = call;
  const id = store.newId();
  const checkedAt = () => store.now() + CHECK_MS;
  state.saveApp(store, appOf(id, checked(call.body, app), checkedAt));
  return state.readApp(store, id);
}

/** How long the check of new credentials takes. */
const CHECK_MS = 1000;

export function update(call: Call) {
  const { store } = call;
  const id = call.params.app_id!;
  const old = state.readApp(store, id);
  const known = new Set((old.channel_credentials as JsonObject[]).map(keyOf));
  const updated = applyUpdate(
    old,
    call.body,
    call.query.update_mask,
    Object.keys(APP_FIELDS),
  );
  const checkedAt = (credential: JsonObject) =>
    known.has(keyOf(credential)) ? 0 : store.now() + CHECK_MS;
  state.saveApp(store, appOf(id, checked(updated, app), checkedAt));
  return state.readApp(store, id);
}

/** What of a credential has to be checked. */
function keyOf({ channel, ...rest }: JsonObject): string {
  return JSON.stringify([
    channel,
    ...Object.keys(CREDENTIAL_FIELDS).map((name) => rest[name] ?? null),
  ]);
}

export function remove(call: Call) {
  state.deleteApp(call.store, call.params.app_id!);
  return {};
}

/**
 * The whole app: what was given, with the API's defaults around it.
 *
 * @param checkedAt when a credential becomes ACTIVE, in epoch milliseconds
 */
export function appOf(
  id: string,
  fields: JsonObject,
  checkedAt: (credential: JsonObject) => number = () => 0,
): JsonObject {
  const expire = { retention_type: "MESSAGE_EXPIRE_POLICY" };
  return {
    id,
    display_name: fields.display_name,
    processing_mode: fields.processing_mode ?? "DISPATCH",
    channel_credentials: (fields.channel_credentials as JsonObject[])
      .map((one) => ({ ...credentialOf(one), checked_at: checkedAt(one) })),
    conversation_metadata_report_view:
      fields.conversation_metadata_report_view ?? "NONE",
    retention_policy: withDefaults(
      { ...expire, ttl_days: 180 },
      fields.retention_policy,
    ),
    dispatch_retention_policy: withDefaults(
      { ...expire, ttl_days: 0 },
      fields.dispatch_retention_policy,
    ),
    smart_conversation: withDefaults(
      { enabled: false },
      fields.smart_conversation,
    ),
    callback_settings: withDefaults(
      { secret_for_overridden_callback_urls: "" },
      fields.callback_settings,
    ),
    delivery_report_based_fallback: fallbackOf(
      fields.delivery_report_based_fallback,
    ),
    message_retry_settings: fields.message_retry_settings
      ? withDefaults({ retry_duration: 3600 }, fields.message_retry_settings)
      : null,
    rate_limits: { outbound: 20, inbound: 100, webhooks: 100 },
    queue_stats: { outbound_size: 0, outbound_limit: 500000 },
    persist_message_status: { enabled: true },
    message_search: { enabled: false },
  };
}

function withDefaults(defaults: JsonObject, given: unknown): JsonObject {
  const set = Object.entries(given ?? {}).filter(([, value]) => value !== null);
  return { ...defaults, ...Object.fromEntries(set) };
}

/** What is off shows no waiting time. */
function fallbackOf(given: unknown): JsonObject {
  const off = { enabled: false, delivery_report_waiting_time: 0 };
  const fallback = withDefaults(off, given);
  return fallback.enabled ? fallback : off;
}

function credentialOf(given: JsonObject): JsonObject {
  const bearer = given.static_bearer as
    | { claimed_identity: string }
    | undefined;
  return {
    ...given,
    callback_secret: given.callback_secret ?? "",
    // SMS alone shows none, in Sinch's captures.
    channel_known_id: given.channel === "SMS"
      ? ""
      : bearer?.claimed_identity ?? "",
    credential_ordinal_number: given.credential_ordinal_number ?? 0,
  };
}
