/**
 * The shapes of events from apps and from contacts.
 *
 * @see https://developers.sinch.com/docs/conversation/api-reference/conversation/events/
 */
import {
  anyObject,
  exactlyOne,
  flag,
  object,
  oneOf,
  required,
  text,
} from "../contract/checks.ts";
import { agent } from "./message_content.ts";

const agentEvent = object({ agent: required(agent) });

const APP_EVENTS = {
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

const CONTACT_EVENTS = {
  composing_event: anyObject(),
  composing_end_event: anyObject(),
  conversation_deleted_event: anyObject(),
  comment_event: object({
    id: text(),
    text: required(text()),
    comment_type: oneOf(["FEED", "LIVE"]),
    commented_on: text(),
    user: text(),
  }),
  generic_event: object({ payload: required(anyObject()) }),
  channel_specific_event: object({
    /** A person stops or resumes marketing messages on WhatsApp. */
    whatsapp_user_preferences_event: required(object({
      preference: required(oneOf(["stop", "resume"])),
      category: text(),
      detail: text(),
    })),
  }),
};

/** Events of a contact. */
export const contactEvent = object(
  CONTACT_EVENTS,
  exactlyOne(Object.keys(CONTACT_EVENTS)),
);

const CONTACT_MESSAGE_EVENTS = {
  reaction_event: object({
    // Absent when a reaction is removed.
    emoji: text(),
    action: required(oneOf([
      "REACTION_ACTION_REACT",
      "REACTION_ACTION_UNREACT",
      "REACTION_ACTION_UNKNOWN",
    ])),
    message_id: required(text()),
    reaction_category: text(),
  }),
  payment_status_update_event: object({
    reference_id: required(text()),
    payment_status: text(),
    payment_transaction_status: text(),
    payment_transaction_id: text(),
  }),
  shortlink_activated_event: object({
    payload: text(),
    title: text(),
    ref: text(),
    source: oneOf(["SHORTLINK"]),
    type: oneOf(["OPEN_THREAD"]),
    existing_thread: flag,
  }),
};

/** Events of a contact about a message. */
export const contactMessageEvent = object(
  CONTACT_MESSAGE_EVENTS,
  exactlyOne(Object.keys(CONTACT_MESSAGE_EVENTS)),
);
