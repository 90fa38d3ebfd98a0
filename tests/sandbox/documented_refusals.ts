/**
 * What the API checks at once, operation by operation: a request that is taken,
 * and the changes to it that are refused, each with the field at fault.
 */
import { ADA, APP, BO, type Client, NOBODY, P, smsTo } from "./client.ts";

/** How a changed request is refused; a text is the field that a 400 names. */
export type Outcome =
  | string
  | { unknown: string }
  | { precondition: true };

export type Change = [
  name: string,
  change: Record<string, unknown>,
  outcome: Outcome,
  /** What must have happened before. */
  before?: (client: Client, ids: Ids) => Promise<unknown>,
];

export interface Operation {
  name: string;
  method: string;
  /** After the project's; `{names}` here and in bodies stand for {@linkcode Ids}. */
  path: string;
  /** The body, or a GET's query. */
  good: Record<string, unknown>;
  refused: Change[];
}

/** What the world of every case holds, beside the seeded app and contacts. */
export interface Ids {
  /** An app in DISPATCH mode. */
  dispatch: string;
  /** The active conversation of the seeded app and Ada, and its message. */
  conversation: string;
  message: string;
  /** A webhook of the seeded app; a second one has {@linkcode TAKEN_TARGET}. */
  webhook: string;
}

const TARGET = "https://example.com/hook";
const TAKEN_TARGET = "https://example.com/taken";

export async function makeWorld(client: Client): Promise<Ids> {
  const post = async (path: string, body: unknown) =>
    (await client.call("POST", `${P}/${path}`, body)).body;
  const app = await post("apps", {
    display_name: "D",
    channel_credentials: [],
  });
  const { message_id } = await post("messages:send", smsTo("15551234567"));
  const webhook = await post("webhooks", { app_id: APP, target: TARGET });
  await post("webhooks", { app_id: APP, target: TAKEN_TARGET });
  const message = await client.call("GET", `${P}/messages/${message_id}`);
  return {
    dispatch: app.id,
    conversation: message.body.conversation_id,
    message: message_id,
    webhook: webhook.id,
  };
}

const unknown = (what: string): Outcome => ({ unknown: what });
const many = (count: number, one: unknown) => Array(count).fill(one);
const long = (length: number) => "x".repeat(length);

const identified_by = {
  channel_identities: [{ channel: "SMS", identity: "15551234567" }],
};
const text = { text_message: { text: "a" } };
const choice = { text_message: { text: "Yes" } };
const link = { url_message: { title: "a", url: "https://example.com" } };
const choices = (...list: unknown[]) => ({
  message: { choice_message: { choices: list } },
});
const cards = (count: number) => ({
  message: { carousel_message: { cards: many(count, { title: "A" }) } },
});

/** Of messages and events alike. */
const SENDS: Change[] = [
  ["without app_id", { app_id: undefined }, "app_id"],
  ["for an unknown app", { app_id: NOBODY }, unknown("App")],
  ["without recipient", { recipient: undefined }, "recipient"],
  ["with no form of recipient", { recipient: {} }, "recipient"],
  [
    "with both forms of recipient",
    { recipient: { contact_id: ADA, identified_by } },
    "recipient",
  ],
  [
    "to a contact, by a DISPATCH app",
    { app_id: "{dispatch}", recipient: { contact_id: ADA } },
    "recipient",
  ],
];

const CREDENTIAL = "channel_credentials[0]";
const credential = (fields: unknown) => ({ channel_credentials: [fields] });
const APPS: Change[] = [
  ["with no display_name", { display_name: "" }, "display_name"],
  [
    "with a credential of no channel",
    credential({ static_bearer: { claimed_identity: "a", token: "t" } }),
    `${CREDENTIAL}.channel`,
  ],
  [
    "with another channel's credential",
    credential({ channel: "SMS", static_token: { token: "t" } }),
    CREDENTIAL,
  ],
  ["with a credential of none", credential({ channel: "SMS" }), CREDENTIAL],
  ...[0, 3651, "7"].map((ttl_days): Change => [
    `with retention of ${JSON.stringify(ttl_days)} days`,
    { retention_policy: { ttl_days } },
    "retention_policy.ttl_days",
  ]),
  ...[-1, 8].map((ttl_days): Change => [
    `with dispatch retention of ${ttl_days} days`,
    { dispatch_retention_policy: { ttl_days } },
    "dispatch_retention_policy.ttl_days",
  ]),
];

const WEBHOOKS: Change[] = [
  ["of an unknown app", { app_id: NOBODY }, unknown("App")],
  ["with no target", { target: "" }, "target"],
  [
    "with a target of 743 characters",
    { target: `https://example.com/${long(723)}` },
    "target",
  ],
  ["with a target that is not http", { target: "ftp://example.com" }, "target"],
  ["with another one's target", { target: TAKEN_TARGET }, "target"],
  [
    "that is its app's sixth",
    { app_id: "{dispatch}" },
    "app_id",
    (client, { dispatch }) =>
      Promise.all(
        [1, 2, 3, 4, 5].map((number) =>
          client.call("POST", `${P}/webhooks`, {
            app_id: dispatch,
            target: `${TARGET}/${number}`,
          })
        ),
      ),
  ],
  ["with an unknown trigger", { triggers: ["MESSAGE_SENT"] }, "triggers[0]"],
  [
    "with the zero trigger",
    { triggers: ["MESSAGE_SUBMIT", "UNSPECIFIED_TRIGGER"] },
    "triggers[1]",
  ],
];

const translation = { language_code: "en-US", ...text };
const TEMPLATES: Change[] = [
  ["without translations", { translations: [] }, "translations"],
  [
    "with no default",
    { default_translation: undefined },
    "default_translation",
  ],
  [
    "with a default that is no translation",
    { default_translation: "sv-SE" },
    "default_translation",
  ],
  [
    "with a translation of no content",
    { translations: [{ language_code: "en-US" }] },
    "translations[0]",
  ],
  [
    "with a translation of two contents",
    { translations: [{ ...translation, media_message: { url: "a" } }] },
    "translations[0]",
  ],
  ["with an override for SMS", {
    translations: [{
      ...translation,
      channel_template_overrides: {
        SMS: { template_reference: { template_id: "a" } },
      },
    }],
  }, "translations[0].channel_template_overrides.SMS"],
];

export const OPERATIONS: Operation[] = [
  {
    name: "send message",
    method: "POST",
    path: "messages:send",
    good: { app_id: APP, recipient: { identified_by }, message: text },
    refused: [
      ...SENDS,
      ["to a contact, with DISPATCH_ONLY", {
        recipient: { contact_id: ADA },
        processing_strategy: "DISPATCH_ONLY",
      }, "recipient"],
      ["without message", { message: undefined }, "message"],
      ["with no content", { message: {} }, "message"],
      [
        "with two contents",
        { message: { ...text, media_message: { url: "a" } } },
        "message",
      ],
      [
        "with empty text",
        { message: { text_message: { text: "" } } },
        "message.text_message.text",
      ],
      [
        "with 11 choices",
        choices(...many(11, choice)),
        "message.choice_message.choices",
      ],
      [
        "with a choice of no kind",
        choices({ postback_data: "a" }),
        "message.choice_message.choices[0]",
      ],
      [
        "with a choice of two kinds",
        choices(choice, { ...choice, ...link }),
        "message.choice_message.choices[1]",
      ],
      ["with no cards", cards(0), "message.carousel_message.cards"],
      ["with 11 cards", cards(11), "message.carousel_message.cards"],
      ["with a ttl under 3 s", { ttl: "2s" }, "ttl"],
      ["with a ttl over its limit", { ttl: "315576000001s" }, "ttl"],
      ["with a ttl of words", { ttl: "soon" }, "ttl"],
      [
        "with 1025 characters of metadata",
        { message_metadata: long(1025) },
        "message_metadata",
      ],
      [
        "with 2049 characters of conversation metadata",
        { conversation_metadata: { a: long(2041) } },
        "conversation_metadata",
      ],
      [
        "with 129 characters of correlation id",
        { correlation_id: long(129) },
        "correlation_id",
      ],
      [
        "with 1025 characters in a channel property",
        { channel_properties: { SMS_SENDER: long(1025) } },
        "channel_properties.SMS_SENDER",
      ],
    ],
  },
  {
    name: "send event",
    method: "POST",
    path: "events:send",
    good: {
      app_id: APP,
      recipient: { identified_by },
      event: { composing_event: {} },
    },
    refused: [
      ...SENDS,
      ["without event", { event: undefined }, "event"],
      ["of no kind", { event: {} }, "event"],
      ["of two kinds", {
        event: { composing_event: {}, composing_end_event: {} },
      }, "event"],
      [
        "with empty text",
        { event: { comment_reply_event: { text: "" } } },
        "event.comment_reply_event.text",
      ],
      [
        "with 1025 characters of metadata",
        { event_metadata: long(1025) },
        "event_metadata",
      ],
    ],
  },
  {
    name: "list messages",
    method: "GET",
    path: "messages",
    good: { contact_id: ADA },
    refused: [
      [
        "of a contact, in DISPATCH_SOURCE",
        { messages_source: "DISPATCH_SOURCE" },
        "contact_id",
      ],
      ["of a conversation, in DISPATCH_SOURCE", {
        contact_id: undefined,
        conversation_id: "{conversation}",
        messages_source: "DISPATCH_SOURCE",
      }, "conversation_id"],
      [
        "of recipients alone, in CONVERSATION_SOURCE",
        { only_recipient_originated: true },
        "only_recipient_originated",
      ],
      ["from the end of their time to its end", {
        start_time: "2026-01-15T09:30:00Z",
        end_time: "2026-01-15T09:30:00Z",
      }, "start_time"],
      ["from later to earlier", {
        start_time: "2026-01-16T09:30:00Z",
        end_time: "2026-01-15T09:30:00Z",
      }, "start_time"],
    ],
  },
  {
    name: "fetch last message",
    method: "POST",
    path: "messages:fetch-last-message",
    good: { channel_identities: ["15551234567"] },
    refused: [
      [
        "by both identities and contacts",
        { contact_ids: [ADA] },
        "channel_identities, contact_ids",
      ],
      [
        "by neither",
        { channel_identities: undefined },
        "channel_identities, contact_ids",
      ],
      ["by an empty list", {
        channel_identities: [],
      }, "channel_identities"],
      ["by contacts, in DISPATCH_SOURCE", {
        channel_identities: undefined,
        contact_ids: [ADA],
        messages_source: "DISPATCH_SOURCE",
      }, "contact_ids"],
    ],
  },
  {
    name: "update message",
    method: "PATCH",
    path: "messages/{message}",
    good: { metadata: "a" },
    refused: [
      ["without metadata", { metadata: undefined }, "metadata"],
      ["with 1025 characters", { metadata: long(1025) }, "metadata"],
    ],
  },
  {
    name: "create contact",
    method: "POST",
    path: "contacts",
    good: {
      channel_identities: [{ channel: "SMS", identity: "46700000001" }],
      language: "SV",
    },
    refused: [
      [
        "without channel_identities",
        { channel_identities: undefined },
        "channel_identities",
      ],
      [
        "with no identity",
        { channel_identities: [] },
        "channel_identities",
      ],
      ["without a language", { language: undefined }, "language"],
      ...["MESSENGER", "INSTAGRAM", "LINE", "WECHAT"].map((channel): Change => [
        `on ${channel}, without the app`,
        { channel_identities: [{ channel, identity: "1" }] },
        "channel_identities[0].app_id",
      ]),
    ],
  },
  {
    name: "list contacts",
    method: "GET",
    path: "contacts",
    good: { channel: "SMS", identity: "15551234567" },
    refused: [
      [
        "by external_id and identity",
        { external_id: "crm-3" },
        "external_id",
      ],
      ["by channel alone", { identity: undefined }, "identity"],
      ["by identity alone", { channel: undefined }, "channel"],
    ],
  },
  {
    name: "merge contacts",
    method: "POST",
    path: `contacts/${ADA}:merge`,
    good: { source_id: BO, strategy: "MERGE" },
    refused: [
      ["without source_id", { source_id: undefined }, "source_id"],
      ["with the destination itself", { source_id: ADA }, "source_id"],
      ["by another strategy", { strategy: "REPLACE" }, "strategy"],
      ["with an unknown source", { source_id: NOBODY }, unknown("Contact")],
    ],
  },
  {
    name: "list conversations",
    method: "GET",
    path: "conversations",
    good: { app_id: APP },
    refused: [["of neither app nor contact", { app_id: undefined }, "app_id"]],
  },
  {
    name: "list events",
    method: "GET",
    path: "events",
    good: { contact_id: ADA },
    refused: [[
      "of neither conversation nor contact",
      { contact_id: undefined },
      "conversation_id",
    ]],
  },
  {
    name: "create conversation",
    method: "POST",
    path: "conversations",
    good: { app_id: APP, contact_id: BO },
    refused: [
      ["without app_id", { app_id: undefined }, "app_id"],
      ["without contact_id", { contact_id: undefined }, "contact_id"],
      ["of an unknown app", { app_id: NOBODY }, unknown("App")],
      ["of an unknown contact", { contact_id: NOBODY }, unknown("Contact")],
      ["that is the pair's second active one", { contact_id: ADA }, "active"],
    ],
  },
  {
    name: "inject message",
    method: "POST",
    path: "conversations/{conversation}:inject-message",
    good: {
      accept_time: "2026-01-14T12:00:00Z",
      channel_identity: { channel: "SMS", identity: "15551234567" },
      contact_id: ADA,
      direction: "TO_APP",
      contact_message: text,
    },
    refused: [
      ...["accept_time", "channel_identity", "contact_id", "direction"].map((
        field,
      ): Change => [`without ${field}`, { [field]: undefined }, field]),
      ["of another contact", { contact_id: BO }, "contact_id"],
      [
        "in the future",
        { accept_time: "2026-01-15T09:30:01Z" },
        "accept_time",
      ],
      [
        "of more than 30 days ago",
        { accept_time: "2025-12-16T09:30:00Z" },
        "accept_time",
      ],
      [
        "with no content",
        { contact_message: undefined },
        "app_message, contact_message",
      ],
      [
        "with both contents",
        { app_message: text },
        "app_message, contact_message",
      ],
      ["with two contents in one", {
        contact_message: { ...text, media_message: { url: "a" } },
      }, "contact_message"],
      [
        "to the app, with an app's content",
        { contact_message: undefined, app_message: text },
        "app_message",
      ],
    ],
  },
  {
    name: "create app",
    method: "POST",
    path: "apps",
    good: { display_name: "A", channel_credentials: [] },
    refused: APPS,
  },
  {
    name: "update app",
    method: "PATCH",
    path: `apps/${APP}`,
    good: { display_name: "A" },
    refused: APPS,
  },
  {
    name: "create webhook",
    method: "POST",
    path: "webhooks",
    good: { app_id: APP, target: `${TARGET}/new` },
    refused: WEBHOOKS,
  },
  {
    name: "update webhook",
    method: "PATCH",
    path: "webhooks/{webhook}",
    good: { target: `${TARGET}/new` },
    refused: WEBHOOKS,
  },
  {
    name: "create template",
    method: "POST",
    path: "templates",
    good: { default_translation: "en-US", translations: [translation] },
    refused: [
      ...TEMPLATES,
      ["with another one's id", { id: "welcome_template" }, "id"],
    ],
  },
  {
    name: "replace template",
    method: "PUT",
    path: "templates/welcome_template",
    good: {
      version: 1,
      default_translation: "en-US",
      translations: [translation],
    },
    refused: [
      ...TEMPLATES,
      ["with another id", { id: "other" }, "id"],
      ["with a stale version", { version: 0 }, { precondition: true }],
    ],
  },
];
