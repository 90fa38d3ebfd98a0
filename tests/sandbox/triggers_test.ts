/** Every trigger, as a receiver sees it and as the official SDK reads it. */
import { assert, assertEquals } from "@std/assert";
import { ConversationCallbackWebhooks } from "@sinch/sdk-core";
import { PAYLOAD_KEYS, TRIGGERS } from "../../sandbox/callbacks/triggers.ts";
import { ADA, APP, faults, P, smsTo } from "./client.ts";
import { openLive } from "./receiver.ts";

const TRIGGER = "/_sandbox/callbacks:trigger";
const SDK = new ConversationCallbackWebhooks("s3cret");

/** Its parser throws at these keys, which are those of the API. */
const UNKNOWN_TO_SDK = [
  "CONTACT_IDENTITIES_DUPLICATION",
  "BATCH_STATUS_UPDATE",
];

/** Keys of an envelope that has every time. */
const ENVELOPE = [
  "app_id",
  "accepted_time",
  "event_time",
  "project_id",
  "message_metadata",
  "correlation_id",
];

for (const mode of ["CONVERSATION", "DISPATCH"]) {
  for (const trigger of TRIGGERS) {
    Deno.test(`${trigger} reaches its webhook in ${mode} mode, signed, and the SDK reads it`, async () => {
      await using live = await openLive([trigger]);
      await live.call("PATCH", `${P}/apps/${APP}`, { processing_mode: mode });
      const { status, body } = await live.call("POST", TRIGGER, { trigger });
      assertEquals([status, body.trigger, body.callbacks.length], [
        200,
        trigger,
        1,
      ]);
      await live.pass(0);
      const [{ text, headers, body: told }] = live.receiver.received as [
        typeof live.receiver.received[0],
      ];
      assert(SDK.validateAuthenticationHeader(headers, text, "", "POST"));
      assertEquals(Object.keys(told).at(-1), PAYLOAD_KEYS[trigger]);
      for (const key of Object.keys(told).slice(0, -1)) {
        assert(ENVELOPE.includes(key), key);
      }
      if (UNKNOWN_TO_SDK.includes(trigger)) return;
      const name = trigger === "SMART_CONVERSATION"
        ? "SMART_CONVERSATIONS"
        : trigger;
      assertEquals(SDK.parseEvent(text).trigger, name as "OPT_IN");
      const payload = told[PAYLOAD_KEYS[trigger]];
      if (mode === "DISPATCH" && "conversation_id" in payload) {
        assertEquals([payload.conversation_id, payload.contact_id], ["", ""]);
      }
    });
  }
}

Deno.test("a triggered callback tells of what is in the store, with the given payload merged in", async () => {
  await using live = await openLive(["MESSAGE_DELIVERY"]);
  const { body: { message_id } } = await live.call(
    "POST",
    `${P}/messages:send`,
    smsTo("15551234567", { message_metadata: "order-17" }),
  );
  const { body } = await live.call("POST", TRIGGER, {
    trigger: "MESSAGE_DELIVERY",
    payload: {
      status: "FAILED",
      reason: { code: "RECIPIENT_NOT_REACHABLE" },
      processing_mode: null,
    },
  });
  const { message_delivery_report: report } = body.callbacks[0].body;
  assertEquals(report, {
    message_id,
    conversation_id: report.conversation_id,
    status: "FAILED",
    channel_identity: { channel: "SMS", identity: "15551234567", app_id: "" },
    contact_id: ADA,
    metadata: "order-17",
    reason: { code: "RECIPIENT_NOT_REACHABLE" },
  });
});

Deno.test("a trigger that no webhook wants is no callback; an unknown one is refused", async () => {
  await using live = await openLive(["OPT_IN"]);
  const nobody = await live.call("POST", TRIGGER, { trigger: "OPT_OUT" });
  assertEquals([nobody.status, nobody.body.callbacks], [200, []]);
  assertEquals(
    faults(await live.call("POST", TRIGGER, { trigger: "MESSAGE" })),
    ["trigger"],
  );
  assertEquals(
    (await live.call("POST", TRIGGER, { trigger: "OPT_IN", app_id: "X" }))
      .status,
    404,
  );
});
