/** What a message is on each channel, after the table of supported contents. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import type { JsonObject } from "../../sandbox/contract/checks.ts";
import { seed } from "../../sandbox/seed.ts";
import type { AppMessage } from "../../sandbox/content/message_content.ts";
import { saveTemplate } from "../../sandbox/content/templates.ts";
import { Store } from "../../sandbox/store/store.ts";
import { arrivalOn } from "../../sandbox/content/transcode.ts";
import { APP, openClient, P } from "./client.ts";

const url = "https://example.com/a.jpg";
const choices = [
  { text_message: { text: "Yes" }, postback_data: "yes" },
  { text_message: { text: "No" } },
];
const card = { title: "A", description: "First", media_message: { url } };
const item = (title: string) => ({ choice: { title, postback_data: "p" } });
const CONTENTS: Record<string, AppMessage> = {
  text: { text_message: { text: "Hello" } },
  media: { media_message: { url } },
  choice: { choice_message: { text_message: { text: "What?" }, choices } },
  card: { card_message: { ...card, choices } },
  carousel: { carousel_message: { cards: [card, card] } },
  location: {
    location_message: {
      title: "Home",
      label: "Door 1",
      coordinates: { latitude: 55.5, longitude: 13 },
    },
  },
  list: {
    list_message: {
      title: "Menu",
      description: "Of today",
      sections: [{ title: "Fruit", items: [item("Lemon"), item("Fig")] }],
    },
  },
};

const TABLE = `
           text media choice card carousel location list
WHATSAPP   text media choice card text     location list
RCS        text media choice card carousel choice   -
SMS        text link  text   text text     link     -
MMS        text media text   card text     text     -
MESSENGER  text media choice card carousel location -
INSTAGRAM  text media choice card carousel text     -
VIBERBM    text media text   text text     text     -
TELEGRAM   text media choice card text     location -
KAKAOTALK  text media choice card text     text     -
LINE       text media choice card carousel location -
WECHAT     text media text   text text     text     -
APPLEBC    text text  text   text text     text     -
`.trim().split("\n").map((line) => line.trim().split(/\s+/));

function arrival(message: JsonObject, channel: string) {
  const store = new Store(":memory:", Date, seed);
  const result = arrivalOn(store, { message, channel });
  store.close();
  return result;
}

function shown(message: JsonObject, channel: string) {
  return arrival(message, channel).shown!;
}

const [NAMES, ...ROWS] = TABLE as [string[], ...string[][]];
for (const [channel, ...outcomes] of ROWS as [string, ...string[]][]) {
  Deno.test(`${channel} shows each content as its own, as the nearest, or not at all`, () => {
    for (const [at, name] of NAMES.entries()) {
      const { failure, shown } = arrival(CONTENTS[name]!, channel);
      const { kind, content } = shown!;
      const outcome = outcomes[at]!;
      assertEquals(failure?.code, outcome === "-" ? "BAD_REQUEST" : undefined);
      const isText = outcome === "-" || outcome === "link";
      assertEquals(
        Object.keys(content),
        [`${isText ? "text" : outcome}_message`],
        name,
      );
      const isNative = outcome === name || outcome === "link";
      assertEquals(kind, isNative ? "native" : "transcoded", name);
      if (outcome === name) assertEquals(content, CONTENTS[name]);
    }
  });
}

Deno.test("a location on RCS is a text with a choice of the map", () => {
  assertEquals(shown(CONTENTS.location!, "RCS").content, {
    choice_message: {
      text_message: { text: "Home\nDoor 1" },
      choices: [{ location_message: CONTENTS.location!.location_message }],
    },
  });
});

Deno.test("a carousel of one card is a card on RCS, and text on WhatsApp", () => {
  const message = {
    carousel_message: { cards: [card], choices: choices.slice(1) },
  };
  assertEquals(shown(message, "RCS").content, {
    card_message: { ...card, choices: choices.slice(1) },
  });
  const { content } = shown(message, "WHATSAPP");
  assertEquals(Object.keys(content), ["text_message"]);
});

Deno.test("the title of a card on MMS is its subject, of 80 characters", () => {
  const title = "å".repeat(81);
  assertEquals(
    shown({ card_message: { ...card, title } }, "MMS").subject,
    "å".repeat(80),
  );
});

Deno.test("an SMS says how it is cut", () => {
  assertEquals(shown({ text_message: { text: "€" } }, "SMS").sms, {
    encoding: "GSM-7",
    units: 2,
    parts: 1,
    ucs2: [],
  });
});

Deno.test("what is for one channel comes before what is for all, there alone", () => {
  const message = {
    ...CONTENTS.text,
    explicit_channel_message: { RCS: '{"a":1}' },
    explicit_channel_omni_message: {
      RCS: CONTENTS.media,
      SMS: CONTENTS.media,
    },
    channel_specific_message: {
      SMS: { message_type: "FLOWS", message: {} },
      WHATSAPP: { message_type: "FLOWS", message: { body: { text: "Go" } } },
    },
  };
  assertEquals(
    ["RCS", "SMS", "WHATSAPP", "LINE"].map((one) => shown(message, one).text),
    ['{"a":1}', url, "Go", "Hello"],
  );
});

const reference = {
  template_id: "greeting",
  version: "latest",
  parameters: { name: "Ada" },
};
const TEMPLATES: [
  name: string,
  message: JsonObject,
  channel: string,
  expected: JsonObject | string,
][] = [
  [
    "an omni template is its content",
    { template_message: { omni_template: reference } },
    "SMS",
    CONTENTS.text!,
  ],
  [
    "an omni template has the channel's own in its place",
    { template_message: { omni_template: reference } },
    "WHATSAPP",
    {
      template_message: {
        channel_template: {
          WHATSAPP: {
            template_id: "hi",
            language_code: "en_US",
            parameters: { "body[1]text": "Ada", fixed: "x" },
          },
        },
      },
    },
  ],
  [
    "an omni template for one channel is filled in",
    {
      explicit_channel_omni_message: { SMS: { template_reference: reference } },
    },
    "SMS",
    CONTENTS.text!,
  ],
  [
    "a channel's template goes before the omni template",
    {
      template_message: {
        omni_template: { template_id: "none", version: "1" },
        channel_template: { KAKAOTALK: { template_id: "k" } },
      },
    },
    "KAKAOTALK",
    {
      template_message: {
        channel_template: { KAKAOTALK: { template_id: "k" } },
      },
    },
  ],
  [
    "a channel's template alone is nothing elsewhere",
    {
      template_message: {
        channel_template: { WHATSAPP: { template_id: "k" } },
      },
    },
    "SMS",
    "BAD_REQUEST",
  ],
  [
    "an omni template that nobody has fails",
    {
      template_message: {
        omni_template: { template_id: "none", version: "1" },
      },
    },
    "SMS",
    "TEMPLATE_NOT_FOUND",
  ],
  [
    "a content for one channel is nothing elsewhere",
    { explicit_channel_omni_message: { SMS: CONTENTS.text } },
    "RCS",
    "BAD_REQUEST",
  ],
];
for (const [name, message, channel, expected] of TEMPLATES) {
  Deno.test(name, () => {
    const store = new Store(":memory:", Date, (store) =>
      saveTemplate(store, {
        id: "greeting",
        description: "",
        version: 1,
        default_translation: "en-US",
        translations: [{
          language_code: "en-US",
          version: "1",
          text_message: { text: "Hello" },
          channel_template_overrides: {
            WHATSAPP: {
              template_reference: {
                template_id: "hi",
                language_code: "en_US",
                parameters: { "body[1]text": "", fixed: "x" },
              },
              parameter_mappings: { "body[1]text": "name" },
            },
          },
          create_time: "",
          update_time: "",
        }],
        create_time: "",
        update_time: "",
      }));
    const { shown, failure } = arrivalOn(store, { message, channel });
    store.close();
    assertEquals(shown?.content ?? failure?.code, expected);
  });
}

/** Requests as messages:transcode gives them. */
const REQUESTS: [name: string, message: JsonObject, channel: string, string][] =
  [
    ["text on RCS", CONTENTS.text!, "RCS", "Hello"],
    [
      "media on Messenger",
      CONTENTS.media!,
      "MESSENGER",
      `{"to":"46700000001","media_message":{"url":"${url}"}}`,
    ],
    [
      "a carousel on Telegram",
      CONTENTS.carousel!,
      "TELEGRAM",
      `1. A\nFirst\n${url}\n\n2. A\nFirst\n${url}`,
    ],
    [
      "a card on MMS",
      { card_message: card },
      "MMS",
      `{"to":"46700000001","subject":"A","card_message":${
        JSON.stringify(card)
      }}`,
    ],
    [
      "text on WhatsApp",
      CONTENTS.text!,
      "WHATSAPP",
      '{"to":"46700000001","type":"text","recipient_type":"individual","text":{"body":"Hello"},"messaging_product":"whatsapp","biz_opaque_callback_data":null}',
    ],
    [
      "a card on WhatsApp",
      CONTENTS.card!,
      "WHATSAPP",
      `{"to":"46700000001","type":"interactive","recipient_type":"individual","interactive":{"type":"button","header":{"type":"image","image":{"link":"${url}"}},"body":{"text":"A\\nFirst"},"action":{"buttons":[{"type":"reply","reply":{"id":"yes","title":"Yes"}},{"type":"reply","reply":{"id":"No","title":"No"}}]}},"messaging_product":"whatsapp","biz_opaque_callback_data":null}`,
    ],
    [
      "a list on WhatsApp",
      CONTENTS.list!,
      "WHATSAPP",
      '{"to":"46700000001","type":"interactive","recipient_type":"individual","interactive":{"type":"list","body":{"text":"Menu\\nOf today"},"action":{"button":"Menu","sections":[{"title":"Fruit","rows":[{"id":"p","title":"Lemon"},{"id":"p","title":"Fig"}]}]}},"messaging_product":"whatsapp","biz_opaque_callback_data":null}',
    ],
  ];
for (const [name, app_message, channel, expected] of REQUESTS) {
  Deno.test(`transcoding answers ${name}`, async () => {
    using client = openClient();
    const { body } = await client.call("POST", `${P}/messages:transcode`, {
      app_id: APP,
      app_message,
      channels: [channel],
      to: "46700000001",
    });
    assertEquals(body.transcoded_message, { [channel]: expected });
  });
}

Deno.test("transcoding for a channel that the message has nothing for is refused", async () => {
  using client = openClient();
  const { status, body } = await client.call(
    "POST",
    `${P}/messages:transcode`,
    {
      app_id: APP,
      app_message: {
        template_message: { channel_template: { LINE: { template_id: "a" } } },
      },
      channels: ["LINE", "SMS"],
    },
  );
  assertEquals(status, 400);
  const [violation] = body.error.details[0].field_violations;
  assertEquals(violation.field, "app_message");
  assertStringIncludes(violation.description, "SMS");
});
