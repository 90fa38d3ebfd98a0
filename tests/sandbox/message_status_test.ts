/** The status of a message in the API, with and without a webhook. */
import { assertEquals } from "@std/assert";
import { type Client, openClient, P, smsTo, START } from "./client.ts";
import { openLive } from "./receiver.ts";

async function statusesOf(
  client: Pick<Client, "call">,
  body: unknown,
  pass: (ms: number) => unknown,
): Promise<string[]> {
  const { body: { message_id } } = await client.call(
    "POST",
    `${P}/messages:send`,
    body,
  );
  const seen: string[] = [];
  for (let step = 0; step < 4; step++) {
    await pass(step === 0 ? 0 : 250);
    const { body: message } = await client.call(
      "GET",
      `${P}/messages/${message_id}`,
    );
    const { body: list } = await client.call("GET", `${P}/messages`);
    assertEquals(list.messages[0].message_status, message.message_status);
    const { status, reason } = message.message_status;
    const text = reason ? `${status} ${reason.code}` : status;
    if (seen.at(-1) !== text) seen.push(text);
  }
  return seen;
}

const rcs = (identity: string) => ({
  ...smsTo(""),
  recipient: {
    identified_by: { channel_identities: [{ channel: "RCS", identity }] },
  },
});

for (
  const [name, body, expected] of [
    ["SMS", smsTo("46700000001"), ["QUEUED_ON_CHANNEL", "DELIVERED"]],
    [
      "RCS",
      rcs("46700000001"),
      ["QUEUED_ON_CHANNEL", "DELIVERED", "READ"],
    ],
    [
      "a number that cannot be reached",
      smsTo("15550000002"),
      ["QUEUED_ON_CHANNEL", "FAILED RECIPIENT_NOT_REACHABLE"],
    ],
    [
      "an invalid number",
      smsTo("1"),
      ["FAILED RECIPIENT_INVALID_CHANNEL_IDENTITY"],
    ],
    ["a silent number", smsTo("15550000000"), ["QUEUED_ON_CHANNEL"]],
  ] as const
) {
  Deno.test(`the status of a message to ${name} is the same with and without a webhook`, async () => {
    using quiet = openClient();
    assertEquals(
      await statusesOf(quiet, body, (ms) => quiet.clock.ms += ms),
      [...expected],
    );
    await using live = await openLive(["MESSAGE_DELIVERY"]);
    assertEquals(await statusesOf(live, body, (ms) => live.pass(ms)), [
      ...expected,
    ]);
  });
}

Deno.test("a message that waits for its delivery is QUEUED; one from a contact has no status", async () => {
  await using live = await openLive(["MESSAGE_DELIVERY"]);
  live.clock.ms = START;
  await live.call("POST", "/_sandbox/inbound", {
    from: { channel_identity: { channel: "SMS", identity: "46700000001" } },
    contact_message: { text_message: { text: "Hi" } },
  });
  const { body } = await live.call("GET", `${P}/messages`);
  assertEquals(body.messages[0].message_status, null);
});
