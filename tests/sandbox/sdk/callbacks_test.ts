/** Every callback, received over HTTP, as the official SDK verifies and reads it. */
import { assertEquals, assertThrows } from "@std/assert";
import { ConversationCallbackWebhooks } from "@sinch/sdk-core";
import { TRIGGERS } from "../../../sandbox/callbacks/triggers.ts";
import { APP, P, smsTo } from "../client.ts";
import { type LiveClient, openLive, type Received } from "../receiver.ts";

/** Has the key that the API documents, under which the SDK does not look. */
const UNREAD = "CONTACT_IDENTITIES_DUPLICATION";

/** What only `…/callbacks:trigger`, or an app set up for it, causes (triggers_test.ts). */
const ELSEWHERE = [
  "SMART_CONVERSATION",
  // Takes the place of MESSAGE_INBOUND.
  "MESSAGE_INBOUND_SMART_CONVERSATION_REDACTION",
  "CHANNEL_EVENT",
  "RECORD_NOTIFICATION",
  "BATCH_STATUS_UPDATE",
  "UNSUPPORTED",
];
const CAUSED = TRIGGERS.filter((trigger) => !ELSEWHERE.includes(trigger));

const VERIFIER = new ConversationCallbackWebhooks("s3cret");

/** Whether the SDK takes a callback for signed, given as text and as JSON. */
function isSigned(
  { headers, text }: Received,
  verifier = VERIFIER,
): boolean[] {
  return [text, JSON.parse(text)].map((body) =>
    verifier.validateAuthenticationHeader(headers, body, "/hook", "POST")
  );
}

/** Does everything that a webhook is told of. */
async function liveThroughAll({ call, pass }: LiveClient): Promise<void> {
  const post = async (path: string, body?: unknown) =>
    (await call("POST", path, body)).body;
  const contact = (channel: string, identity: string) =>
    post(`${P}/contacts`, {
      language: "EN_US",
      channel_identities: [{ channel, identity }],
    });
  const made = await contact("SMS", "46700000001");
  const other = await contact("RCS", "46700000002");
  const twin = await contact("SMS", "46700000001");
  await call("DELETE", `${P}/contacts/${twin.id}`);
  await call("PATCH", `${P}/contacts/${made.id}`, { display_name: "Eve" });
  await post(`${P}/contacts/${made.id}:merge`, { source_id: other.id });
  await post(`${P}/messages:send`, smsTo("46700000001"));
  for (const text of ["Hi", "STOP", "START"]) {
    await post("/_sandbox/inbound", {
      from: { channel_identity: { channel: "SMS", identity: "46700000001" } },
      contact_message: { text_message: { text } },
    });
  }
  await post("/_sandbox/inbound", {
    from: { contact_id: made.id },
    contact_event: { composing_event: {} },
  });
  const to = { app_id: APP, recipient: { contact_id: made.id } };
  await post(`${P}/events:send`, { ...to, event: { composing_event: {} } });
  await post(`${P}/capability:query`, to);
  const { body } = await call(
    "GET",
    `${P}/conversations?contact_id=${made.id}`,
  );
  const conversation = `${P}/conversations/${body.conversations[0].id}`;
  await pass(0);
  await pass(250);
  await post(`${conversation}:stop`);
  await call("DELETE", conversation);
  await pass(0);
}

Deno.test("the SDK finds every callback signed, and none that was tampered with", async () => {
  await using live = await openLive(CAUSED);
  await liveThroughAll(live);
  const stranger = new ConversationCallbackWebhooks("other");
  for (const one of live.receiver.received) {
    assertEquals(isSigned(one), [true, true], one.text);
    const text = one.text.replace("sandbox-project", "other-project")
      .replace(APP, "01SANDB0XAPP00000000000002");
    assertEquals(isSigned({ ...one, text }), [false, false], text);
    const nonce = { "x-sinch-webhook-signature-nonce": "another" };
    const headers = { ...one.headers, ...nonce };
    assertEquals(isSigned({ ...one, headers }), [false, false]);
    assertEquals(isSigned(one, stranger), [false, false]);
  }
});

Deno.test("the SDK reads every callback, but for the one that it looks for under another key", async () => {
  await using live = await openLive(CAUSED);
  await liveThroughAll(live);
  const read = new Set<string>();
  for (const { text } of live.receiver.received) {
    if (text.includes("duplicated_contact_identities_notification")) {
      assertThrows(() => VERIFIER.parseEvent(text), Error);
      read.add(UNREAD);
    } else {
      const event = VERIFIER.parseEvent(text);
      const isOfContact = event.trigger!.startsWith("CONTACT_");
      assertEquals(event.app_id, isOfContact ? "" : APP);
      read.add(event.trigger!);
    }
  }
  assertEquals([...read].sort(), [...CAUSED].sort());
});
