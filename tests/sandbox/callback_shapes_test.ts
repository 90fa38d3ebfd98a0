/** Each callback against the shape of the real one, sampled and caused. */
import { assertEquals } from "@std/assert";
import { TRIGGERS } from "../../sandbox/callbacks/triggers.ts";
import { EMPTY, misfits, PAYLOADS, shapeOf } from "./callback_shapes.ts";
import { APP, BO, CARLA, P, smsTo } from "./client.ts";
import { openLive } from "./receiver.ts";

type Live = Awaited<ReturnType<typeof openLive>>;

const from = (channel = "WHATSAPP") => ({
  from: { channel_identity: { channel, identity: "15551234568" } },
});

/** A request, or several, after which the webhook receives the trigger. */
const CAUSES: Record<string, (live: Live) => Promise<unknown>> = {
  MESSAGE_INBOUND: (live) => write(live, "Hello"),
  MESSAGE_INBOUND_SMART_CONVERSATION_REDACTION: (live) => write(live, "Hello"),
  MESSAGE_DELIVERY: (live) =>
    // A number that fails: the report has a reason.
    live.call("POST", `${P}/messages:send`, smsTo("15550000001")),
  MESSAGE_SUBMIT: (live) =>
    live.call("POST", `${P}/messages:send`, smsTo("15551234567")),
  EVENT_INBOUND: (live) =>
    live.call("POST", "/_sandbox/inbound", {
      ...from(),
      contact_event: { composing_event: {} },
    }),
  EVENT_DELIVERY: (live) =>
    live.call("POST", `${P}/events:send`, {
      app_id: APP,
      recipient: { contact_id: BO },
      event: { composing_event: {} },
    }),
  CONVERSATION_START: (live) => write(live, "Hello"),
  CONVERSATION_STOP: async (live) => {
    const id = await conversationOf(live);
    await live.call("POST", `${P}/conversations/${id}:stop`);
  },
  CONVERSATION_DELETE: async (live) => {
    const id = await conversationOf(live);
    await live.call("DELETE", `${P}/conversations/${id}`);
  },
  CONTACT_CREATE: (live) => createContact(live, "4670"),
  CONTACT_UPDATE: (live) =>
    live.call("PATCH", `${P}/contacts/${BO}`, { email: "bo@example.com" }),
  CONTACT_DELETE: (live) => live.call("DELETE", `${P}/contacts/${CARLA}`),
  CONTACT_MERGE: (live) =>
    live.call("POST", `${P}/contacts/${BO}:merge`, { source_id: CARLA }),
  CONTACT_IDENTITIES_DUPLICATION: (live) => createContact(live, "15551234567"),
  CAPABILITY: (live) =>
    live.call("POST", `${P}/capability:query`, {
      app_id: APP,
      recipient: { contact_id: BO },
    }),
  OPT_IN: async (live) => {
    await write(live, "STOP", "SMS");
    await write(live, "START", "SMS");
  },
  OPT_OUT: (live) => write(live, "STOP", "SMS"),
  SMART_CONVERSATION: async (live) => {
    await live.call("PATCH", `${P}/apps/${APP}`, {
      smart_conversation: { enabled: true },
    });
    await write(live, "Thank you");
  },
};

for (const trigger of TRIGGERS) {
  Deno.test(`${trigger} has the keys and types of the real callback`, async () => {
    await using live = await openLive([trigger]);
    await live.call("POST", "/_sandbox/callbacks:trigger", { trigger });
    await CAUSES[trigger]?.(live);
    await live.pass(0);
    await live.pass(250);
    const { received } = live.receiver;
    assertEquals(received.length >= (CAUSES[trigger] ? 2 : 1), true);
    for (const { body } of received) {
      assertEquals(misfits(body, shapeOf(trigger)), []);
      for (const field of ["app_id", "project_id"]) {
        assertEquals(body[field] === "", EMPTY[trigger] === field, field);
      }
      if (trigger === "EVENT_DELIVERY") {
        assertEquals(body.event_delivery_report.contact_id, "");
      }
    }
  });
}

Deno.test("the shapes are those of all triggers", () => {
  assertEquals(Object.keys(PAYLOADS).sort(), [...TRIGGERS].sort());
});

Deno.test("a contact without a channel priority has none in callbacks", async () => {
  await using live = await openLive(["CONTACT_CREATE", "CONTACT_UPDATE"]);
  const { body: { id } } = await createContact(live, "4670");
  await live.call("PATCH", `${P}/contacts/${id}`, {
    channel_priority: ["SMS"],
  });
  await live.pass(0);
  assertEquals(
    live.receiver.received.map(({ body }) =>
      (body.contact_create_notification ?? body.contact_update_notification)
        .contact.channel_priority
    ),
    [undefined, ["SMS"]],
  );
});

function write(live: Live, text: string, channel?: string) {
  return live.call("POST", "/_sandbox/inbound", {
    ...from(channel),
    contact_message: { text_message: { text } },
  });
}

function createContact(live: Live, identity: string) {
  return live.call("POST", `${P}/contacts`, {
    language: "EN_US",
    channel_identities: [{ channel: "SMS", identity }],
  });
}

async function conversationOf(live: Live): Promise<string> {
  await write(live, "Hello");
  const { body } = await live.call(
    "GET",
    `${P}/conversations?contact_id=${BO}`,
  );
  return body.conversations[0].id;
}
