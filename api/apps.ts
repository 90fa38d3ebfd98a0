/**
 * Apps: the unit that owns channels, webhooks and conversations.
 *
 * @see https://developers.sinch.com/docs/conversation/api-reference/conversation/app
 */
import { count, fields, list, type Read, rows, text, word } from "./answer.ts";
import { type ApiRequest, path } from "./http/request.ts";

/** Credential objects by channel (`static_bearer`, `line_credentials` …). */
export interface ChannelCredential {
  channel: string;
  [credential: string]: unknown;
}

const readChannelState = fields({
  channel: word,
  state: fields({ status: text, description: text }),
});
export type ChannelState = Read<typeof readChannelState>;

const readRetention = fields({ retention_type: text, ttl_days: text });

const readApp = fields({
  id: word,
  display_name: text,
  /** `CONVERSATION` or `DISPATCH`. */
  processing_mode: text,
  /** In order of channel priority. */
  channel_credentials: list(readChannelState),
  /** Of what is kept in CONVERSATION mode, and in DISPATCH mode. */
  retention_policy: readRetention,
  dispatch_retention_policy: readRetention,
  /** Messages a second; answer only. */
  rate_limits: fields({ outbound: count }),
  /** Accepted messages that wait to be sent; answer only. */
  queue_stats: fields({ outbound_size: count, outbound_limit: count }),
});
export type App = Read<typeof readApp>;

const readApps = fields({ apps: rows(readApp) });

export interface AppInput {
  display_name?: string;
  channel_credentials?: ChannelCredential[];
  /** The API's own default is `DISPATCH`. */
  processing_mode?: "CONVERSATION" | "DISPATCH";
  [field: string]: unknown;
}

/** Every app of the project at once: this list has no pages. */
export function listApps(): ApiRequest<Read<typeof readApps>> {
  return {
    method: "GET",
    host: "conversation",
    path: "apps",
    answerAs: readApps,
  };
}

export function getApp(id: string): ApiRequest<App> {
  return {
    method: "GET",
    host: "conversation",
    path: path`apps/${id}`,
    answerHas: "id",
    answerAs: readApp,
  };
}

export function createApp(body: AppInput): ApiRequest<App> {
  return {
    method: "POST",
    done: "App created",
    host: "conversation",
    path: "apps",
    body,
    answerHas: "id",
    answerAs: readApp,
  };
}

/** Changes the fields in `body`; `channel_credentials` are replaced whole. */
export function updateApp(id: string, body: AppInput): ApiRequest<App> {
  return {
    method: "PATCH",
    done: "App updated",
    host: "conversation",
    path: path`apps/${id}`,
    query: { update_mask: Object.keys(body) },
    body,
    answerHas: "id",
    answerAs: readApp,
  };
}

export function deleteApp(id: string): ApiRequest {
  return {
    method: "DELETE",
    done: `App ${id} deleted`,
    host: "conversation",
    path: path`apps/${id}`,
  };
}
