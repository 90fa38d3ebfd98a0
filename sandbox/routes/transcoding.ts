/**
 * Transcoding: what a message would look like on a channel.
 *
 * @see https://developers.sinch.com/docs/conversation/api-reference/conversation/transcoding/
 */
import type { Call } from "../call.ts";
import { CHANNELS } from "../channels.ts";
import {
  checked,
  type JsonObject,
  list,
  object,
  oneOf,
  required,
  resourceId,
  text,
} from "../checks.ts";
import { invalidField } from "../errors.ts";
import { appMessage } from "../message_content.ts";
import { requireApp } from "../state/apps.ts";
import type { Store } from "../store.ts";
import { filledTemplate, type OmniTemplate } from "../template_lookup.ts";
import { transcode } from "../transcode.ts";

const transcodeRequest = object({
  app_id: required(resourceId),
  app_message: required(appMessage),
  // The SDKs' tests ask for the retired Viber channel here.
  channels: required(list(oneOf([...CHANNELS, "VIBER"]), 1)),
  from: text(),
  to: text(),
});

/** `POST messages:transcode` */
export function transcodeMessage(call: Call) {
  const request = checked<
    { app_id: string; app_message: JsonObject; channels: string[]; to?: string }
  >(call.body, transcodeRequest);
  requireApp(call.store, request.app_id);
  const message = withFilledTemplate(call.store, request.app_message);
  return {
    transcoded_message: Object.fromEntries(
      request.channels.map((channel) => [
        channel,
        transcode(message, channel, request.to || undefined),
      ]),
    ),
  };
}

/** The message with the content that its template stands for. */
function withFilledTemplate(store: Store, message: JsonObject): JsonObject {
  const template = message.template_message as
    | { omni_template?: OmniTemplate }
    | undefined;
  if (!template?.omni_template) return message;
  const filled = filledTemplate(store, template.omni_template);
  if ("failure" in filled) {
    throw invalidField(
      "app_message.template_message.omni_template",
      `must name a template that can be filled in: ${filled.failure}`,
    );
  }
  return { ...message, template_message: undefined, ...filled.content };
}
