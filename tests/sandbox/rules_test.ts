/** What should go wrong, by rule. */
import { assert, assertEquals, assertRejects } from "@std/assert";
import {
  ADA,
  type Answer,
  APP,
  askForToken,
  CARLA,
  type Client,
  faults,
  openClient,
  P,
  smsTo,
} from "./client.ts";
import { type LiveClient, openLive } from "./receiver.ts";

const RULES = "/_sandbox/rules";
const NUMBER = "46700000001";

async function addRules(
  { call }: Pick<Client, "call">,
  ...rules: Record<string, unknown>[]
): Promise<Answer> {
  return await call("POST", RULES, { rules });
}

function to(...channels: string[]) {
  return {
    app_id: APP,
    recipient: {
      identified_by: {
        channel_identities: channels.map((channel) => ({
          channel,
          identity: NUMBER,
        })),
      },
    },
    message: { text_message: { text: "Hello" } },
  };
}

/** Sends, lets all that follows happen, and gives what was told of it. */
async function told(live: LiveClient, send: unknown): Promise<string[]> {
  const before = live.receiver.told.length;
  const { body } = await live.call("POST", `${P}/messages:send`, send);
  assert(body.message_id, JSON.stringify(body));
  for (let step = 0; step < 8; step++) await live.pass(step && 250);
  return live.receiver.received.slice(before).map(({ body }) => {
    const { status, reason, channel_identity } = body.message_delivery_report;
    return [channel_identity.channel, status, reason?.code]
      .filter(Boolean).join(" ");
  });
}

Deno.test("a channel that fails by rule hands over to the next one", async () => {
  await using live = await openLive(["MESSAGE_DELIVERY"]);
  await addRules(live, { channel: "RCS", fail: "CHANNEL_FAILURE" });
  assertEquals(await told(live, to("RCS", "SMS")), [
    "RCS QUEUED_ON_CHANNEL",
    "RCS SWITCHING_CHANNEL CHANNEL_FAILURE",
    "SMS QUEUED_ON_CHANNEL",
    "SMS DELIVERED",
  ]);
  assertEquals(await told(live, to("RCS")), [
    "RCS QUEUED_ON_CHANNEL",
    "RCS FAILED CHANNEL_FAILURE",
  ]);
  assertEquals(await told(live, to("SMS")), [
    "SMS QUEUED_ON_CHANNEL",
    "SMS DELIVERED",
  ]);
});

Deno.test("a rule names the channel to go on with: the same number, or the contact's identity", async () => {
  await using live = await openLive(["MESSAGE_DELIVERY"]);
  await addRules(
    live,
    { channel: "RCS", fail: "CHANNEL_FAILURE", then: "SMS" },
    { channel: "MESSENGER", fail: "RECIPIENT_NOT_REACHABLE", then: "RCS" },
  );
  assertEquals((await told(live, to("RCS"))).slice(1), [
    "RCS SWITCHING_CHANNEL CHANNEL_FAILURE",
    "SMS QUEUED_ON_CHANNEL",
    "SMS DELIVERED",
  ]);
  // Ahead of what the send itself names.
  assertEquals((await told(live, to("RCS", "TELEGRAM", "SMS"))).slice(1), [
    "RCS SWITCHING_CHANNEL CHANNEL_FAILURE",
    "SMS QUEUED_ON_CHANNEL",
    "SMS DELIVERED",
  ]);
  const carla = {
    ...to(),
    recipient: { contact_id: CARLA },
    channel_priority_order: ["MESSENGER"],
  };
  assertEquals((await told(live, carla)).filter((one) => /DEL|SW/.test(one)), [
    "MESSENGER SWITCHING_CHANNEL RECIPIENT_NOT_REACHABLE",
    "RCS SWITCHING_CHANNEL CHANNEL_FAILURE",
    "SMS DELIVERED",
  ]);
});

Deno.test("channels that hand over to each other end", async () => {
  await using live = await openLive(["MESSAGE_DELIVERY"]);
  await addRules(
    live,
    { channel: "RCS", fail: "CHANNEL_FAILURE", then: "SMS" },
    { channel: "SMS", fail: "CHANNEL_FAILURE", then: "RCS" },
  );
  assertEquals(
    (await told(live, to("RCS"))).at(-1),
    "SMS FAILED NO_CHANNELS_LEFT",
  );
});

Deno.test("a message moves to its next channel though no webhook hears of it", async () => {
  await using live = await openLive([]);
  await addRules(live, {
    channel: "RCS",
    fail: "CHANNEL_FAILURE",
    then: "SMS",
  });
  const { body } = await live.call("POST", `${P}/messages:send`, to("RCS"));
  for (let step = 0; step < 4; step++) await live.pass(250);
  const message = await live.call("GET", `${P}/messages/${body.message_id}`);
  assertEquals(message.body.channel_identity.channel, "SMS");
  const found = await live.call(
    "GET",
    `${P}/messages?channel_identity=${NUMBER}&channel=SMS`,
  );
  assertEquals(found.body.messages.length, 1);
});

Deno.test("silence lets ttl count, and a rule may be about some numbers alone", async () => {
  await using live = await openLive(["MESSAGE_DELIVERY"]);
  await addRules(live, { only: ["+15550100*"], fail: "SILENCE" });
  const sms = (number: string) => ({ ...smsTo(number), ttl: "3s" });
  assertEquals(await told(live, sms("15550100123")), ["SMS QUEUED_ON_CHANNEL"]);
  await live.pass(3000);
  assertEquals(live.receiver.told.at(-1), "FAILED DELIVERY_TIMED_OUT");
  assertEquals(await told(live, sms("15550200123")), [
    "SMS QUEUED_ON_CHANNEL",
    "SMS DELIVERED",
  ]);
});

Deno.test("a slow channel reports late, and not after the message's ttl", async () => {
  await using live = await openLive(["MESSAGE_DELIVERY"]);
  const send = async (ttl: string) => {
    await live.call("POST", `${P}/messages:send`, { ...to("SMS"), ttl });
    // Added after the send, whose answer it would make as slow.
    await addRules(live, { channel: "SMS", latency: "10s" });
    await live.pass(0);
    await live.call("DELETE", RULES);
  };
  await send("20s");
  await live.pass(9_999);
  assertEquals(live.receiver.told, ["QUEUED_ON_CHANNEL"]);
  await live.pass(1);
  assertEquals(live.receiver.told.at(-1), "DELIVERED");
  await send("5s");
  await live.pass(5_000);
  assertEquals(live.receiver.told.at(-1), "FAILED DELIVERY_TIMED_OUT");
});

Deno.test("callbacks come twice by rule, one after the other", async () => {
  await using live = await openLive(["MESSAGE_DELIVERY"]);
  await addRules(live, { channel: "SMS", duplicate_callbacks: true });
  assertEquals(await told(live, to("SMS")), [
    "SMS QUEUED_ON_CHANNEL",
    "SMS QUEUED_ON_CHANNEL",
    "SMS DELIVERED",
    "SMS DELIVERED",
  ]);
  const [one, other] = live.receiver.received;
  assertEquals(one!.text, other!.text);
  assertEquals((await told(live, to("VIBERBM"))).length, 3);
});

Deno.test("5% of requests are refused: each twentieth, and they are not taken", async () => {
  using client = openClient();
  await addRules(client, { http: 429, retry_after: 2, rate: "5%" });
  const answers: Answer[] = [];
  for (let count = 0; count < 100; count++) {
    answers.push(await client.call("POST", `${P}/messages:send`, to("SMS")));
  }
  const refused = answers.flatMap(({ status }, at) => status === 429 ? at : []);
  assertEquals(refused, [19, 39, 59, 79, 99]);
  const [first] = refused;
  assertEquals(answers[first!]!.headers.get("retry-after"), "2");
  await client.call("DELETE", RULES);
  const { body } = await client.call("GET", `${P}/messages?page_size=1000`);
  assertEquals(body.messages.length, 95);
});

Deno.test("a rule with a count is about so many, then about nothing", async () => {
  using client = openClient();
  await addRules(client, { path: "messages:send", http: 503, times: 2 });
  const send = async () =>
    (await client.call("POST", `${P}/messages:send`, to("SMS"))).status;
  assertEquals((await client.call("GET", `${P}/apps`)).status, 200);
  assertEquals([await send(), await send(), await send()], [503, 503, 200]);
});

Deno.test("29% is 29 of 100, and each effect of a rule has a count of its own", async () => {
  using client = openClient();
  const statuses = async (count: number) => {
    const got: number[] = [];
    while (got.length < count) {
      got.push((await client.call("GET", `${P}/apps`)).status);
    }
    return got;
  };
  await addRules(client, { http: 503, rate: "29%" });
  const refused = (await statuses(100)).filter((status) => status === 503);
  assertEquals(refused.length, 29);
  await client.call("DELETE", RULES);
  await addRules(client, {
    http: 429,
    latency: "1ms",
    lose_answer: true,
    times: 2,
  });
  assertEquals(await statuses(4), [429, 429, 200, 200]);
});

Deno.test("a message fails once by a rule that also delays and doubles", async () => {
  await using live = await openLive(["MESSAGE_DELIVERY"]);
  await live.call("POST", `${P}/messages:send`, to("SMS"));
  await addRules(live, {
    fail: "CHANNEL_FAILURE",
    duplicate_callbacks: true,
    latency: "250ms",
    times: 1,
  });
  for (let step = 0; step < 4; step++) await live.pass(step && 250);
  assertEquals(live.receiver.told, [
    "QUEUED_ON_CHANNEL",
    "QUEUED_ON_CHANNEL",
    "FAILED CHANNEL_FAILURE",
  ]);
});

Deno.test("a refusal may be about sends to some people on a channel", async () => {
  using client = openClient();
  await addRules(client, { http: 500, channel: "RCS", only: [NUMBER] });
  const send = async (body: unknown) =>
    (await client.call("POST", `${P}/messages:send`, body)).status;
  assertEquals(await send(to("RCS")), 500);
  assertEquals(await send(to("SMS")), 200);
  assertEquals(await send(to("SMS", "RCS")), 500);
  const order = { ...to("SMS", "RCS"), channel_priority_order: ["SMS"] };
  assertEquals(await send(order), 200);
  assertEquals(await send({ ...to(), recipient: { contact_id: ADA } }), 200);
  assertEquals(await send({ recipient: "?" }), 400);
  assertEquals((await client.call("GET", `${P}/apps`)).status, 200);
});

Deno.test("401 by rule is an expired token, which clients renew", async () => {
  using client = openClient();
  await addRules(client, { http: 401, times: 1 });
  const first = await client.call("GET", `${P}/apps`);
  assertEquals(
    first.headers.get("www-authenticate"),
    'Bearer error="invalid_token", error_description="expired"',
  );
  assertEquals((await client.call("GET", `${P}/apps`)).status, 200);
});

Deno.test("a rule for the token endpoint names its path", async () => {
  using client = openClient();
  const ask = () => askForToken(client.sandbox);
  await addRules(client, { http: 503 });
  assertEquals((await ask()).status, 200);
  await addRules(client, { http: 429, path: "oauth2/token" });
  const refused = await ask();
  assertEquals(refused.status, 429);
  assertEquals((await refused.json()).error, "resource_exhausted");
});

Deno.test("an answer that a rule loses breaks off, over HTTP too; the message was taken", async () => {
  using client = openClient();
  await addRules(client, {
    lose_answer: true,
    path: "messages:send",
    times: 1,
  });
  await using server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen: () => {} },
    (request) => client.sandbox.fetch(request),
  );
  const send = () =>
    fetch(`http://127.0.0.1:${server.addr.port}${P}/messages:send`, {
      method: "POST",
      headers: {
        authorization: `Basic ${btoa("sandbox-key:sandbox-secret")}`,
        "content-type": "application/json",
      },
      body: JSON.stringify(to("SMS")),
    }).then((response) => response.json());
  await assertRejects(send, Error);
  assert((await send()).message_id);
  const { body } = await client.call("GET", `${P}/messages`);
  assertEquals(body.messages.length, 2);
});

Deno.test("answers take as long as a rule says", async () => {
  using client = openClient();
  await addRules(client, { latency: "80ms..120ms", path: "/apps" });
  const timed = async (path: string) => {
    const startedAt = performance.now();
    await client.call("GET", `${P}/${path}`);
    return performance.now() - startedAt;
  };
  assert(await timed("apps") >= 75);
  assert(await timed("contacts") < 75);
});

Deno.test("rules are removed one by one or all at once", async () => {
  using client = openClient();
  const { body } = await addRules(client, { http: 500 }, { latency: "1ms" });
  const [first, second] = body.rules.map(({ id }: { id: string }) => id);
  assertEquals((await client.call("DELETE", `${RULES}/${first}`)).status, 200);
  assertEquals((await client.call("DELETE", `${RULES}/${first}`)).status, 404);
  assertEquals((await client.call("GET", `${P}/apps`)).status, 200);
  const { body: left } = await client.call("GET", RULES);
  assertEquals(left.rules, [{ id: second, latency: "1ms", hits: 1 }]);
  await client.call("DELETE", RULES);
  assertEquals((await client.call("GET", RULES)).body.rules, []);
});

Deno.test("a rule of another process counts within a second", async () => {
  const store = await Deno.makeTempFile({ suffix: ".db" });
  await Deno.remove(store);
  using one = openClient(store);
  using other = openClient(store);
  await addRules(one, { http: 500 });
  const until = performance.now() + 5000;
  let status = 200;
  while (status === 200 && performance.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    ({ status } = await other.call("GET", `${P}/apps`));
  }
  assertEquals(status, 500);
});

for (
  const [name, rule, field] of [
    ["does nothing", { channel: "SMS" }, "rules[0]"],
    ["has a misspelt field", { chanel: "SMS", http: 500 }, "rules[0].chanel"],
    ["goes on without failing", { http: 500, then: "SMS" }, "rules[0].then"],
    [
      "asks to wait without a status",
      { fail: "UNKNOWN", retry_after: 1 },
      "rules[0].retry_after",
    ],
    ["fails for no known reason", { fail: "BAD_LUCK" }, "rules[0].fail"],
    ["answers with a success", { http: 200 }, "rules[0].http"],
    ["has a share without a sign", { http: 500, rate: "5" }, "rules[0].rate"],
    ["has more than all", { http: 500, rate: "101%" }, "rules[0].rate"],
    ["has a bit more than all", { http: 500, rate: "100.5%" }, "rules[0].rate"],
    ["has a latency without a unit", { latency: "200" }, "rules[0].latency"],
    ["has a latency that falls", { latency: "1s..200ms" }, "rules[0].latency"],
    [
      "names a channel there is not",
      { channel: "FAX", http: 500 },
      "rules[0].channel",
    ],
  ] as [string, Record<string, unknown>, string][]
) {
  Deno.test(`a rule that ${name} is refused at ${field}`, async () => {
    using client = openClient();
    const answer = await addRules(client, rule);
    assertEquals([answer.status, faults(answer)], [400, [field]]);
    assertEquals((await client.call("GET", RULES)).body.rules, []);
  });
}
