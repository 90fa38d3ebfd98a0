/**
 * The triggers of callbacks.
 *
 * @see https://developers.sinch.com/docs/conversation/callbacks/
 */

/** The triggers and the keys of their payloads. */
export const PAYLOAD_KEYS = {
  MESSAGE_INBOUND: "message",
  MESSAGE_DELIVERY: "message_delivery_report",
  MESSAGE_SUBMIT: "message_submit_notification",
  EVENT_INBOUND: "event",
  EVENT_DELIVERY: "event_delivery_report",
  CONVERSATION_START: "conversation_start_notification",
  CONVERSATION_STOP: "conversation_stop_notification",
  CONVERSATION_DELETE: "conversation_delete_notification",
  CONTACT_CREATE: "contact_create_notification",
  CONTACT_UPDATE: "contact_update_notification",
  CONTACT_DELETE: "contact_delete_notification",
  CONTACT_MERGE: "contact_merge_notification",
  CONTACT_IDENTITIES_DUPLICATION: "duplicated_contact_identities_notification",
  CAPABILITY: "capability_notification",
  OPT_IN: "opt_in_notification",
  OPT_OUT: "opt_out_notification",
  CHANNEL_EVENT: "channel_event_notification",
  SMART_CONVERSATION: "smart_conversation_notification",
  MESSAGE_INBOUND_SMART_CONVERSATION_REDACTION: "message_redaction",
  RECORD_NOTIFICATION: "record_notification",
  BATCH_STATUS_UPDATE: "batch_status_update_notification",
  UNSUPPORTED: "unsupported_callback",
} as const;

export type Trigger = keyof typeof PAYLOAD_KEYS;

/** What the envelope of a callback lacks. */
interface EnvelopeGaps {
  /** Fields that are `""`. */
  empty?: "app_id" | "project_id";
  /** Fields that are absent. */
  absent?: ("accepted_time" | "event_time")[];
}

const OF_CONTACT: EnvelopeGaps = { empty: "app_id", absent: ["event_time"] };
const OF_CONVERSATION: EnvelopeGaps = {
  absent: ["accepted_time", "event_time"],
};

/**
 * Envelopes that are not complete, as in Sinch's captures of real callbacks
 * (tests of sinch/sinch-sdk-node and sinch/sinch-sdk-dotnet, webhook samples of
 * sinch/skills).
 */
export const ENVELOPE_GAPS: Partial<Record<Trigger, EnvelopeGaps>> = {
  EVENT_INBOUND: { absent: ["accepted_time"] },
  CONVERSATION_START: OF_CONVERSATION,
  CONVERSATION_STOP: OF_CONVERSATION,
  CONVERSATION_DELETE: OF_CONVERSATION,
  CONTACT_CREATE: OF_CONTACT,
  CONTACT_UPDATE: OF_CONTACT,
  CONTACT_DELETE: OF_CONTACT,
  CONTACT_MERGE: OF_CONTACT,
  CAPABILITY: { empty: "project_id", absent: ["event_time"] },
  OPT_IN: { empty: "project_id" },
  OPT_OUT: { empty: "project_id" },
};

export const TRIGGERS = Object.keys(PAYLOAD_KEYS) as Trigger[];

/** The Node SDK spells one differently. */
const ALIASES: Record<string, Trigger> = {
  SMART_CONVERSATIONS: "SMART_CONVERSATION",
};

/** The names that a webhook may list. */
export const TRIGGER_NAMES = [...TRIGGERS, ...Object.keys(ALIASES)];

/** The trigger with this name. */
export function triggerOf(name: string): Trigger {
  return ALIASES[name] ?? name as Trigger;
}
