/** The sandbox's time, which can be put forward. */
import { assertEquals } from "@std/assert";
import { askForToken, openClient, P, smsTo, START } from "./client.ts";
import { openLive } from "./receiver.ts";

const HOUR_MS = 60 * 60 * 1000;
const CLOCK = "/_sandbox/clock";

Deno.test("time goes on from where it was put, for messages and for answers", async () => {
  using client = openClient();
  const { status, body } = await client.call("POST", `${CLOCK}:advance`, {
    by_ms: 25 * HOUR_MS,
  });
  assertEquals(status, 200);
  const now = new Date(START + 25 * HOUR_MS).toISOString();
  assertEquals(body, { now, ahead_ms: 25 * HOUR_MS });
  const sent = await client.call(
    "POST",
    `${P}/messages:send`,
    smsTo("15551234567"),
  );
  assertEquals(Date.parse(sent.body.accepted_time), Date.parse(now));
});

Deno.test("time cannot be put back", async () => {
  using client = openClient();
  for (const by_ms of [0, -1, 1.5, "1h", undefined]) {
    const { status } = await client.call("POST", `${CLOCK}:advance`, { by_ms });
    assertEquals(status, 400);
  }
  const { body } = await client.call("GET", CLOCK);
  assertEquals(body.ahead_ms, 0);
});

Deno.test("the time that was put forward stays in the store, for other processes too", async () => {
  const store = await Deno.makeTempFile({ suffix: ".db" });
  await Deno.remove(store);
  using one = openClient(store);
  using running = openClient(store);
  await one.call("POST", `${CLOCK}:advance`, { by_ms: HOUR_MS });
  const later = new Date(START + HOUR_MS).toISOString();
  const sent = await running.call(
    "POST",
    `${P}/messages:send`,
    smsTo("15551234567"),
  );
  assertEquals(Date.parse(sent.body.accepted_time), Date.parse(later));
  using next = openClient(store);
  assertEquals((await next.call("GET", CLOCK)).body.now, later);
});

Deno.test("a token ends when its hour was put forward", async () => {
  using client = openClient();
  const answer = await askForToken(client.sandbox);
  const authorization = `Bearer ${(await answer.json()).access_token}`;
  const list = () =>
    client.call("GET", `${P}/apps`, undefined, { authorization });
  assertEquals((await list()).status, 200);
  await client.call("POST", `${CLOCK}:advance`, { by_ms: HOUR_MS });
  const { status, headers } = await list();
  assertEquals(status, 401);
  assertEquals(headers.get("www-authenticate")?.includes("expired"), true);
});

Deno.test("a ttl ends, and WhatsApp's window closes, when time is put forward", async () => {
  await using live = await openLive(["MESSAGE_DELIVERY"]);
  await live.call("POST", `${P}/messages:send`, {
    ...smsTo("15550000000"),
    ttl: "600s",
  });
  await live.pass(0);
  await live.call("POST", `${CLOCK}:advance`, { by_ms: 10 * 60 * 1000 });
  await live.pass(0);
  assertEquals(live.receiver.told, [
    "QUEUED_ON_CHANNEL",
    "FAILED DELIVERY_TIMED_OUT",
  ]);
  const toAda = {
    ...smsTo("15551234567"),
    recipient: {
      identified_by: {
        channel_identities: [{ channel: "WHATSAPP", identity: "15551234567" }],
      },
    },
  };
  const outcome = async () => {
    await live.call("POST", `${P}/messages:send`, toAda);
    for (let step = 0; step < 4; step++) await live.pass(250);
    return live.receiver.told.at(-1);
  };
  assertEquals(await outcome(), "READ");
  await live.call("POST", `${CLOCK}:advance`, { by_ms: 25 * HOUR_MS });
  assertEquals(await outcome(), "FAILED OUTSIDE_ALLOWED_SENDING_WINDOW");
});

Deno.test("a batch that waits is sent when its time was put forward", async () => {
  using client = openClient();
  const { access_token } = await (await askForToken(client.sandbox)).json();
  const { app_id, recipient, message } = smsTo("15551234567");
  const answer = await client.sandbox.batch.fetch(
    new Request(`http://batch${P}/messages`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${access_token}`,
        "content-type": "application/json",
      },
      body: JSON.stringify({
        app_id,
        message,
        recipient_and_params: [{ recipient }],
        send_after: new Date(START + 2 * HOUR_MS).toISOString(),
      }),
    }),
  );
  assertEquals(answer.status, 200);
  const count = async () =>
    (await client.call("GET", `${P}/messages`)).body.messages.length;
  assertEquals(await count(), 0);
  await client.call("POST", `${CLOCK}:advance`, { by_ms: 3 * HOUR_MS });
  assertEquals(await count(), 1);
});
