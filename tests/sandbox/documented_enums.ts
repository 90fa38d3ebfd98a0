/**
 * Every field with a closed set of values, and a request that gives it another:
 * a retired name, the zero value, or one in the wrong case.
 */
import { APP, BO, CARLA } from "./client.ts";
import {
  type Change,
  type Operation,
  OPERATIONS,
} from "./documented_refusals.ts";

/** Operations that have closed sets of values, and no other checks documented. */
export const MORE_OPERATIONS: Operation[] = [
  {
    name: "recent conversations",
    method: "GET",
    path: "conversations:recent",
    good: { app_id: APP },
    refused: [],
  },
  {
    name: "update conversation",
    method: "PATCH",
    path: "conversations/{conversation}?metadata_update_strategy=MERGE_PATCH",
    good: { metadata_json: {} },
    refused: [],
  },
  {
    name: "inject event",
    method: "POST",
    path: "conversations/{conversation}:inject-event",
    good: {
      accept_time: "2026-01-14T12:00:00Z",
      app_event: { composing_event: {} },
    },
    refused: [],
  },
  {
    name: "get channel profile",
    method: "POST",
    path: "contacts:getChannelProfile",
    good: {
      app_id: APP,
      recipient: { contact_id: CARLA },
      channel: "MESSENGER",
    },
    refused: [],
  },
  {
    name: "transcode",
    method: "POST",
    path: "messages:transcode",
    good: {
      app_id: APP,
      app_message: { text_message: { text: "a" } },
      channels: ["SMS", "VIBER"],
    },
    refused: [],
  },
  {
    name: "update contact",
    method: "PATCH",
    path: `contacts/${BO}`,
    good: { language: "SV" },
    refused: [],
  },
];

const content = (fields: unknown) => ({ message: fields });
const identity = (channel: string) => [{ channel, identity: "1", app_id: APP }];
const TO = "recipient.identified_by.channel_identities[0].channel";
const to = (channel: string) => ({
  recipient: { identified_by: { channel_identities: identity(channel) } },
});
const RETIRED = ["VIBER", "SINCH_CHAT", "CHANNEL_UNSPECIFIED", "sms"];

/** Changes by operation; each is refused at the field that it is listed under. */
const UNKNOWN: Record<string, [field: string, change: object][]> = {
  "send message": [
    ...RETIRED.map((channel): [string, object] => [TO, to(channel)]),
    ["channel_priority_order[1]", { channel_priority_order: ["SMS", "FAX"] }],
    ["queue", { queue: "LOW_PRIORITY" }],
    ["processing_strategy", { processing_strategy: "CONVERSATION" }],
    ["message_content_type", { message_content_type: "MARKETING" }],
    [
      "conversation_metadata_update_strategy",
      { conversation_metadata_update_strategy: "MERGE" },
    ],
    [
      "message.card_message.height",
      content({ card_message: { title: "a", height: "LARGE" } }),
    ],
    [
      "message.agent.type",
      content({ text_message: { text: "a" }, agent: { type: "PERSON" } }),
    ],
    [
      "message.explicit_channel_message.FAX",
      content({
        text_message: { text: "a" },
        explicit_channel_message: { FAX: "a" },
      }),
    ],
    [
      "message.channel_specific_message.WHATSAPP.message_type",
      content({
        text_message: { text: "a" },
        channel_specific_message: {
          WHATSAPP: { message_type: "FLOW", message: {} },
        },
      }),
    ],
  ],
  "send event": [
    [TO, to("VIBER")],
    ["channel_priority_order[0]", { channel_priority_order: ["FAX"] }],
    ["queue", { queue: "LOW_PRIORITY" }],
  ],
  "list messages": [
    ["channel", { channel: "CHANNEL_UNSPECIFIED" }],
    ["direction", { direction: "UNDEFINED_DIRECTION" }],
    ["view", { view: "FULL" }],
    ["messages_source", { messages_source: "ALL" }],
    ["only_recipient_originated", { only_recipient_originated: "yes" }],
    ["start_time", { start_time: "yesterday" }],
  ],
  "fetch last message": [
    ["channel", { channel: "sms" }],
    ["direction", { direction: "OUT" }],
    ["view", { view: "FULL" }],
    ["messages_source", { messages_source: "ALL" }],
  ],
  "create contact": [
    ["language", { language: "en-US" }],
    ["channel_identities[0].channel", { channel_identities: identity("FAX") }],
    ["channel_priority[0]", { channel_priority: ["FAX"] }],
  ],
  "update contact": [
    ["language", { language: "SWEDISH" }],
    ["channel_priority[0]", { channel_priority: ["FAX"] }],
  ],
  "list contacts": [["channel", { channel: "VIBER" }]],
  "get channel profile": [["channel", { channel: "SMS" }]],
  "list conversations": [
    ["only_active", { only_active: "all" }],
    ["active_channel", { active_channel: "FAX" }],
  ],
  "recent conversations": [
    ["only_active", { only_active: "all" }],
    ["order", { order: "UP" }],
  ],
  "create conversation": [["active_channel", { active_channel: "FAX" }]],
  "update conversation": [["active_channel", { active_channel: "FAX" }]],
  "inject message": [
    ["direction", { direction: "UNDEFINED_DIRECTION" }],
    ["processing_mode", { processing_mode: "DEFAULT" }],
    ["channel_identity.channel", {
      channel_identity: { channel: "FAX", identity: "1" },
    }],
  ],
  "inject event": [["processing_mode", { processing_mode: "DEFAULT" }]],
  "transcode": [["channels[0]", { channels: ["SINCH_CHAT"] }]],
  "create app": [
    ["processing_mode", { processing_mode: "BATCH" }],
    [
      "conversation_metadata_report_view",
      { conversation_metadata_report_view: "SOME" },
    ],
    [
      "retention_policy.retention_type",
      { retention_policy: { retention_type: "NONE" } },
    ],
    ["dispatch_retention_policy.retention_type", {
      dispatch_retention_policy: { retention_type: "PERSIST_RETENTION_POLICY" },
    }],
    ["channel_credentials[0].channel", {
      channel_credentials: [
        { channel: "VIBER", static_token: { token: "t" } },
      ],
    }],
  ],
  "create webhook": [
    ["target_type", { target_type: "HTTPS" }],
    ["client_credentials.token_request_type", {
      client_credentials: {
        client_id: "a",
        client_secret: "b",
        endpoint: "https://example.com",
        token_request_type: "JSON",
      },
    }],
  ],
};

export const ENUMS: Operation[] = [...OPERATIONS, ...MORE_OPERATIONS]
  .map((operation) => ({
    ...operation,
    refused: (UNKNOWN[operation.name] ?? []).map(([field, change]): Change => [
      `with ${JSON.stringify(Object.values(change)[0])}`,
      change as Record<string, unknown>,
      field,
    ]),
  }));
