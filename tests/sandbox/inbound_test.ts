import { assertEquals } from "@std/assert";
import { ADA, APP, faults, P, smsTo } from "./client.ts";
import { openLive } from "./receiver.ts";

const INBOUND = "/_sandbox/inbound";
const NEW = { channel: "SMS", identity: "+46700000001" };
const hello = { text_message: { text: "Hi" } };

Deno.test("a first message makes contact and conversation, and tells in that order", async () => {
  await using live = await openLive([
    "MESSAGE_INBOUND",
    "CONTACT_CREATE",
    "CONVERSATION_START",
  ]);
  const { status, body } = await live.call("POST", INBOUND, {
    from: { channel_identity: NEW },
    contact_message: hello,
  });
  assertEquals(status, 200);
  await live.pass(0);
  assertEquals(live.receiver.told, [
    "contact_create_notification",
    "conversation_start_notification",
    "message",
  ]);
  const stored =
    (await live.call("GET", `${P}/messages/${body.message_id}`)).body;
  assertEquals(
    [stored.direction, stored.contact_message, stored.channel_identity],
    ["TO_APP", { ...hello, reply_to: null }, {
      channel: "SMS",
      identity: "46700000001",
      app_id: "",
    }],
  );
  const { message_status: _, ...told } = stored;
  assertEquals(live.receiver.received[2]!.body.message, told);
  const { conversation } = live.receiver.received[1]!.body
    .conversation_start_notification;
  assertEquals(
    [conversation.id, conversation.active_channel, conversation.last_received],
    [stored.conversation_id, "SMS", stored.accept_time],
  );
});

Deno.test("an answer carries what the message and its conversation were sent with", async () => {
  await using live = await openLive(["MESSAGE_INBOUND"]);
  await live.call("PATCH", `${P}/apps/${APP}`, {
    conversation_metadata_report_view: "FULL",
  });
  const sent = await live.call(
    "POST",
    `${P}/messages:send`,
    smsTo("15551234567", {
      message_metadata: "order-17",
      correlation_id: "corr",
      conversation_metadata: { customer: 9 },
      channel_properties: { SMS_SENDER: "ACME" },
    }),
  );
  await live.call("POST", INBOUND, {
    from: { message_id: sent.body.message_id },
    contact_message: hello,
  });
  await live.pass(0);
  const { body } = live.receiver.received[0]!;
  assertEquals([body.message_metadata, body.correlation_id], [
    '{"customer":9}',
    "corr",
  ]);
  const { contact_id, metadata, sender_id } = body.message;
  assertEquals([contact_id, metadata, sender_id], [ADA, "order-17", "ACME"]);
});

const CONTENTS = [
  { media_message: { url: "https://example.com/a.jpg" } },
  {
    location_message: {
      title: "Home",
      coordinates: { latitude: 55.5, longitude: 13 },
    },
  },
];
for (const content of CONTENTS) {
  Deno.test(`a contact sends a ${Object.keys(content)[0]} on the channel in use`, async () => {
    await using live = await openLive(["MESSAGE_INBOUND"]);
    await live.call("POST", `${P}/messages:send`, {
      ...smsTo(""),
      recipient: { contact_id: ADA },
      channel_priority_order: ["WHATSAPP"],
    });
    await live.call("POST", INBOUND, {
      from: { contact_id: ADA },
      contact_message: content,
    });
    await live.pass(0);
    const { message } = live.receiver.received[0]!.body;
    assertEquals(message.contact_message, { ...content, reply_to: null });
    assertEquals(message.channel_identity.channel, "WHATSAPP");
  });
}

const choices = [
  { text_message: { text: "Yes" }, postback_data: "yes" },
  { url_message: { title: "Site", url: "https://example.com" } },
];
const TAPS: [content: Record<string, unknown>, tap: string, data: string][] = [
  [{ choice_message: { text_message: { text: "?" }, choices } }, "yes", "yes"],
  [
    { choice_message: { text_message: { text: "?" }, choices } },
    "2",
    "{id}_Site",
  ],
  [{ card_message: { title: "A", choices } }, "YES", "yes"],
  [
    {
      list_message: {
        title: "L",
        sections: [{
          title: "S",
          items: [{ choice: { title: "Tea", postback_data: "t" } }],
        }],
      },
    },
    "tea",
    "t",
  ],
];
for (const [message, tap, postback_data] of TAPS) {
  const kind = Object.keys(message)[0];
  Deno.test(`tapping "${tap}" in a ${kind} answers with its postback data`, async () => {
    await using live = await openLive(["MESSAGE_INBOUND"]);
    const { body } = await live.call("POST", `${P}/messages:send`, {
      ...smsTo("15551234567"),
      message,
    });
    const { message_id } = body;
    await live.call("POST", INBOUND, { from: { message_id }, choice: tap });
    await live.pass(0);
    assertEquals(
      live.receiver.received[0]!.body.message.contact_message,
      {
        choice_response_message: {
          message_id,
          postback_data: postback_data.replace("{id}", message_id),
        },
        reply_to: null,
      },
    );
  });
}

Deno.test("what cannot be received is refused, and says why", async () => {
  await using live = await openLive([]);
  const { call } = live;
  const sent = await call("POST", `${P}/messages:send`, smsTo("15551234567"));
  const { message_id } = sent.body;
  const answers = [
    await call("POST", INBOUND, { contact_message: hello }),
    await call("POST", INBOUND, { from: { contact_id: ADA } }),
    await call("POST", INBOUND, { from: { message_id }, choice: "1" }),
    await call("POST", INBOUND, { from: { contact_id: ADA }, choice: "1" }),
  ];
  assertEquals(answers.map(faults), [
    ["from"],
    ["contact_message, contact_event, contact_message_event, choice"],
    ["choice"],
    ["choice"],
  ]);
  const unknown = { message_id: "01ARZ3NDEKTSV4RRFFQ69G5FAV" };
  assertEquals(
    (await call("POST", INBOUND, { from: unknown, contact_message: hello }))
      .status,
    404,
  );
  assertEquals((await call("POST", INBOUND, {}, {})).status, 401);
});

Deno.test("STOP by SMS opts out until START, and stops marketing alone", async () => {
  await using live = await openLive(["OPT_OUT", "OPT_IN", "MESSAGE_DELIVERY"]);
  const { call, receiver } = live;
  const say = (text: string) =>
    call("POST", INBOUND, {
      from: { channel_identity: NEW },
      contact_message: { text_message: { text } },
    });
  const send = async (message_content_type: string) => {
    await call(
      "POST",
      `${P}/messages:send`,
      smsTo("46700000001", { message_content_type }),
    );
    await live.pass(0);
    await live.pass(250);
    return receiver.told.at(-1);
  };
  await say("stop it");
  assertEquals(await send("CONTENT_MARKETING"), "DELIVERED");
  await say(" Stop ");
  const failed = "FAILED RECIPIENT_NOT_OPTED_IN";
  assertEquals(await send("CONTENT_MARKETING"), failed);
  assertEquals(await send("CONTENT_NOTIFICATION"), failed);
  assertEquals(await send("CONTENT_UNKNOWN"), "DELIVERED");
  const list = `${P}/apps/${APP}/consents/OPT_OUT_ALL`;
  assertEquals((await call("GET", list)).body.identities, [{
    identity: "46700000001",
  }]);
  await say("START");
  assertEquals(await send("CONTENT_MARKETING"), "DELIVERED");
  assertEquals((await call("GET", list)).body.identities, []);
  const { audit_records } = (await call(
    "GET",
    `${P}/apps/${APP}/consents/identities/46700000001`,
  )).body;
  assertEquals(
    audit_records.map((
      { operation, origin }: Record<string, string>,
    ) => [operation, origin]),
    [["OPERATION_INSERT", "ORIGIN_MO"], ["OPERATION_DELETE", "ORIGIN_MO"]],
  );
  const keys = receiver.told.filter((one) => one.startsWith("opt_"));
  assertEquals(keys, ["opt_out_notification", "opt_in_notification"]);
});

interface SentAlong {
  conversation_metadata?: unknown;
  correlation_id?: string;
  conversation_metadata_update_strategy?: string;
}
const ALONG = { conversation_metadata: { a: 1 }, correlation_id: "c-1" };
const COMES_BACK: [
  name: string,
  app: Record<string, unknown>,
  sends: SentAlong[],
  inbound: [metadata: string, correlationId: string],
][] = [
  [
    "comes back",
    { processing_mode: "DISPATCH", dispatch_retention_policy: { ttl_days: 1 } },
    [ALONG],
    ['{"a":1}', "c-1"],
  ],
  [
    "stays until another is sent, and is replaced, not merged",
    { processing_mode: "DISPATCH", dispatch_retention_policy: { ttl_days: 1 } },
    [ALONG, {
      conversation_metadata: { b: 2 },
      conversation_metadata_update_strategy: "MERGE_PATCH",
    }, {}],
    ['{"b":2}', "c-1"],
  ],
  [
    "comes back without metadata where the app does not want it",
    {
      processing_mode: "DISPATCH",
      dispatch_retention_policy: { ttl_days: 1 },
      conversation_metadata_report_view: "NONE",
    },
    [ALONG],
    ["", "c-1"],
  ],
  [
    "is not kept without retention",
    { processing_mode: "DISPATCH", dispatch_retention_policy: { ttl_days: 0 } },
    [ALONG],
    ["", ""],
  ],
];
for (const [name, app, sends, expected] of COMES_BACK) {
  Deno.test(`what a DISPATCH app sends along ${name}`, async () => {
    await using live = await openLive(["MESSAGE_INBOUND"]);
    await live.call("PATCH", `${P}/apps/${APP}`, {
      conversation_metadata_report_view: "FULL",
      ...app,
    });
    for (const along of sends) {
      await live.call(
        "POST",
        `${P}/messages:send`,
        smsTo("46700000001", { ...along }),
      );
    }
    for (const identity of ["46700000001", "46700000002"]) {
      await live.call("POST", INBOUND, {
        from: { channel_identity: { channel: "SMS", identity } },
        contact_message: hello,
      });
    }
    await live.pass(0);
    assertEquals(
      live.receiver.received.map((
        { body },
      ) => [body.message_metadata, body.correlation_id]),
      [expected, ["", ""]],
    );
  });
}

Deno.test("what a CONVERSATION app dispatches takes nothing along", async () => {
  await using live = await openLive(["MESSAGE_INBOUND"]);
  await live.call("PATCH", `${P}/apps/${APP}`, {
    conversation_metadata_report_view: "FULL",
    dispatch_retention_policy: { ttl_days: 1 },
  });
  const answer = async () => {
    await live.call("POST", INBOUND, {
      from: { channel_identity: NEW },
      contact_message: hello,
    });
    await live.pass(0);
    const { body } = live.receiver.received.at(-1)!;
    return [body.message_metadata, body.correlation_id];
  };
  await live.call(
    "POST",
    `${P}/messages:send`,
    smsTo("46700000001", { ...ALONG, processing_strategy: "DISPATCH_ONLY" }),
  );
  assertEquals(await answer(), ["", ""]);
  await live.call("PATCH", `${P}/apps/${APP}`, { processing_mode: "DISPATCH" });
  assertEquals(await answer(), ["", ""]);
});

Deno.test("a DISPATCH app is told without contact and conversation, and none is made", async () => {
  await using live = await openLive([
    "MESSAGE_INBOUND",
    "CONTACT_CREATE",
    "CONVERSATION_START",
  ]);
  await live.call("PATCH", `${P}/apps/${APP}`, { processing_mode: "DISPATCH" });
  const { body: { message_id } } = await live.call("POST", INBOUND, {
    from: { channel_identity: NEW },
    contact_message: hello,
  });
  await live.pass(0);
  assertEquals(live.receiver.told, ["message"]);
  const { message } = live.receiver.received[0]!.body;
  assertEquals(
    [message.contact_id, message.conversation_id, message.processing_mode],
    ["", "", "DISPATCH"],
  );
  const { status } = await live.call("GET", `${P}/messages/${message_id}`);
  assertEquals(status, 404);
});
