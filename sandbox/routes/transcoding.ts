/**
 * Transcoding: how a message looks on a channel.
 *
 * @see https://developers.sinch.com/docs/conversation/api-reference/conversation/transcoding/
 */
import type { Shown } from "../../channels/arrival.ts";
import { channelRequest } from "../content/channel_request.ts";
import {
  type AppMessage,
  appMessage,
  storedContent,
} from "../content/message_content.ts";
import { arrivalOn } from "../content/transcode.ts";
import { CHANNELS } from "../contract/channels.ts";
import {
  checked,
  list,
  object,
  oneOf,
  required,
  resourceId,
  text,
} from "../contract/checks.ts";
import { invalidField } from "../contract/errors.ts";
import { parseJson } from "../contract/json.ts";
import type { Call } from "../http/call.ts";
import { requireApp } from "../people/apps.ts";
import type { Store } from "../store/store.ts";

const transcodeRequest = object({
  app_id: required(resourceId),
  app_message: required(appMessage),
  // The SDKs' tests use the retired channel VIBER.
  channels: required(list(oneOf([...CHANNELS, "VIBER"]), 1)),
  from: text(),
  to: text(),
});

/** `POST messages:transcode` */
export function transcodeMessage(call: Call) {
  const request = checked(call.body, transcodeRequest);
  requireApp(call.store, request.app_id);
  const message: AppMessage = parseJson(storedContent(request.app_message));
  return {
    transcoded_message: Object.fromEntries(
      request.channels.map((channel) => [
        channel,
        channelRequest(
          shownOn(call.store, message, channel),
          channel,
          request.to || "{{to}}",
        ),
      ]),
    ),
  };
}

function shownOn(store: Store, message: AppMessage, channel: string): Shown {
  const { shown, failure } = arrivalOn(store, { channel, message });
  if (shown) return shown;
  throw failure?.code === "BAD_REQUEST"
    ? invalidField("app_message", `must have a content for ${channel}`)
    : invalidField(
      "app_message.template_message.omni_template",
      `must name an existing template with all its parameters: ${failure?.code}`,
    );
}
