/** Conversations: life, recent ones, injected messages and events. */
import { assertEquals, assertMatch } from "@std/assert";
import {
  ADA,
  APP,
  BO,
  type Client,
  faults,
  NOBODY,
  openClient,
  P,
  smsTo,
} from "./client.ts";

const PAIR = { app_id: APP, contact_id: ADA };

async function create(client: Client, fields: Record<string, unknown> = {}) {
  const answer = await client.call("POST", `${P}/conversations`, {
    ...PAIR,
    ...fields,
  });
  assertEquals(answer.status, 200, JSON.stringify(answer.body));
  return answer.body;
}

async function send(client: Client, identity = "15551234567") {
  const { body } = await client.call(
    "POST",
    `${P}/messages:send`,
    smsTo(identity),
  );
  return (await client.call("GET", `${P}/messages/${body.message_id}`)).body;
}

Deno.test("a created conversation is active and has its absent fields filled", async () => {
  using client = openClient();
  const body = await create(client);
  assertEquals(body, {
    id: body.id,
    app_id: APP,
    contact_id: ADA,
    active: true,
    active_channel: "CHANNEL_UNSPECIFIED",
    last_received: "1970-01-01T00:00:00Z",
    metadata: "",
    metadata_json: null,
    correlation_id: "",
  });
  assertEquals(
    (await client.call("GET", `${P}/conversations/${body.id}`)).body,
    body,
  );
});

for (
  const [name, fields, status, field] of [
    [
      "with 1025 characters of metadata",
      { metadata: "x".repeat(1025) },
      400,
      "metadata",
    ],
    [
      "with 2049 characters of JSON metadata",
      { metadata_json: { a: "x".repeat(2041) } },
      400,
      "metadata_json",
    ],
  ] as const
) {
  Deno.test(`a conversation ${name} is refused`, async () => {
    using client = openClient();
    const answer = await client.call("POST", `${P}/conversations`, {
      ...PAIR,
      ...fields,
    });
    assertEquals(answer.status, status);
    if (field) assertEquals(faults(answer), [field]);
  });
}

Deno.test("app and contact have one active conversation, created or woken", async () => {
  using client = openClient();
  const sleeping = await create(client, { active: false });
  await create(client);
  const second = await client.call("POST", `${P}/conversations`, PAIR);
  assertEquals(faults(second), ["active"]);
  const woken = await client.call(
    "PATCH",
    `${P}/conversations/${sleeping.id}`,
    { active: true },
  );
  assertEquals(faults(woken), ["active"]);
});

Deno.test("a conversation of a DISPATCH app is refused", async () => {
  using client = openClient();
  const app = (await client.call("POST", `${P}/apps`, {
    display_name: "D",
    channel_credentials: [],
  })).body;
  const answer = await client.call("POST", `${P}/conversations`, {
    ...PAIR,
    app_id: app.id,
  });
  assertEquals(faults(answer), ["app_id"]);
});

Deno.test("conversations are listed by app or contact, and by activity", async () => {
  using client = openClient();
  const old = await create(client, { active: false, active_channel: "RCS" });
  const ada = await create(client);
  const bo = await create(client, { contact_id: BO });
  for (
    const [query, expected] of [
      [`app_id=${APP}`, [bo, ada, old]],
      [`contact_id=${ADA}`, [ada, old]],
      [`app_id=${APP}&contact_id=${BO}`, [bo]],
      [`contact_id=${ADA}&only_active=true`, [ada]],
      [`contact_id=${ADA}&only_active=false`, [old]],
      [`app_id=${APP}&active_channel=RCS`, [old]],
      [`app_id=${NOBODY}`, []],
    ] as const
  ) {
    const { body } = await client.call("GET", `${P}/conversations?${query}`);
    assertEquals(body, {
      conversations: [...expected],
      next_page_token: "",
      total_size: expected.length,
    }, query);
  }
  const neither = await client.call(
    "GET",
    `${P}/conversations?only_active=true`,
  );
  assertEquals(faults(neither), ["app_id"]);
});

Deno.test("conversations come in pages, and say their total on the first", async () => {
  using client = openClient();
  for (let count = 0; count < 5; count++) {
    await create(client, { active: false });
  }
  const totals: number[] = [];
  const seen = new Set<string>();
  let token = "";
  do {
    const { body } = await client.call(
      "GET",
      `${P}/conversations?app_id=${APP}&page_size=2&page_token=${token}`,
    );
    totals.push(body.total_size);
    body.conversations.forEach(({ id }: { id: string }) => seen.add(id));
    token = body.next_page_token;
    await create(client, { active: false });
  } while (token);
  assertEquals([totals, seen.size], [[5, 0, 0], 5]);
});

Deno.test("an update replaces JSON metadata, or merges it when asked", async () => {
  using client = openClient();
  const { id } = await create(client, { metadata_json: { a: 1, b: { c: 2 } } });
  const patch = async (query: string, body: unknown) =>
    (await client.call("PATCH", `${P}/conversations/${id}?${query}`, body))
      .body;
  const merged = await patch("metadata_update_strategy=MERGE_PATCH", {
    metadata_json: { a: null, b: { d: 3 } },
  });
  assertEquals(merged.metadata_json, { b: { c: 2, d: 3 } });
  const replaced = await patch("metadata_update_strategy=REPLACE", {
    metadata_json: { e: 4 },
    correlation_id: "x",
  });
  assertEquals([replaced.metadata_json, replaced.correlation_id], [
    { e: 4 },
    "x",
  ]);
  const cleared = await patch("update_mask=metadata_json", {});
  assertEquals([cleared.metadata_json, cleared.correlation_id], [null, "x"]);
});

Deno.test("a merge touches JSON metadata that the request has, and keeps to its limit", async () => {
  using client = openClient();
  const metadata_json = { a: null, b: "x".repeat(1024) };
  const { id } = await create(client, { metadata_json });
  const merge = (body: unknown) =>
    client.call(
      "PATCH",
      `${P}/conversations/${id}?metadata_update_strategy=MERGE_PATCH`,
      body,
    );
  const other = await merge({ correlation_id: "x" });
  assertEquals(other.body.metadata_json, metadata_json);
  const long = await merge({ metadata_json: { c: "x".repeat(1024) } });
  assertEquals([long.status, ...faults(long)], [400, "metadata_json"]);
});

Deno.test("a conversation that gets another contact takes its messages and events along", async () => {
  using client = openClient();
  const sent = await send(client);
  await client.call("POST", `${P}/events:send`, {
    app_id: APP,
    recipient: { contact_id: ADA },
    event: { composing_event: {} },
  });
  const path = `${P}/conversations/${sent.conversation_id}`;
  await client.call("PATCH", path, { contact_id: BO });
  for (const list of ["messages", "events"]) {
    const { body } = await client.call(
      "GET",
      `${P}/${list}?conversation_id=${sent.conversation_id}`,
    );
    assertEquals(
      body[list].map(({ contact_id }: { contact_id: string }) => contact_id),
      [BO],
      list,
    );
  }
});

Deno.test("a conversation that gets another contact or app takes its messages and events along", async () => {
  using client = openClient();
  const { call } = client;
  const sent = await send(client);
  const id = sent.conversation_id;
  const path = `${P}/conversations/${id}`;
  const injected = await call("POST", `${path}:inject-event`, {
    accept_time: "2026-01-15T09:00:00Z",
    app_event: { composing_event: {} },
  });
  const { body: other } = await call("POST", `${P}/apps`, {
    display_name: "Other",
    processing_mode: "CONVERSATION",
    channel_credentials: [],
  });
  const before = (await call("GET", path)).body;
  const moved = await call("PATCH", path, {
    contact_id: BO,
    app_id: other.id,
  });
  assertEquals(moved.body, { ...before, contact_id: BO, app_id: other.id });
  const list = async (what: string, query: string) =>
    (await call("GET", `${P}/${what}?${query}`)).body[what].map((
      { id, contact_id }: { id: string; contact_id: string },
    ) => [id, contact_id]);
  const message = [[sent.id, BO]];
  const event = [[injected.body.event_id, BO]];
  assertEquals(await list("messages", `conversation_id=${id}`), message);
  assertEquals(await list("messages", `contact_id=${BO}`), message);
  assertEquals(await list("messages", `app_id=${other.id}`), message);
  assertEquals(await list("messages", `contact_id=${ADA}`), []);
  assertEquals(await list("events", `contact_id=${BO}`), event);
  assertEquals(await list("events", `contact_id=${ADA}`), []);
  await call("DELETE", path);
  assertEquals((await call("GET", `${P}/messages/${sent.id}`)).status, 404);
});

Deno.test("metadata merged by the first send has no null members", async () => {
  using client = openClient();
  const { body } = await client.call(
    "POST",
    `${P}/messages:send`,
    smsTo("46700000009", {
      conversation_metadata: { a: 1, b: null, c: { d: null, e: [null] } },
      conversation_metadata_update_strategy: "MERGE_PATCH",
    }),
  );
  const sent = await client.call("GET", `${P}/messages/${body.message_id}`);
  const { metadata_json } = (await client.call(
    "GET",
    `${P}/conversations/${sent.body.conversation_id}`,
  )).body;
  assertEquals(metadata_json, { a: 1, c: { e: [null] } });
});

Deno.test("after a stop the next message starts another conversation", async () => {
  using client = openClient();
  const first = await send(client);
  const stopped = await client.call(
    "POST",
    `${P}/conversations/${first.conversation_id}:stop`,
  );
  assertEquals([stopped.status, stopped.body], [200, {}]);
  const { body } = await client.call(
    "GET",
    `${P}/conversations/${first.conversation_id}`,
  );
  assertEquals(body.active, false);
  const second = await send(client);
  assertEquals(second.conversation_id === first.conversation_id, false);
});

Deno.test("a deleted conversation takes its messages and events along", async () => {
  using client = openClient();
  const message = await send(client);
  const event = await client.call("POST", `${P}/events:send`, {
    app_id: APP,
    recipient: { contact_id: ADA },
    event: { composing_event: {} },
  });
  const answer = await client.call(
    "DELETE",
    `${P}/conversations/${message.conversation_id}`,
  );
  assertEquals([answer.status, answer.body], [200, {}]);
  assertEquals(
    (await client.call("GET", `${P}/messages/${message.id}`)).status,
    404,
  );
  assertEquals(
    (await client.call("GET", `${P}/events/${event.body.event_id}`)).status,
    404,
  );
  assertEquals((await client.call("GET", `${P}/contacts/${ADA}`)).status, 200);
});

Deno.test("recent conversations come by their last message, either way round", async () => {
  using client = openClient();
  const ada = await send(client);
  client.clock.ms += 1000;
  const bo = await send(client, "15550000002");
  client.clock.ms += 1000;
  const adaAgain = await send(client);
  const list = async (query: string) =>
    (await client.call(
      "GET",
      `${P}/conversations:recent?app_id=${APP}&${query}`,
    )).body;
  const newestFirst = await list("");
  assertEquals(
    newestFirst.conversations.map((one: { last_message: unknown }) =>
      (one.last_message as { id: string }).id
    ),
    [adaAgain.id, bo.id],
  );
  assertEquals(
    newestFirst.conversations[0].conversation.id,
    ada.conversation_id,
  );
  assertEquals(
    newestFirst.conversations[0].conversation.last_received,
    adaAgain.accept_time,
  );
  assertEquals([newestFirst.total_size, newestFirst.next_page_token], [2, ""]);
  const oldestFirst = await list("order=ASC");
  assertEquals(
    oldestFirst.conversations.toReversed(),
    newestFirst.conversations,
  );
  const first = await list("page_size=1");
  const second = await list(`page_size=1&page_token=${first.next_page_token}`);
  assertEquals(
    [first.conversations[0], second.conversations[0]],
    newestFirst.conversations,
  );
  assertEquals(second.next_page_token, "");
  await client.call("POST", `${P}/conversations/${ada.conversation_id}:stop`);
  assertEquals((await list("only_active=true")).conversations.length, 1);
  assertEquals((await list("only_active=false")).conversations.length, 2);
});

Deno.test("pages of recent conversations are the same from either end", async () => {
  using client = openClient();
  const numbers = Array.from({ length: 13 }, (_, at) => `467000000${at + 10}`);
  for (let count = 0; count < 60; count++) {
    client.clock.ms += 1;
    await send(client, numbers[count * 7 % (count < 30 ? 13 : 4)]!);
  }
  await create(client);
  const last = await send(client, numbers[0]);
  await client.call("DELETE", `${P}/messages/${last.id}`);
  await client.call(
    "POST",
    `${P}/conversations/${last.conversation_id}:stop`,
  );
  const all = async (order: string, only_active: boolean) => {
    const ids: string[] = [];
    let token = "";
    do {
      const { body } = await client.call(
        "GET",
        `${P}/conversations:recent?app_id=${APP}&order=${order}&only_active=${only_active}&page_size=3&page_token=${token}`,
      );
      ids.push(
        ...body.conversations.map((
          { conversation }: { conversation: { id: string } },
        ) => conversation.id),
      );
      token = body.next_page_token;
    } while (token);
    return ids;
  };
  for (const [onlyActive, count] of [[false, 14], [true, 13]] as const) {
    const newestFirst = await all("DESC", onlyActive);
    assertEquals(newestFirst.length, count);
    assertEquals(newestFirst, (await all("ASC", onlyActive)).reverse());
  }
});

const INJECTED = {
  accept_time: "2026-01-14T12:00:00Z",
  channel_identity: { channel: "SMS", identity: "+15551234567", app_id: "" },
  contact_id: ADA,
  direction: "TO_APP",
  contact_message: { text_message: { text: "From the old system" } },
};

Deno.test("an injected message takes its place in the history", async () => {
  using client = openClient();
  const sent = await send(client);
  const path = `${P}/conversations/${sent.conversation_id}:inject-message`;
  const answer = await client.call("POST", path, INJECTED);
  assertEquals([answer.status, answer.body], [200, {}]);
  const { body } = await client.call("GET", `${P}/messages?contact_id=${ADA}`);
  const [newest, injected] = body.messages;
  assertEquals(newest.id, sent.id);
  assertMatch(injected.id, /^[0-9A-HJKMNP-TV-Z]{26}$/);
  assertEquals(injected, {
    id: injected.id,
    direction: "TO_APP",
    contact_message: {
      text_message: { text: "From the old system" },
      reply_to: null,
    },
    channel_identity: { channel: "SMS", identity: "15551234567", app_id: "" },
    conversation_id: sent.conversation_id,
    contact_id: ADA,
    metadata: "",
    accept_time: "2026-01-14T12:00:00Z",
    sender_id: "",
    processing_mode: "CONVERSATION",
    injected: true,
    message_status: null,
  });
  const inbound = await client.call("GET", `${P}/messages?direction=TO_APP`);
  assertEquals(inbound.body.messages, [injected]);
});

Deno.test("an injected event is listed with the conversation's events", async () => {
  using client = openClient();
  const { id } = await create(client, { active_channel: "RCS" });
  const answer = await client.call(
    "POST",
    `${P}/conversations/${id}:inject-event`,
    {
      accept_time: "2026-01-14T12:00:00Z",
      app_event: {
        agent_joined_event: { agent: { display_name: "Eve", type: "HUMAN" } },
      },
    },
  );
  assertEquals(answer.status, 200);
  assertEquals(answer.body.accepted_time, "2026-01-14T12:00:00Z");
  const { body } = await client.call(
    "GET",
    `${P}/events?conversation_id=${id}`,
  );
  assertEquals(body.events.map((one: { id: string }) => one.id), [
    answer.body.event_id,
  ]);
  const wrong = await client.call(
    "POST",
    `${P}/conversations/${id}:inject-event`,
    { accept_time: "2026-01-14T12:00:00Z", app_event: {} },
  );
  assertEquals(faults(wrong), ["app_event"]);
});
