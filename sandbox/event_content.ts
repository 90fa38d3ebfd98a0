/**
 * The shapes of events that an app sends.
 *
 * @see https://developers.sinch.com/docs/conversation/api-reference/conversation/events/
 */
import {
  anyObject,
  type Check,
  exactlyOne,
  object,
  required,
  text,
} from "./checks.ts";
import { agent } from "./message_content.ts";

const agentEvent = object({ agent: required(agent) });

const APP_EVENTS: Record<string, Check> = {
  composing_event: anyObject(),
  composing_end_event: anyObject(),
  comment_reply_event: object({ text: required(text()) }),
  agent_joined_event: agentEvent,
  agent_left_event: agentEvent,
  generic_event: object({ payload: required(anyObject()) }),
  read_message_event: anyObject(),
};

export const appEvent = object(
  APP_EVENTS,
  exactlyOne(Object.keys(APP_EVENTS)),
);
