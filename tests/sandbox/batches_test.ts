/** The Batch host: messages, contacts and consents by the thousand. */
import { assertEquals, assertMatch } from "@std/assert";
import { ADA, APP, BO, type Client, NOBODY, openClient, P } from "./client.ts";
import { openLive } from "./receiver.ts";

/** Calls the Batch host with a token; it takes no Basic credentials. */
async function batchCall(
  client: Client,
  method: string,
  path: string,
  body?: unknown,
) {
  const grant = await client.sandbox.fetch(
    new Request("http://sandbox/oauth2/token", {
      method: "POST",
      headers: {
        authorization: `Basic ${btoa("sandbox-key:sandbox-secret")}`,
        "content-type": "application/x-www-form-urlencoded",
      },
      body: "grant_type=client_credentials",
    }),
  );
  const response = await client.sandbox.batch.fetch(
    new Request(`http://batch${P}/${path}`, {
      method,
      headers: {
        authorization: `Bearer ${(await grant.json()).access_token}`,
        "content-type": "application/json",
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    }),
  );
  return { status: response.status, body: await response.json() };
}

const sms = (identity: string) => ({
  identified_by: { channel_identities: [{ channel: "SMS", identity }] },
});
const GOOD = {
  app_id: APP,
  message: { text_message: { text: "Hello ${name}, code ${code}" } },
  recipient_and_params: [
    {
      recipient: sms("46700000001"),
      parameters: { name: "Ada", code: "1" },
      message_metadata: { row: 1 },
    },
    { recipient: { contact_id: BO }, parameters: { name: "Bo", code: "2" } },
  ],
};

async function texts(client: Client): Promise<string[]> {
  const { body } = await client.call("GET", `${P}/messages`);
  return body.messages.map((
    one: { app_message: { text_message: { text: string } } },
  ) => one.app_message.text_message.text);
}

Deno.test("a batch without a time sends to each recipient at once, parameters filled in", async () => {
  using client = openClient();
  const sent = await batchCall(client, "POST", "messages", {
    ...GOOD,
    message_metadata: { row: 0, all: true },
    batch_metadata: { campaign: "spring" },
  });
  assertEquals(sent.status, 200);
  const { batch_id } = sent.body;
  assertMatch(batch_id, /^[0-9A-HJKMNP-TV-Z]{26}$/);
  assertEquals(await texts(client), ["Hello Bo, code 2", "Hello Ada, code 1"]);
  const { messages } = (await client.call("GET", `${P}/messages`)).body;
  assertEquals(JSON.parse(messages[1].metadata), {
    row: 1,
    all: true,
    _batch_id: batch_id,
  });
  assertEquals((await batchCall(client, "GET", `messages/${batch_id}`)).body, {
    batch_id,
    meta_data: { campaign: "spring" },
    status: "PROCESSED",
    send_after: "2026-01-15T09:30:00.123Z",
  });
});

Deno.test("a batch for later waits for the next five-minute mark, and is sent once", async () => {
  using client = openClient();
  const sent = await batchCall(client, "POST", "messages", {
    ...GOOD,
    send_after: "2026-01-15T09:32:00Z",
  });
  assertEquals(sent.body.send_after, "2026-01-15T09:35:00Z");
  const status = async () =>
    (await batchCall(client, "GET", `messages/${sent.body.batch_id}`)).body
      .status;
  await client.sandbox.runDue();
  assertEquals([await status(), await texts(client)], ["SCHEDULED", []]);
  client.clock.ms = Date.parse("2026-01-15T09:35:00Z");
  await Promise.all([client.sandbox.runDue(), client.sandbox.runDue()]);
  await client.sandbox.runDue();
  assertEquals([await status(), (await texts(client)).length], [
    "PROCESSED",
    2,
  ]);
});

Deno.test("a batch that waits can be cancelled, one that ran cannot", async () => {
  using client = openClient();
  const later = await batchCall(client, "POST", "messages", {
    ...GOOD,
    send_after: "2026-01-15T10:00:00Z",
  });
  const ran = await batchCall(client, "POST", "messages", GOOD);
  for (
    const [{ body }, status] of [[later, "CANCELLED"], [
      ran,
      "PROCESSED",
    ]] as const
  ) {
    const answer = await batchCall(client, "DELETE", "messages", {
      batch_id: body.batch_id,
    });
    assertEquals(answer.status, 200);
    assertEquals(
      (await batchCall(client, "GET", `messages/${body.batch_id}`)).body.status,
      status,
    );
  }
  client.clock.ms += 60 * 60 * 1000;
  await client.sandbox.runDue();
  assertEquals((await texts(client)).length, 2);
});

Deno.test("batches are found by their metadata", async () => {
  using client = openClient();
  const spring = await batchCall(client, "POST", "messages", {
    ...GOOD,
    batch_metadata: { campaign: "spring" },
  });
  await batchCall(client, "POST", "messages", {
    ...GOOD,
    batch_metadata: { campaign: "autumn" },
  });
  const found = await batchCall(
    client,
    "GET",
    "messages?metadataKey=campaign&metadataValue=spring",
  );
  assertEquals(found.body.map((one: { batch_id: string }) => one.batch_id), [
    spring.body.batch_id,
  ]);
  const half = await batchCall(client, "GET", "messages?metadataKey=campaign");
  assertEquals(half.status, 400);
});

Deno.test("webhooks are told of a batch that was handed over", async () => {
  await using live = await openLive(["BATCH_STATUS_UPDATE"]);
  const client = { ...live, [Symbol.dispose]() {} };
  const { body } = await batchCall(client, "POST", "messages", {
    ...GOOD,
    batch_metadata: { campaign: "spring" },
  });
  await live.pass(0);
  assertEquals(
    live.receiver.received.map(({ body }) =>
      body.batch_status_update_notification
    ),
    [{
      batch_id: body.batch_id,
      batch_status: "BATCH_STATUS_PROCESSED",
      batch_type: "BATCH_TYPE_MESSAGES",
      additional_data: {
        message_batch_data: {
          send_after: body.send_after,
          batch_metadata: { campaign: "spring" },
        },
      },
    }],
  );
});

Deno.test("a recipient without its parameter does not hold up the others", async () => {
  using client = openClient();
  const [first, second] = GOOD.recipient_and_params;
  const sent = await batchCall(client, "POST", "messages", {
    ...GOOD,
    recipient_and_params: [{ recipient: first!.recipient }, second],
  });
  assertEquals(sent.status, 200);
  assertEquals(await texts(client), [
    "Hello Bo, code 2",
    "Hello ${name}, code ${code}",
  ]);
});

for (
  const [name, fields, status, field] of [
    [
      "of no recipients",
      { recipient_and_params: [] },
      400,
      "recipient_and_params",
    ],
    [
      "of 1001 recipients",
      { recipient_and_params: Array(1001).fill(GOOD.recipient_and_params[0]) },
      400,
      "recipient_and_params",
    ],
    ["of no message", { message: undefined }, 400, "message"],
    [
      "with metadata as text",
      { message_metadata: "row" },
      400,
      "message_metadata",
    ],
    ["8 days ahead", { send_after: "2026-01-23T09:30:00Z" }, 400, "send_after"],
    [
      "to a contact in DISPATCH",
      { processing_strategy: "DISPATCH_ONLY" },
      400,
      "recipient_and_params[1].recipient",
    ],
    [
      "of an unknown app",
      { app_id: NOBODY },
      404,
      undefined,
    ],
  ] as const
) {
  Deno.test(`a batch ${name} is refused, in an error that is not wrapped`, async () => {
    using client = openClient();
    const answer = await batchCall(client, "POST", "messages", {
      ...GOOD,
      ...fields,
    });
    assertEquals([answer.status, answer.body.code], [status, status]);
    if (field) {
      assertEquals(answer.body.details[0].field_violations[0].field, field);
    }
    assertEquals(await texts(client), []);
  });
}

Deno.test("the Batch host takes no Basic credentials and has its own paths", async () => {
  using client = openClient();
  const basic = await client.sandbox.batch.fetch(
    new Request(`http://batch${P}/messages/x`, {
      headers: { authorization: `Basic ${btoa("sandbox-key:sandbox-secret")}` },
    }),
  );
  assertEquals([basic.status, (await basic.json()).status], [
    401,
    "UNAUTHENTICATED",
  ]);
  assertEquals(
    (await batchCall(client, "POST", "messages:send", {})).status,
    404,
  );
  assertEquals(
    (await batchCall(client, "GET", "messages/01ARZ3NDEKTSV4RRFFQ69G5FAV"))
      .body,
    {
      code: 404,
      message: "Batch not found.",
      status: "NOT_FOUND",
      details: [],
    },
  );
});

Deno.test("contacts are made and deleted by the list", async () => {
  using client = openClient();
  const contact = (identity: string) => ({
    channel_identities: [{ channel: "SMS", identity }],
    language: "SV",
  });
  assertEquals(
    (await batchCall(client, "POST", "contacts", {
      contacts: [contact("1"), contact("2")],
    })).status,
    200,
  );
  assertEquals(
    (await client.call("GET", `${P}/contacts`)).body.contacts.length,
    5,
  );
  assertEquals(
    (await batchCall(client, "DELETE", "contacts", {
      contact_ids: [ADA, BO, NOBODY],
    })).status,
    200,
  );
  assertEquals(
    (await client.call("GET", `${P}/contacts`)).body.contacts.length,
    3,
  );
  const wrong = await batchCall(client, "POST", "contacts", {
    contacts: [contact("3"), { language: "SV" }],
  });
  assertEquals(
    [wrong.status, wrong.body.details[0].field_violations[0].field],
    [400, "contacts[1].channel_identities"],
  );
  assertEquals(
    (await client.call("GET", `${P}/contacts`)).body.contacts.length,
    3,
  );
});

Deno.test("consents are listed by kind, with a record of each change", async () => {
  using client = openClient();
  const record = (identification: unknown, consent_type: string) => ({
    identification,
    consent_type,
  });
  const body = {
    app_id: APP,
    consent_records: [
      record(sms("+46700000001"), "OPT_OUT_ALL"),
      record({ contact_id: BO }, "OPT_OUT_ALL"),
      record(sms("46700000001"), "OPT_OUT_MARKETING"),
    ],
  };
  assertEquals((await batchCall(client, "POST", "consents", body)).status, 200);
  const list = async (path: string) =>
    (await client.call("GET", `${P}/apps/${APP}/consents/${path}`)).body;
  assertEquals(await list("OPT_OUT_ALL"), {
    identities: [{ identity: "15551234568" }, { identity: "46700000001" }, {
      identity: "5551234568",
    }],
    next_page_token: "",
  });
  const first = await list("OPT_OUT_ALL?page_size=2");
  assertEquals(
    (await list(`OPT_OUT_ALL?page_token=${first.next_page_token}`)).identities,
    [{ identity: "5551234568" }],
  );
  assertEquals((await list("OPT_OUT_NOTIFICATION")).identities, []);
  const audit = await list("identities/+46700000001");
  const change = {
    origin: "ORIGIN_API",
    operation: "OPERATION_INSERT",
    project_id: "sandbox-project",
    app_id: APP,
    datetime: "2026-01-15T09:30:00.123Z",
  };
  assertEquals(audit, {
    identity: { identity: "46700000001" },
    audit_records: [{ ...change, list_type: "OPT_OUT_ALL" }, {
      ...change,
      list_type: "OPT_OUT_MARKETING",
    }],
  });
  assertEquals(
    (await client.call("GET", `${P}/apps/${APP}/consents/OPT_OUT`)).status,
    400,
  );
});
