/** What became of a message, as the sandbox's own endpoint tells it. */
import { assertEquals } from "@std/assert";
import { ADA, APP, openClient, P, smsTo } from "./client.ts";
import { openLive } from "./receiver.ts";

const CHOICES = {
  choice_message: {
    text_message: { text: "Well?" },
    choices: [
      { text_message: { text: "Yes" }, postback_data: "y" },
      { text_message: { text: "No" } },
    ],
  },
};

const outcome = (id: string) => `/_sandbox/messages/${id}`;

Deno.test("a message's outcome is what the phone got, each report, and what is next", async () => {
  await using live = await openLive(["MESSAGE_SUBMIT", "MESSAGE_DELIVERY"]);
  const { call, receiver } = live;
  receiver.answers = [200, 500];
  const { body: { message_id } } = await call(
    "POST",
    `${P}/messages:send`,
    smsTo("15551234567", { message: CHOICES }),
  );
  const before = (await call("GET", outcome(message_id))).body;
  assertEquals(before.shown, {
    channel: "SMS",
    kind: "transcoded",
    content: { text_message: { text: "Well?\n\n> YES\n> NO" } },
    text: "Well?\n\n> YES\n> NO",
    sms: { encoding: "GSM-7", units: 17, parts: 1, ucs2: [] },
    blocks: [{ block: "text", role: "body", text: "Well?\n\n> YES\n> NO" }],
    findings: [
      {
        level: "warning",
        code: "TRANSCODED",
        message: "SMS has no choice messages",
        where: "choice_message",
      },
      {
        level: "note",
        code: "SENDER_REGISTRATION",
        message:
          "US networks filter messages from local numbers without a 10DLC campaign",
      },
    ],
    choices: [
      { number: 1, title: "Yes", postback_data: "y" },
      { number: 2, title: "No", postback_data: `${message_id}_No` },
    ],
  });
  assertEquals([before.reports, before.next, before.is_heard], [
    [],
    { step: "SUBMIT", time: "2026-01-15T09:30:00.123Z" },
    true,
  ]);
  await live.pass(0);
  const then = (await call("GET", outcome(message_id))).body;
  assertEquals(then.next, {
    step: "DELIVER",
    time: "2026-01-15T09:30:00.373Z",
  });
  assertEquals(
    // deno-lint-ignore no-explicit-any -- the API's JSON
    then.reports.map(({ trigger, time, status, callbacks }: any) => [
      trigger,
      time,
      status,
      callbacks[0].status,
      callbacks[0].last_status,
    ]),
    [
      [
        "MESSAGE_SUBMIT",
        "2026-01-15T09:30:00.123Z",
        null,
        "DELIVERED",
        200,
      ],
      [
        "MESSAGE_DELIVERY",
        "2026-01-15T09:30:00.123Z",
        "QUEUED_ON_CHANNEL",
        "WAITING",
        500,
      ],
    ],
  );
});

Deno.test("several targets of one report are told apart, reports are not", async () => {
  await using live = await openLive(["MESSAGE_DELIVERY"]);
  await live.call("POST", `${P}/webhooks`, {
    app_id: APP,
    target: `${live.receiver.url}/second`,
    target_type: "HTTP",
    triggers: ["MESSAGE_DELIVERY"],
  });
  const { body: { message_id } } = await live.call(
    "POST",
    `${P}/messages:send`,
    smsTo("15550000002"),
  );
  await live.pass(0);
  await live.pass(250);
  const { body } = await live.call("GET", outcome(message_id));
  assertEquals(
    // deno-lint-ignore no-explicit-any -- the API's JSON
    body.reports.map(({ status, reason, callbacks }: any) => [
      status,
      reason?.code,
      callbacks.length,
    ]),
    [
      ["QUEUED_ON_CHANNEL", undefined, 2],
      ["FAILED", "RECIPIENT_NOT_REACHABLE", 2],
    ],
  );
  assertEquals(body.next, null);
});

Deno.test("a message that nobody hears of says so; so does one from a person, which has no next", async () => {
  using client = openClient();
  const { body: { message_id } } = await client.call(
    "POST",
    `${P}/messages:send`,
    smsTo("15551234567"),
  );
  const { body } = await client.call("GET", outcome(message_id));
  const [{ status, callbacks }] = body.reports;
  assertEquals(
    [status, callbacks, body.next, body.is_heard],
    ["QUEUED_ON_CHANNEL", [], null, false],
  );
  const inbound = await client.call("POST", "/_sandbox/inbound", {
    from: { contact_id: ADA },
    contact_message: { text_message: { text: "Hi" } },
  });
  const answer =
    (await client.call("GET", outcome(inbound.body.message_id))).body;
  assertEquals([answer.shown, answer.next], [null, null]);
  assertEquals((await client.call("GET", outcome("X"))).status, 404);
});

Deno.test("a template that does not exist is shown as its failure", async () => {
  using client = openClient();
  const { body: { message_id } } = await client.call(
    "POST",
    `${P}/messages:send`,
    smsTo("15551234567", {
      message: {
        template_message: { omni_template: { template_id: "x", version: "1" } },
      },
    }),
  );
  const { body } = await client.call("GET", outcome(message_id));
  assertEquals(body.shown, {
    channel: "SMS",
    failure: "TEMPLATE_NOT_FOUND",
    findings: [{
      level: "error",
      code: "TEMPLATE_NOT_FOUND",
      message: "The template does not exist",
    }],
    choices: [],
  });
});

Deno.test("a failure is shown without a webhook, and what was reported stays", async () => {
  using client = openClient();
  const failureOf = async (body: unknown) => {
    const { body: sent } = await client.call(
      "POST",
      `${P}/messages:send`,
      body,
    );
    const { body: shown } = await client.call("GET", outcome(sent.message_id));
    return shown.shown.failure;
  };
  assertEquals(
    await failureOf(smsTo("15550000002")),
    "RECIPIENT_NOT_REACHABLE",
  );
  assertEquals(
    await failureOf(smsTo("123")),
    "RECIPIENT_INVALID_CHANNEL_IDENTITY",
  );
  assertEquals(await failureOf(smsTo("15551234567")), undefined);
});
