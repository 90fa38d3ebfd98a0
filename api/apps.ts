/**
 * Apps: the unit that owns channels, webhooks and conversations.
 *
 * @see https://developers.sinch.com/docs/conversation/api-reference/conversation/app
 */
import { type ApiRequest, path } from "./http/request.ts";

export interface ChannelCredential {
  channel: string;
  state?: { status?: string; description?: string };
  /** Credential objects by channel (`static_bearer`, `line_credentials` …). */
  [credential: string]: unknown;
}

export interface App {
  id: string;
  display_name?: string;
  processing_mode?: "CONVERSATION" | "DISPATCH";
  /** In order of channel priority. */
  channel_credentials?: ChannelCredential[];
  /** Of what is kept in CONVERSATION mode, and in DISPATCH mode. */
  retention_policy?: RetentionPolicy;
  dispatch_retention_policy?: RetentionPolicy;
  [field: string]: unknown;
}

export interface RetentionPolicy {
  retention_type?: string;
  ttl_days?: number;
}

export interface AppInput {
  display_name?: string;
  channel_credentials?: ChannelCredential[];
  /** The API's own default is `DISPATCH`. */
  processing_mode?: "CONVERSATION" | "DISPATCH";
  [field: string]: unknown;
}

/** Every app of the project at once: this list has no pages. */
export function listApps(): ApiRequest<{ apps?: App[] }> {
  return { method: "GET", host: "conversation", path: "apps" };
}

export function getApp(id: string): ApiRequest<App> {
  return {
    method: "GET",
    host: "conversation",
    path: path`apps/${id}`,
    answerHas: "id",
  };
}

export function createApp(body: AppInput): ApiRequest<App> {
  return {
    method: "POST",
    host: "conversation",
    path: "apps",
    body,
    answerHas: "id",
  };
}

/** Changes the fields in `body`; `channel_credentials` are replaced whole. */
export function updateApp(id: string, body: AppInput): ApiRequest<App> {
  return {
    method: "PATCH",
    host: "conversation",
    path: path`apps/${id}`,
    query: { update_mask: Object.keys(body) },
    body,
    answerHas: "id",
  };
}

export function deleteApp(id: string): ApiRequest {
  return { method: "DELETE", host: "conversation", path: path`apps/${id}` };
}
