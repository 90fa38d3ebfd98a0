/** What callbacks about contacts, conversations and look-ups say. */
import { assertEquals } from "@std/assert";
import { ADA, APP, P, smsTo } from "./client.ts";
import { openLive } from "./receiver.ts";

Deno.test("an identity that two contacts have is told with both of them", async () => {
  await using live = await openLive(["CONTACT_IDENTITIES_DUPLICATION"]);
  const { body: { id } } = await live.call("POST", `${P}/contacts`, {
    language: "EN_US",
    channel_identities: [{ channel: "SMS", identity: "+15551234567" }],
  });
  await live.pass(0);
  assertEquals(
    live.receiver.received.map(({ body }) =>
      body.duplicated_contact_identities_notification
    ),
    [{ duplicated_identities: [{ channel: "SMS", contact_ids: [ADA, id] }] }],
  );
});

Deno.test("contacts are told to the webhooks of every app, without an app", async () => {
  await using live = await openLive(["CONTACT_UPDATE"]);
  const { body: app } = await live.call("POST", `${P}/apps`, {
    display_name: "Other",
    channel_credentials: [],
  });
  await live.call("POST", `${P}/webhooks`, {
    app_id: app.id,
    target: `${live.receiver.url}/other`,
    target_type: "HTTP",
    triggers: ["CONTACT_UPDATE"],
  });
  await live.call("PATCH", `${P}/contacts/${ADA}`, { email: "a@example.com" });
  await live.pass(0);
  const told = live.receiver.received.map(({ path, body }) => [
    path,
    body.app_id,
    body.contact_update_notification.contact.email,
  ]).sort();
  assertEquals(told, [
    ["/hook", "", "a@example.com"],
    ["/other", "", "a@example.com"],
  ]);
});

Deno.test("a conversation's end is told once, stopped or set inactive", async () => {
  await using live = await openLive(["CONVERSATION_STOP"]);
  for (
    const [method, suffix, body] of [
      ["POST", ":stop", undefined],
      ["PATCH", "", { active: false }],
    ] as const
  ) {
    await live.call("POST", `${P}/messages:send`, smsTo("15551234567"));
    const { body: { conversations: [newest] } } = await live.call(
      "GET",
      `${P}/conversations?contact_id=${ADA}&only_active=true`,
    );
    const path = `${P}/conversations/${newest.id}${suffix}`;
    await live.call(method, path, body);
    await live.call(method, path, body);
    await live.pass(0);
    const { conversation } = live.receiver.received.at(-1)!.body
      .conversation_stop_notification;
    assertEquals([conversation.id, conversation.active], [newest.id, false]);
  }
  assertEquals(live.receiver.received.length, 2);
});

Deno.test("a capability query is answered for each channel, with the request's id", async () => {
  await using live = await openLive(["CAPABILITY"]);
  const channel_identities = ["RCS", "SMS"].map((channel) => ({
    channel,
    identity: "15551234567",
  }));
  await live.call("POST", `${P}/capability:query`, {
    app_id: APP,
    recipient: { identified_by: { channel_identities } },
    request_id: "r",
  });
  await live.pass(0);
  assertEquals(
    live.receiver.received.map(({ body }) => body.capability_notification),
    ["RCS", "SMS"].map((channel) => ({
      request_id: "r",
      contact_id: ADA,
      channel,
      identity: "15551234567",
      capability_status: "CAPABILITY_FULL",
      channel_capabilities: [],
    })),
  );
});

Deno.test("a capability query of a DISPATCH app is answered without the contact", async () => {
  await using live = await openLive(["CAPABILITY"]);
  await live.call("PATCH", `${P}/apps/${APP}`, { processing_mode: "DISPATCH" });
  const { recipient } = smsTo("15551234567");
  await live.call("POST", `${P}/capability:query`, { app_id: APP, recipient });
  await live.pass(0);
  const { capability_notification: told } = live.receiver.received[0]!.body;
  assertEquals([told.identity, told.contact_id], ["15551234567", ""]);
});

Deno.test("a capability query passes over a contact's identities towards other apps", async () => {
  await using live = await openLive(["CAPABILITY"]);
  const { body: app } = await live.call("POST", `${P}/apps`, {
    display_name: "Other",
    channel_credentials: [],
  });
  const identity = (channel: string, app_id: string) => ({
    channel,
    identity: channel,
    app_id,
  });
  const { body: contact } = await live.call("POST", `${P}/contacts`, {
    language: "SV",
    channel_identities: [
      identity("MESSENGER", app.id),
      identity("LINE", APP),
      identity("TELEGRAM", ""),
    ],
  });
  await live.call("POST", `${P}/capability:query`, {
    app_id: APP,
    recipient: { contact_id: contact.id },
  });
  await live.pass(0);
  assertEquals(
    live.receiver.received.map(({ body }) =>
      body.capability_notification.channel
    ),
    ["LINE", "TELEGRAM"],
  );
});

Deno.test("a message that is deleted is heard of no more", async () => {
  await using live = await openLive(["MESSAGE_DELIVERY"]);
  const { body } = await live.call(
    "POST",
    `${P}/messages:send`,
    smsTo("15551234567"),
  );
  await live.pass(0);
  await live.call("DELETE", `${P}/messages/${body.message_id}`);
  await live.pass(250);
  assertEquals(live.receiver.told, ["QUEUED_ON_CHANNEL"]);
});
