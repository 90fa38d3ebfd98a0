/** WhatsApp's 24 hours: what an app may send there, and when. */
import { assertEquals } from "@std/assert";
import { ADA, APP, P, TEMPLATES } from "./client.ts";
import { type LiveClient, openLive } from "./receiver.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const NUMBER = "46700000001";
const CLOSED = "FAILED OUTSIDE_ALLOWED_SENDING_WINDOW";
const hello = { text_message: { text: "Hello" } };

function person(channel: string, identity = NUMBER) {
  return { channel, identity };
}

/** Sends, by WhatsApp unless told otherwise, and gives the last that is told. */
async function send(
  live: LiveClient,
  message: unknown,
  recipient: unknown = {
    identified_by: { channel_identities: [person("WHATSAPP")] },
  },
): Promise<string> {
  const { status } = await live.call("POST", `${P}/messages:send`, {
    app_id: APP,
    message,
    recipient,
    channel_priority_order: ["WHATSAPP"],
  });
  assertEquals(status, 200);
  await live.pass(0);
  await live.pass(1);
  return live.receiver.told.at(-1)!;
}

function write(live: LiveClient, channel: string) {
  return live.call("POST", "/_sandbox/inbound", {
    from: { channel_identity: person(channel) },
    contact_message: { text_message: { text: "Hi" } },
  });
}

function open() {
  return openLive(["MESSAGE_DELIVERY"], { latencyMs: 1 });
}

Deno.test("WhatsApp takes a text for 24 hours after the person wrote there", async () => {
  await using live = await open();
  assertEquals(await send(live, hello), CLOSED);
  await write(live, "SMS");
  assertEquals(await send(live, hello), CLOSED);
  await write(live, "WHATSAPP");
  assertEquals(await send(live, hello), "DELIVERED");
  await live.pass(DAY_MS - 10);
  assertEquals(await send(live, hello), "DELIVERED");
  await live.pass(10);
  assertEquals(await send(live, hello), CLOSED);
  await write(live, "WHATSAPP");
  assertEquals(await send(live, hello), "DELIVERED");
});

Deno.test("outside it, the message was handed over, and WhatsApp gives its code", async () => {
  await using live = await open();
  await send(live, hello);
  assertEquals(live.receiver.told, ["QUEUED_ON_CHANNEL", CLOSED]);
  const { reason } =
    live.receiver.received.at(-1)!.body.message_delivery_report;
  assertEquals(reason.channel_code, "470");
});

Deno.test("outside it, the next channel is tried", async () => {
  await using live = await open();
  await live.call("POST", `${P}/messages:send`, {
    app_id: APP,
    message: hello,
    recipient: {
      identified_by: {
        channel_identities: [person("WHATSAPP"), person("SMS")],
      },
    },
  });
  for (let step = 0; step < 5; step++) await live.pass(1);
  assertEquals(live.receiver.told, [
    "QUEUED_ON_CHANNEL",
    "SWITCHING_CHANNEL OUTSIDE_ALLOWED_SENDING_WINDOW",
    "QUEUED_ON_CHANNEL",
    "DELIVERED",
  ]);
});

Deno.test("the window is another one for each app", async () => {
  await using live = await open();
  const { body: app } = await live.call("POST", `${P}/apps`, {
    display_name: "Other",
    processing_mode: "CONVERSATION",
    channel_credentials: [],
  });
  await live.call("POST", "/_sandbox/inbound", {
    app_id: app.id,
    from: { channel_identity: person("WHATSAPP") },
    contact_message: { text_message: { text: "Hi" } },
  });
  assertEquals(await send(live, hello), CLOSED);
});

Deno.test("deleting what the person wrote does not close it", async () => {
  await using live = await open();
  const { body } = await write(live, "WHATSAPP");
  await live.call("DELETE", `${P}/messages/${body.message_id}`);
  assertEquals(await send(live, hello), "DELIVERED");
});

Deno.test("it is the same in DISPATCH mode, where nothing is kept", async () => {
  await using live = await open();
  await live.call("PATCH", `${P}/apps/${APP}`, { processing_mode: "DISPATCH" });
  assertEquals(await send(live, hello), CLOSED);
  await write(live, "WHATSAPP");
  assertEquals(await send(live, hello), "DELIVERED");
});

Deno.test("the seeded contacts wrote when the store was made", async () => {
  await using live = await open();
  const ada = { contact_id: ADA };
  assertEquals(await send(live, hello, ada), "DELIVERED");
  await live.pass(DAY_MS);
  assertEquals(await send(live, hello, ada), CLOSED);
});

const template_id = "greeting";
const OF_WHATSAPP = { template_id, language_code: "en_US" };
const ANY_TIME: [name: string, message: unknown][] = [
  [
    "a channel template",
    { template_message: { channel_template: { WHATSAPP: OF_WHATSAPP } } },
  ],
  [
    "an omni template with an override",
    {
      template_message: { omni_template: { template_id, version: "latest" } },
    },
  ],
  [
    "an explicit template",
    {
      ...hello,
      explicit_channel_message: {
        WHATSAPP: '{"type":"template","template":{"name":"greeting"}}',
      },
    },
  ],
];
const IN_TIME: [name: string, message: unknown][] = [
  [
    "an omni template without an override",
    {
      template_message: {
        omni_template: {
          template_id: "welcome_template",
          version: "latest",
          parameters: { name: "Ada" },
        },
      },
    },
  ],
  [
    "an explicit text",
    { ...hello, explicit_channel_message: { WHATSAPP: '{"type":"text"}' } },
  ],
  [
    "an explicit message that is no JSON",
    { ...hello, explicit_channel_message: { WHATSAPP: "template" } },
  ],
];
for (
  const [cases, outcome] of [
    [ANY_TIME, "DELIVERED"],
    [IN_TIME, CLOSED],
  ] as const
) {
  for (const [name, message] of cases) {
    Deno.test(`outside the window, ${name}: ${outcome}`, async () => {
      await using live = await open();
      await live.call("POST", TEMPLATES, {
        id: template_id,
        default_translation: "en-US",
        translations: [{
          language_code: "en-US",
          ...hello,
          channel_template_overrides: {
            WHATSAPP: { template_reference: OF_WHATSAPP },
          },
        }],
      });
      assertEquals(await send(live, message), outcome);
    });
  }
}

/** Channels, how long an app may write, and with which property for longer. */
const WINDOWS: [
  channel: string,
  days: number,
  properties: Record<string, string>,
  code: string,
][] = [
  ["MESSENGER", 1, {}, CLOSED],
  ["MESSENGER", 7, { MESSENGER_MESSAGE_TAG: "HUMAN_AGENT" }, CLOSED],
  ["INSTAGRAM", 1, {}, CLOSED],
  ["INSTAGRAM", 7, { INSTAGRAM_MESSAGE_TAG: "HUMAN_AGENT" }, CLOSED],
  ["KAKAOTALKCHAT", 30, {}, CLOSED],
  [
    "TELEGRAM",
    Infinity,
    {},
    "FAILED RECIPIENT_NOT_REACHABLE",
  ],
  [
    "MESSENGER",
    Infinity,
    { MESSENGER_MESSAGE_TAG: "ACCOUNT_UPDATE" },
    CLOSED,
  ],
];
for (const [channel, days, channel_properties, code] of WINDOWS) {
  const tag = Object.values(channel_properties)[0] ?? "no tag";
  Deno.test(`${channel} with ${tag} is open for ${days} days after the person wrote`, async () => {
    await using live = await open();
    const identity = { channel, identity: "4711", app_id: APP };
    const sendThere = async () => {
      await live.call("POST", `${P}/messages:send`, {
        app_id: APP,
        message: hello,
        channel_properties,
        recipient: {
          identified_by: {
            channel_identities: [{ channel, identity: "4711" }],
          },
        },
      });
      for (let step = 0; step < 3; step++) await live.pass(step && 1);
      return live.receiver.told.at(-1)!;
    };
    assertEquals(await sendThere(), code);
    await live.call("POST", "/_sandbox/inbound", {
      from: { channel_identity: identity },
      contact_message: { text_message: { text: "Hi" } },
    });
    const arrived = channel === "TELEGRAM" ? "QUEUED_ON_CHANNEL" : "READ";
    assertEquals(await sendThere(), arrived);
    await live.pass((days === Infinity ? 400 : days) * DAY_MS - 100);
    assertEquals(await sendThere(), arrived);
    await live.pass(100);
    assertEquals(await sendThere(), days === Infinity ? arrived : code);
  });
}
