/**
 * Webhooks.
 *
 * @see https://developers.sinch.com/docs/conversation/api-reference/conversation/webhooks/
 */
import { TRIGGER_NAMES } from "../callbacks/triggers.ts";
import * as state from "../callbacks/webhooks.ts";
import {
  type Check,
  checked,
  httpUrl,
  type JsonObject,
  list,
  object,
  oneOf,
  required,
  resourceId,
  text,
} from "../contract/checks.ts";
import { invalidField } from "../contract/errors.ts";
import { applyUpdate } from "../contract/update_mask.ts";
import type { Call } from "../http/call.ts";
import { requireApp } from "../people/apps.ts";
import type { Store } from "../store/store.ts";

const MAX_WEBHOOKS = 5;
const MAX_TARGET = 742;

const target: Check = (value, field, found) => {
  httpUrl(value, field, found);
  text(MAX_TARGET)(value, field, found);
  if (
    /^https?:\/\/([^/]*\.)?conversation(-api|\.api)\.[^/]*\bsinch\.com\b/i.test(
      String(value),
    )
  ) {
    found.push({ field, description: "must not be a host of the API" });
  }
};

const WEBHOOK_FIELDS = {
  app_id: required(resourceId),
  target: required(target),
  target_type: oneOf(["HTTP", "DISMISS"]),
  triggers: list(oneOf(TRIGGER_NAMES)),
  secret: text(),
  client_credentials: object({
    client_id: required(text()),
    client_secret: required(text()),
    endpoint: required(httpUrl),
    scope: text(1024),
    response_type: text(64),
    token_request_type: oneOf(["BASIC", "FORM"]),
  }),
};
const webhook = object(WEBHOOK_FIELDS);

/** `GET apps/{app_id}/webhooks` */
export function listOfApp(call: Call) {
  const app = requireApp(call.store, call.params.app_id!);
  return { webhooks: state.listWebhooks(call.store, app.id) };
}

export function get(call: Call) {
  return state.readWebhook(call.store, call.params.webhook_id!);
}

export function create(call: Call) {
  return save(call.store, call.store.newId(), call.body);
}

export function update(call: Call) {
  const id = call.params.webhook_id!;
  const updated = applyUpdate(
    state.readWebhook(call.store, id),
    call.body,
    call.query.update_mask,
    Object.keys(WEBHOOK_FIELDS),
  );
  return save(call.store, id, updated);
}

export function remove(call: Call) {
  state.deleteWebhook(call.store, call.params.webhook_id!);
  return {};
}

function save(store: Store, id: string, fields: JsonObject): JsonObject {
  const given = checked(fields, webhook);
  const app = requireApp(store, given.app_id);
  const others = state.otherWebhooks(store, app.id, id);
  if (others.some(({ target }) => target === given.target)) {
    throw invalidField("target", "must be unique within the app");
  }
  if (others.length >= MAX_WEBHOOKS) {
    throw invalidField(
      "app_id",
      `must be an app with fewer than ${MAX_WEBHOOKS} webhooks`,
    );
  }
  const saved = {
    id,
    app_id: app.id,
    target: given.target,
    target_type: given.target_type ?? "DISMISS",
    triggers: given.triggers ?? [],
    secret: given.secret ?? "",
    client_credentials: given.client_credentials ?? null,
  };
  state.saveWebhook(store, saved);
  return saved;
}
