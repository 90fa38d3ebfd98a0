import { assertEquals } from "@std/assert";
import { ADA, APP, P, smsTo, TEMPLATES } from "./client.ts";
import { type LiveClient, openLive } from "./receiver.ts";

const REPORTS = ["MESSAGE_SUBMIT", "MESSAGE_DELIVERY"];

/** Sends, and lets all that follows happen, step by step. */
async function sendAndWait(live: LiveClient, body: unknown): Promise<string> {
  const { status, body: answer } = await live.call(
    "POST",
    `${P}/messages:send`,
    body,
  );
  assertEquals(status, 200);
  for (let step = 0; step < 6; step++) await live.pass(step && 250);
  return answer.message_id;
}

function to(...identities: [channel: string, identity: string][]) {
  return {
    recipient: {
      identified_by: {
        channel_identities: identities.map(([channel, identity]) => ({
          channel,
          identity,
        })),
      },
    },
  };
}

const text = { app_id: APP, message: { text_message: { text: "Hello" } } };

Deno.test("an SMS is submitted, queued and delivered, never read", async () => {
  await using live = await openLive(REPORTS);
  await sendAndWait(live, smsTo("46700000001"));
  assertEquals(live.receiver.told, [
    "message_submit_notification",
    "QUEUED_ON_CHANNEL",
    "DELIVERED",
  ]);
});

Deno.test("each step comes after the latency, not before", async () => {
  await using live = await openLive(REPORTS, { latencyMs: 1000 });
  await live.call("POST", `${P}/messages:send`, {
    ...text,
    ...to(["RCS", "46700000001"]),
  });
  await live.pass(0);
  assertEquals(live.receiver.told.at(-1), "QUEUED_ON_CHANNEL");
  await live.pass(999);
  assertEquals(live.receiver.told.at(-1), "QUEUED_ON_CHANNEL");
  await live.pass(1);
  assertEquals(live.receiver.told.at(-1), "DELIVERED");
  await live.pass(1000);
  assertEquals(live.receiver.told.at(-1), "READ");
});

Deno.test("reports carry what the send gave and the documented envelope", async () => {
  await using live = await openLive(REPORTS);
  const id = await sendAndWait(
    live,
    smsTo("15551234567", { message_metadata: "order-17", correlation_id: "c" }),
  );
  const { body } = await live.call("GET", `${P}/messages/${id}`);
  assertEquals(live.receiver.received.at(-1)!.body, {
    app_id: APP,
    accepted_time: "2026-01-15T09:30:00.123Z",
    event_time: "2026-01-15T09:30:00.373Z",
    project_id: "sandbox-project",
    message_metadata: "",
    correlation_id: "c",
    message_delivery_report: {
      message_id: id,
      conversation_id: body.conversation_id,
      channel_identity: { channel: "SMS", identity: "15551234567", app_id: "" },
      contact_id: ADA,
      metadata: "order-17",
      processing_mode: "CONVERSATION",
      status: "DELIVERED",
    },
  });
});

const template = (fields: Record<string, unknown>) => ({
  ...smsTo("46700000001"),
  message: {
    template_message: {
      omni_template: {
        template_id: "welcome_template",
        version: "latest",
        language_code: "en-US",
        parameters: { name: "Ada" },
        ...fields,
      },
    },
  },
});

const FAILURES: [name: string, body: unknown, told: string[]][] = [
  ["a template that nobody has", template({ template_id: "none" }), [
    "FAILED TEMPLATE_NOT_FOUND",
  ]],
  ["a template without its parameters", template({ parameters: {} }), [
    "FAILED TEMPLATE_INSUFFICIENT_PARAMETERS",
  ]],
  ["a template in no such language", template({ language_code: "de" }), [
    "FAILED TEMPLATE_NON_EXISTING_LANGUAGE_OR_VERSION",
  ]],
  ["a contact that nobody has", {
    ...text,
    recipient: { contact_id: "01ARZ3NDEKTSV4RRFFQ69G5FAV" },
  }, ["FAILED CONTACT_NOT_FOUND"]],
  ["a contact without the channel", {
    ...text,
    recipient: { contact_id: ADA },
    channel_priority_order: ["TELEGRAM"],
  }, ["FAILED NO_CHANNEL_IDENTITY_FOR_CONTACT"]],
  [
    "a dispatched one without the channel",
    smsTo("46700000001", {
      channel_priority_order: ["TELEGRAM"],
      processing_strategy: "DISPATCH_ONLY",
    }),
    ["FAILED NO_CHANNEL_IDENTITY_FOR_CONTACT"],
  ],
  ["a number that is none", smsTo("abc"), [
    "FAILED RECIPIENT_INVALID_CHANNEL_IDENTITY",
  ]],
  ["a test number", smsTo("15550000002"), [
    "message_submit_notification",
    "QUEUED_ON_CHANNEL",
    "FAILED RECIPIENT_NOT_REACHABLE",
  ]],
  ["two channels that fail", {
    ...text,
    ...to(["WHATSAPP", "15550000004"], ["SMS", "15550000006"]),
  }, [
    "message_submit_notification",
    "QUEUED_ON_CHANNEL",
    "SWITCHING_CHANNEL OUTSIDE_ALLOWED_SENDING_WINDOW",
    "message_submit_notification",
    "QUEUED_ON_CHANNEL",
    "FAILED NO_CHANNELS_LEFT",
  ]],
];

/** Contents that a channel refuses, and the next one, WECHAT, takes. */
const REFUSED: [
  name: string,
  channel: string,
  message: unknown,
  channel_properties: Record<string, string>,
  code: string,
][] = [
  [
    "more parts than it may have",
    "SMS",
    { text_message: { text: "a".repeat(307) } },
    { SMS_MAX_NUMBER_OF_MESSAGE_PARTS: "2" },
    "MESSAGE_SPLIT_REQUIRED",
  ],
  [
    "a text too long for RCS",
    "RCS",
    { text_message: { text: "å".repeat(2001) } },
    {},
    "BAD_REQUEST",
  ],
  [
    "a title too long for RCS",
    "RCS",
    { card_message: { title: "😀".repeat(51) } },
    {},
    "BAD_REQUEST",
  ],
  [
    "a description too long for RCS",
    "RCS",
    {
      carousel_message: {
        cards: [{ title: "A" }, { description: "a".repeat(2001) }],
      },
    },
    {},
    "BAD_REQUEST",
  ],
  [
    "nothing for this channel",
    "SMS",
    {
      template_message: { channel_template: { WECHAT: { template_id: "a" } } },
    },
    {},
    "BAD_REQUEST",
  ],
];
for (const [name, channel, message, channel_properties, code] of REFUSED) {
  Deno.test(`a channel refuses ${name}; the next one is tried`, async () => {
    await using live = await openLive(["MESSAGE_DELIVERY"]);
    await sendAndWait(live, {
      app_id: APP,
      message,
      channel_properties,
      ...to([channel, "46700000001"], ["WECHAT", "a"]),
    });
    assertEquals(live.receiver.told, [
      `SWITCHING_CHANNEL ${code}`,
      "QUEUED_ON_CHANNEL",
      "DELIVERED",
      "READ",
    ]);
  });
}

Deno.test("what is as long as a channel allows is delivered", async () => {
  await using live = await openLive(["MESSAGE_DELIVERY"]);
  for (
    const [channel, message] of [
      ["SMS", { text_message: { text: "a".repeat(306) } }],
      ["RCS", { text_message: { text: "😀".repeat(2000) } }],
    ] as const
  ) {
    await sendAndWait(live, {
      app_id: APP,
      message,
      channel_properties: { SMS_MAX_NUMBER_OF_MESSAGE_PARTS: "2" },
      ...to([channel, "46700000001"]),
    });
  }
  assertEquals(live.receiver.told, [
    "QUEUED_ON_CHANNEL",
    "DELIVERED",
    "QUEUED_ON_CHANNEL",
    "DELIVERED",
    "READ",
  ]);
});

Deno.test("an MMS needs a sender, its own or the app's", async () => {
  await using live = await openLive(["MESSAGE_DELIVERY"]);
  const send = async (channel_properties: Record<string, string>) => {
    await sendAndWait(live, {
      ...text,
      ...to(["MMS", "15551234567"]),
      channel_properties,
    });
    return live.receiver.told.at(-1);
  };
  assertEquals(await send({}), "DELIVERED");
  await live.call("PATCH", `${P}/apps/${APP}?update_mask=channel_credentials`, {
    channel_credentials: [{
      channel: "MMS",
      mms_credentials: { account_id: "a", api_key: "b" },
    }],
  });
  assertEquals(await send({}), "FAILED CHANNEL_BAD_CONFIGURATION");
  assertEquals(await send({ MMS_SENDER: "15550001111" }), "DELIVERED");
});

Deno.test("a template that is missing fails at once, but where the channel has its own", async () => {
  await using live = await openLive(["MESSAGE_DELIVERY"]);
  const { message } = template({ template_id: "none" });
  const channel_template = { WECHAT: { template_id: "a" } };
  await sendAndWait(live, {
    app_id: APP,
    message: {
      template_message: { ...message.template_message, channel_template },
    },
    ...to(["WECHAT", "a"], ["SMS", "46700000001"]),
  });
  await sendAndWait(live, {
    app_id: APP,
    message,
    ...to(["WECHAT", "a"], ["SMS", "46700000001"]),
  });
  assertEquals(live.receiver.told, [
    "QUEUED_ON_CHANNEL",
    "DELIVERED",
    "READ",
    "FAILED TEMPLATE_NOT_FOUND",
  ]);
});

for (const [name, body, told] of FAILURES) {
  Deno.test(`a message fails: ${name}`, async () => {
    await using live = await openLive(REPORTS);
    await sendAndWait(live, body);
    assertEquals(live.receiver.told, told);
  });
}

Deno.test("a filled template is delivered", async () => {
  await using live = await openLive(["MESSAGE_DELIVERY"]);
  await sendAndWait(live, template({}));
  assertEquals(live.receiver.told, ["QUEUED_ON_CHANNEL", "DELIVERED"]);
});

Deno.test("a template's language is found with hyphens and underscores", async () => {
  await using live = await openLive(["MESSAGE_DELIVERY"]);
  await live.call("POST", TEMPLATES, {
    id: "t",
    default_translation: "zh-Hant-TW",
    translations: [{
      language_code: "zh-Hant-TW",
      text_message: { text: "a" },
    }],
  });
  const language_code = "zh_Hant_TW";
  await sendAndWait(live, template({ template_id: "t", language_code }));
  assertEquals(live.receiver.told, ["QUEUED_ON_CHANNEL", "DELIVERED"]);
});

Deno.test("a message falls over to the next channel of its order, and is stored there", async () => {
  await using live = await openLive(["MESSAGE_DELIVERY"]);
  const id = await sendAndWait(live, {
    ...text,
    ...to(["SMS", "46700000001"], ["WHATSAPP", "15550000002"]),
    channel_priority_order: ["WHATSAPP", "SMS"],
  });
  assertEquals(live.receiver.told, [
    "QUEUED_ON_CHANNEL",
    "SWITCHING_CHANNEL RECIPIENT_NOT_REACHABLE",
    "QUEUED_ON_CHANNEL",
    "DELIVERED",
  ]);
  const channels = live.receiver.received.map(({ body }) =>
    body.message_delivery_report.channel_identity.channel
  );
  assertEquals(channels, ["WHATSAPP", "WHATSAPP", "SMS", "SMS"]);
  const { body } = await live.call("GET", `${P}/messages/${id}`);
  assertEquals(body.channel_identity.channel, "SMS");
});

Deno.test("an app without the channel fails with CHANNEL_CONFIGURATION_MISSING", async () => {
  await using live = await openLive(["MESSAGE_DELIVERY"]);
  await live.call("PATCH", `${P}/apps/${APP}?update_mask=channel_credentials`, {
    channel_credentials: [{
      channel: "WHATSAPP",
      static_bearer: { claimed_identity: "a", token: "b" },
    }],
  });
  await sendAndWait(live, smsTo("46700000001"));
  assertEquals(live.receiver.told, ["FAILED CHANNEL_CONFIGURATION_MISSING"]);
});

Deno.test("a message that nothing is heard of times out at its ttl, without fallback", async () => {
  await using live = await openLive(["MESSAGE_DELIVERY"]);
  await live.call("POST", `${P}/messages:send`, {
    ...text,
    ...to(["WHATSAPP", "15550000000"], ["SMS", "46700000001"]),
    ttl: "10s",
  });
  await live.pass(9999);
  assertEquals(live.receiver.told, ["QUEUED_ON_CHANNEL"]);
  await live.pass(1);
  assertEquals(live.receiver.told.slice(1), ["FAILED DELIVERY_TIMED_OUT"]);
});

Deno.test("an app that waits for reports switches channel when none comes", async () => {
  await using live = await openLive(["MESSAGE_DELIVERY"]);
  await live.call("PATCH", `${P}/apps/${APP}`, {
    delivery_report_based_fallback: {
      enabled: true,
      delivery_report_waiting_time: 60,
    },
  });
  await live.call("POST", `${P}/messages:send`, {
    ...text,
    ...to(["WHATSAPP", "15550000000"], ["SMS", "46700000001"]),
  });
  await live.pass(0);
  await live.pass(60_000);
  await live.pass(250);
  assertEquals(live.receiver.told, [
    "QUEUED_ON_CHANNEL",
    "SWITCHING_CHANNEL DELIVERY_REPORT_TIME_OUT",
    "QUEUED_ON_CHANNEL",
    "DELIVERED",
  ]);
});

Deno.test("events are delivered where the channel has them", async () => {
  await using live = await openLive(["EVENT_DELIVERY"]);
  for (const channel of ["RCS", "SMS"]) {
    await live.call("POST", `${P}/events:send`, {
      app_id: APP,
      event: { composing_event: {} },
      event_metadata: "m",
      ...to([channel, "46700000001"]),
    });
    await live.pass(0);
    await live.pass(250);
  }
  assertEquals(live.receiver.told, [
    "QUEUED_ON_CHANNEL",
    "DELIVERED",
    "FAILED UNSUPPORTED_OPERATION",
  ]);
  assertEquals(
    live.receiver.received[0]!.body.event_delivery_report.metadata,
    "m",
  );
});

Deno.test("a dispatched message is reported without contact and conversation", async () => {
  await using live = await openLive(REPORTS);
  await sendAndWait(
    live,
    smsTo("46700000001", { processing_strategy: "DISPATCH_ONLY" }),
  );
  assertEquals(live.receiver.received.length, 3);
  for (const { body } of live.receiver.received) {
    const about = body.message_delivery_report ??
      body.message_submit_notification;
    assertEquals(
      [about.contact_id, about.conversation_id, about.processing_mode],
      ["", "", "DISPATCH"],
    );
  }
});

Deno.test("a channel that is named and not configured fails the whole message", async () => {
  await using live = await openLive(["MESSAGE_DELIVERY"]);
  await live.call("PATCH", `${P}/apps/${APP}?update_mask=channel_credentials`, {
    channel_credentials: [{
      channel: "RCS",
      static_bearer: { claimed_identity: "a", token: "b" },
    }],
  });
  const missing = "FAILED CHANNEL_CONFIGURATION_MISSING";
  await sendAndWait(live, {
    ...text,
    ...to(["RCS", "46700000001"], ["SMS", "46700000001"]),
  });
  assertEquals(live.receiver.told, [missing]);
  await sendAndWait(live, {
    ...text,
    ...to(["RCS", "46700000001"]),
    channel_priority_order: ["RCS", "SMS"],
  });
  assertEquals(live.receiver.told, [missing, missing]);
  await sendAndWait(live, { ...text, ...to(["RCS", "46700000001"]) });
  assertEquals(live.receiver.told.at(-1), "READ");
});
