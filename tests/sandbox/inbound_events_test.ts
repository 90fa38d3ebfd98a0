/** Events from people: typing, reactions and the rest. */
import { assertEquals } from "@std/assert";
import { ADA, APP, faults, P, smsTo } from "./client.ts";
import { openLive } from "./receiver.ts";

const INBOUND = "/_sandbox/inbound";
const typing = { composing_event: {} };

Deno.test("typing is told as an event of the conversation, and can be read", async () => {
  await using live = await openLive(["EVENT_INBOUND"]);
  const { call } = live;
  await call("POST", `${P}/messages:send`, {
    ...smsTo("15551234567", { correlation_id: "corr" }),
    recipient: { contact_id: ADA },
  });
  const { body: sent } = await call("GET", `${P}/messages?contact_id=${ADA}`);
  const { status, body } = await call("POST", INBOUND, {
    from: { contact_id: ADA },
    contact_event: typing,
  });
  assertEquals([status, Object.keys(body)], [200, [
    "event_id",
    "accepted_time",
  ]]);
  await live.pass(0);
  const [told] = live.receiver.received;
  const event = {
    id: body.event_id,
    direction: "TO_APP",
    contact_event: typing,
    conversation_id: sent.messages[0].conversation_id,
    contact_id: ADA,
    channel_identity: { channel: "SMS", identity: "15551234567", app_id: "" },
    accept_time: "2026-01-15T09:30:00.123Z",
    processing_mode: "CONVERSATION",
  };
  assertEquals(told!.body, {
    app_id: APP,
    event_time: "2026-01-15T09:30:00.123Z",
    project_id: "sandbox-project",
    message_metadata: "",
    correlation_id: "corr",
    event,
  });
  assertEquals(
    (await call("GET", `${P}/events?contact_id=${ADA}`)).body.events,
    [event],
  );
});

Deno.test("a reaction to a message comes from who got it", async () => {
  await using live = await openLive(["EVENT_INBOUND"]);
  const { body: { message_id } } = await live.call(
    "POST",
    `${P}/messages:send`,
    smsTo("46700000001"),
  );
  const reaction = {
    reaction_event: {
      emoji: "👍",
      action: "REACTION_ACTION_REACT",
      message_id,
    },
  };
  await live.call("POST", INBOUND, {
    from: { message_id },
    contact_message_event: reaction,
  });
  await live.pass(0);
  const { event } = live.receiver.received[0]!.body;
  assertEquals([event.contact_message_event, event.channel_identity.identity], [
    reaction,
    "46700000001",
  ]);
});

Deno.test("in DISPATCH mode an event has no contact and no conversation", async () => {
  await using live = await openLive(["EVENT_INBOUND", "CONTACT_CREATE"]);
  await live.call("PATCH", `${P}/apps/${APP}`, { processing_mode: "DISPATCH" });
  await live.call("POST", INBOUND, {
    from: { channel_identity: { channel: "SMS", identity: "+46700000009" } },
    contact_event: typing,
  });
  await live.pass(0);
  assertEquals(live.receiver.told, ["event"]);
  const { event } = live.receiver.received[0]!.body;
  assertEquals(
    [event.contact_id, event.conversation_id, event.processing_mode],
    ["", "", "DISPATCH"],
  );
});

for (
  const [name, fields, fault] of [
    ["without a kind", { contact_event: {} }, "contact_event"],
    [
      "of two kinds",
      { contact_event: { ...typing, composing_end_event: {} } },
      "contact_event",
    ],
    [
      "that is a comment without text",
      { contact_event: { comment_event: { comment_type: "FEED" } } },
      "contact_event.comment_event.text",
    ],
    [
      "that reacts somehow",
      {
        contact_message_event: {
          reaction_event: { action: "LIKE", message_id: "1" },
        },
      },
      "contact_message_event.reaction_event.action",
    ],
  ] as const
) {
  Deno.test(`an event ${name} is refused`, async () => {
    await using live = await openLive([]);
    const answer = await live.call("POST", INBOUND, {
      from: { contact_id: ADA },
      ...fields,
    });
    assertEquals(faults(answer), [fault]);
  });
}

Deno.test("a person stops marketing messages on WhatsApp", async () => {
  await using live = await openLive(["EVENT_INBOUND"]);
  const channel_specific_event = {
    whatsapp_user_preferences_event: { preference: "stop" },
  };
  const { status } = await live.call("POST", INBOUND, {
    from: { contact_id: ADA },
    contact_event: { channel_specific_event },
  });
  await live.pass(0);
  assertEquals(
    [status, live.receiver.received[0]!.body.event.contact_event],
    [200, { channel_specific_event }],
  );
});
