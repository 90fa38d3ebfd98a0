/**
 * The keys and types of each callback, written down from what Sinch publishes of
 * real callbacks: the signed capture in the webhook tests of sinch/sinch-sdk-node
 * and sinch/sinch-sdk-dotnet (CONTACT_*), the webhook samples of sinch/skills, and
 * https://developers.sinch.com/docs/conversation/callbacks/ (the rest).
 *
 * A type in words is `string`, `time`, `boolean`, `number` or `object` (with any
 * keys); `?` at the end of a key marks one that may be absent.
 */
export type Shape = string | { [key: string]: Shape } | [Shape];

const IDENTITY = { channel: "string", identity: "string", app_id: "string" };

const ABOUT = {
  channel_identity: IDENTITY,
  contact_id: "string",
  metadata: "string",
  processing_mode: "string",
};

const REASON = {
  code: "string",
  description: "string",
  sub_code: "string",
  "channel_code?": "string",
};

const INBOUND = {
  id: "string",
  direction: "string",
  contact_message: "object",
  ...ABOUT,
  conversation_id: "string",
  accept_time: "time",
  sender_id: "string",
  injected: "boolean",
};

const CONVERSATION = {
  conversation: {
    id: "string",
    app_id: "string",
    contact_id: "string",
    active: "boolean",
    active_channel: "string",
    last_received: "time",
    metadata: "string",
    metadata_json: "object",
    correlation_id: "string",
  },
};

const CONTACT = {
  id: "string",
  channel_identities: [IDENTITY] as [Shape],
  "channel_priority?": ["string"] as [Shape],
  display_name: "string",
  email: "string",
  external_id: "string",
  metadata: "string",
  language: "string",
};

const CONSENT = {
  request_id: "string",
  contact_id: "string",
  channel: "string",
  identity: "string",
  status: "string",
  "error_details?": { description: "string" },
  processing_mode: "string",
};

export const PAYLOADS: Record<string, [key: string, shape: Shape]> = {
  MESSAGE_INBOUND: ["message", INBOUND],
  MESSAGE_INBOUND_SMART_CONVERSATION_REDACTION: ["message_redaction", INBOUND],
  MESSAGE_DELIVERY: ["message_delivery_report", {
    message_id: "string",
    conversation_id: "string",
    status: "string",
    "reason?": REASON,
    ...ABOUT,
  }],
  MESSAGE_SUBMIT: ["message_submit_notification", {
    message_id: "string",
    conversation_id: "string",
    submitted_message: "object",
    ...ABOUT,
  }],
  EVENT_INBOUND: ["event", {
    id: "string",
    direction: "string",
    "contact_event?": "object",
    "contact_message_event?": "object",
    channel_identity: IDENTITY,
    contact_id: "string",
    conversation_id: "string",
    accept_time: "time",
    processing_mode: "string",
  }],
  EVENT_DELIVERY: ["event_delivery_report", {
    event_id: "string",
    status: "string",
    "reason?": REASON,
    ...ABOUT,
  }],
  CONVERSATION_START: ["conversation_start_notification", CONVERSATION],
  CONVERSATION_STOP: ["conversation_stop_notification", CONVERSATION],
  CONVERSATION_DELETE: ["conversation_delete_notification", CONVERSATION],
  CONTACT_CREATE: ["contact_create_notification", { contact: CONTACT }],
  CONTACT_UPDATE: ["contact_update_notification", { contact: CONTACT }],
  CONTACT_DELETE: ["contact_delete_notification", { contact: CONTACT }],
  CONTACT_MERGE: ["contact_merge_notification", {
    preserved_contact: CONTACT,
    deleted_contact: CONTACT,
  }],
  CONTACT_IDENTITIES_DUPLICATION: [
    "duplicated_contact_identities_notification",
    { duplicated_identities: [{ channel: "string", contact_ids: ["string"] }] },
  ],
  CAPABILITY: ["capability_notification", {
    request_id: "string",
    contact_id: "string",
    channel: "string",
    identity: "string",
    capability_status: "string",
    channel_capabilities: ["string"],
    "reason?": REASON,
  }],
  OPT_IN: ["opt_in_notification", CONSENT],
  OPT_OUT: ["opt_out_notification", CONSENT],
  CHANNEL_EVENT: ["channel_event_notification", {
    channel_event: {
      channel: "string",
      event_type: "string",
      additional_data: "object",
    },
  }],
  SMART_CONVERSATION: ["smart_conversation_notification", {
    contact_id: "string",
    channel_identity: "string",
    channel: "string",
    message_id: "string",
    conversation_id: "string",
    analysis_results: "object",
  }],
  RECORD_NOTIFICATION: ["record_notification", {
    entity_id: "string",
    record_status: "string",
    channel_identity: IDENTITY,
    contact_id: "string",
    conversation_id: "string",
    processing_mode: "string",
  }],
  BATCH_STATUS_UPDATE: ["batch_status_update_notification", {
    batch_id: "string",
    batch_status: "string",
    batch_type: "string",
    additional_data: {
      message_batch_data: { send_after: "time", batch_metadata: "object" },
    },
  }],
  UNSUPPORTED: ["unsupported_callback", {
    channel: "string",
    payload: "string",
    processing_mode: "string",
    id: "string",
    contact_id: "string",
    conversation_id: "string",
    channel_identity: IDENTITY,
  }],
};

const ENVELOPE = {
  app_id: "string",
  accepted_time: "time",
  event_time: "time",
  project_id: "string",
  message_metadata: "string",
  correlation_id: "string",
};

const WITHOUT: Record<string, string[]> = {
  EVENT_INBOUND: ["accepted_time"],
  CONVERSATION_START: ["accepted_time", "event_time"],
  CONVERSATION_STOP: ["accepted_time", "event_time"],
  CONVERSATION_DELETE: ["accepted_time", "event_time"],
  CONTACT_CREATE: ["event_time"],
  CONTACT_UPDATE: ["event_time"],
  CONTACT_DELETE: ["event_time"],
  CONTACT_MERGE: ["event_time"],
  CAPABILITY: ["event_time"],
};

/** Fields of the envelope that are `""`. */
export const EMPTY: Record<string, string> = {
  CONTACT_CREATE: "app_id",
  CONTACT_UPDATE: "app_id",
  CONTACT_DELETE: "app_id",
  CONTACT_MERGE: "app_id",
  CAPABILITY: "project_id",
  OPT_IN: "project_id",
  OPT_OUT: "project_id",
};

/** The shape of a whole callback. */
export function shapeOf(trigger: string): Shape {
  const [key, payload] = PAYLOADS[trigger]!;
  const shape: Record<string, Shape> = { ...ENVELOPE, [key]: payload };
  for (const name of WITHOUT[trigger] ?? []) delete shape[name];
  return shape;
}

/** Where a value has another shape, as paths. */
export function misfits(value: unknown, shape: Shape, path = ""): string[] {
  if (typeof shape === "string") {
    return kindOf(value) === shape || shape === "string" && isText(value)
      ? []
      : [`${path}: ${kindOf(value)}, not ${shape}`];
  }
  if (Array.isArray(shape)) {
    if (!Array.isArray(value)) return [`${path}: not a list`];
    return value.flatMap((one, at) => misfits(one, shape[0], `${path}[${at}]`));
  }
  if (kindOf(value) !== "object") return [`${path}: ${kindOf(value)}`];
  const fields = value as Record<string, unknown>;
  const named = Object.keys(shape).map((key) => key.replace(/\?$/, ""));
  return [
    ...Object.keys(fields).filter((key) => !named.includes(key))
      .map((key) => `${path}.${key}: unknown`),
    ...Object.entries(shape).flatMap(([key, inner]) => {
      const name = key.replace(/\?$/, "");
      if (name in fields) {
        return misfits(fields[name], inner, `${path}.${name}`);
      }
      return key === name ? [`${path}.${name}: missing`] : [];
    }),
  ];
}

function isText(value: unknown): boolean {
  return typeof value === "string";
}

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.(\d{3}|\d{6}|\d{7}|\d{9}))?Z$/;

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return "list";
  if (value === null) return "null";
  if (typeof value === "string") return TIME.test(value) ? "time" : "string";
  return typeof value;
}
