/** Events. */
import { assertEquals } from "@std/assert";
import { ADA, APP, faults, openClient, P } from "./client.ts";

const MESSENGER = {
  identified_by: {
    channel_identities: [{
      channel: "MESSENGER",
      identity: "7746490198930851",
    }],
  },
};
const GOOD = {
  app_id: APP,
  recipient: MESSENGER,
  event: { composing_event: {} },
};

Deno.test("a sent event can be read, listed and deleted", async () => {
  using client = openClient();
  const sent = await client.call("POST", `${P}/events:send`, GOOD);
  assertEquals([sent.status, sent.body.accepted_time], [
    200,
    "2026-01-15T09:30:00.123Z",
  ]);
  const path = `${P}/events/${sent.body.event_id}`;
  const { body } = await client.call("GET", path);
  assertEquals(body, {
    id: sent.body.event_id,
    direction: "TO_CONTACT",
    app_event: { composing_event: {} },
    conversation_id: body.conversation_id,
    contact_id: body.contact_id,
    channel_identity: {
      channel: "MESSENGER",
      identity: "7746490198930851",
      app_id: APP,
    },
    accept_time: "2026-01-15T09:30:00.123Z",
    processing_mode: "CONVERSATION",
  });
  for (
    const query of [
      `contact_id=${body.contact_id}`,
      `conversation_id=${body.conversation_id}`,
    ]
  ) {
    assertEquals((await client.call("GET", `${P}/events?${query}`)).body, {
      events: [body],
      next_page_token: "",
    });
  }
  assertEquals((await client.call("DELETE", path)).body, {});
  assertEquals((await client.call("GET", path)).status, 404);
  assertEquals((await client.call("DELETE", path)).status, 404);
});

Deno.test("an event does not move the time of a conversation's last message", async () => {
  using client = openClient();
  const sent = await client.call("POST", `${P}/events:send`, {
    ...GOOD,
    recipient: { contact_id: ADA },
  });
  const { conversation_id } =
    (await client.call("GET", `${P}/events/${sent.body.event_id}`)).body;
  const { body } = await client.call(
    "GET",
    `${P}/conversations/${conversation_id}`,
  );
  assertEquals(body.last_received, "1970-01-01T00:00:00Z");
});

Deno.test("events come newest first in pages", async () => {
  using client = openClient();
  const sent: string[] = [];
  const event = { ...GOOD, recipient: { contact_id: ADA } };
  for (let count = 0; count < 5; count++) {
    sent.unshift(
      (await client.call("POST", `${P}/events:send`, event)).body.event_id,
    );
  }
  const seen: string[] = [];
  let token = "";
  do {
    const { body } = await client.call(
      "GET",
      `${P}/events?contact_id=${ADA}&page_size=2&page_token=${token}`,
    );
    seen.push(...body.events.map(({ id }: { id: string }) => id));
    token = body.next_page_token;
    await client.call("POST", `${P}/events:send`, event);
  } while (token);
  assertEquals(seen, sent);
});

for (
  const [name, fields, field] of [
    [
      "with an empty reply",
      { event: { comment_reply_event: {} } },
      "event.comment_reply_event.text",
    ],
    [
      "without its agent",
      { event: { agent_left_event: {} } },
      "event.agent_left_event.agent",
    ],
    [
      "without its payload",
      { event: { generic_event: {} } },
      "event.generic_event.payload",
    ],
    [
      "on two channels",
      { channel_priority_order: ["RCS", "LINE"] },
      "channel_priority_order",
    ],
  ] as const
) {
  Deno.test(`an event ${name} is refused at ${field}`, async () => {
    using client = openClient();
    const answer = await client.call("POST", `${P}/events:send`, {
      ...GOOD,
      ...fields,
    });
    assertEquals([answer.status, ...faults(answer)], [400, field]);
  });
}

Deno.test("an event of an app that keeps nothing cannot be read", async () => {
  using client = openClient();
  const app = (await client.call("POST", `${P}/apps`, {
    display_name: "D",
    channel_credentials: [],
  })).body;
  const sent = await client.call("POST", `${P}/events:send`, {
    ...GOOD,
    app_id: app.id,
  });
  assertEquals(sent.status, 200);
  assertEquals(
    (await client.call("GET", `${P}/events/${sent.body.event_id}`)).status,
    404,
  );
  const contact = await client.call("POST", `${P}/events:send`, {
    ...GOOD,
    app_id: app.id,
    recipient: { contact_id: ADA },
  });
  assertEquals(faults(contact), ["recipient"]);
});
