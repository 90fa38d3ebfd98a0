/** Contacts. */
import { assertEquals, assertMatch } from "@std/assert";
import {
  ADA,
  APP,
  BO,
  type Client,
  faults,
  openClient,
  P,
  smsTo,
} from "./client.ts";

const GOOD = {
  channel_identities: [{ channel: "SMS", identity: "+46700000001" }],
  language: "SV",
};

async function create(client: Client, fields: Record<string, unknown> = {}) {
  const answer = await client.call("POST", `${P}/contacts`, {
    ...GOOD,
    ...fields,
  });
  assertEquals(answer.status, 200, JSON.stringify(answer.body));
  return answer.body;
}

Deno.test("a created contact has its absent fields filled and its number bare", async () => {
  using client = openClient();
  const body = await create(client);
  assertMatch(body.id, /^[0-9A-HJKMNP-TV-Z]{26}$/);
  assertEquals(body, {
    id: body.id,
    channel_identities: [{
      channel: "SMS",
      identity: "46700000001",
      app_id: "",
    }],
    channel_priority: [],
    display_name: "Unknown",
    email: "",
    external_id: "",
    metadata: "",
    language: "SV",
  });
  assertEquals(
    (await client.call("GET", `${P}/contacts/${body.id}`)).body,
    body,
  );
});

const REFUSED: [string, Record<string, unknown>, string][] = [
  ["with an identity of no channel", {
    channel_identities: [{ identity: "1" }],
  }, "channel_identities[0].channel"],
  [
    "with 1025 characters of metadata",
    { metadata: "x".repeat(1025) },
    "metadata",
  ],
];
for (const [name, fields, field] of REFUSED) {
  Deno.test(`a contact ${name} is refused at ${field}, created or updated`, async () => {
    using client = openClient();
    const created = await client.call("POST", `${P}/contacts`, {
      ...GOOD,
      ...fields,
    });
    assertEquals([created.status, ...faults(created)], [400, field]);
    const mask = Object.keys(fields).join();
    const updated = await client.call(
      "PATCH",
      `${P}/contacts/${ADA}?update_mask=${mask}`,
      fields,
    );
    assertEquals(faults(updated), [field]);
  });
}

Deno.test("contacts are listed newest first, at most twenty to a page", async () => {
  using client = openClient();
  const made: string[] = [];
  for (let count = 0; count < 19; count++) {
    made.unshift((await create(client)).id);
  }
  const seen: string[] = [];
  let token = "";
  const sizes: number[] = [];
  do {
    const { body } = await client.call(
      "GET",
      `${P}/contacts?page_size=100&page_token=${token}`,
    );
    sizes.push(body.contacts.length);
    seen.push(...body.contacts.map(({ id }: { id: string }) => id));
    token = body.next_page_token;
    if (token) await create(client);
  } while (token);
  assertEquals(sizes, [20, 2]);
  assertEquals(seen.slice(0, 19), made);
  assertEquals(new Set(seen).size, 22);
});

Deno.test("contacts are found by external id and by identity", async () => {
  using client = openClient();
  for (
    const [query, expected] of [
      ["external_id=crm-3", ["Carla Ruiz"]],
      ["channel=WHATSAPP&identity=15551234568", ["Bo Ek"]],
      ["channel=SMS&identity=15551234568", []],
      ["external_id=nobody", []],
    ] as const
  ) {
    const { body } = await client.call("GET", `${P}/contacts?${query}`);
    assertEquals(
      body.contacts.map((one: { display_name: string }) => one.display_name),
      [...expected],
      query,
    );
  }
});

Deno.test("an update sets what the body or the mask says, and moves the identity look-up", async () => {
  using client = openClient();
  const { body } = await client.call("PATCH", `${P}/contacts/${BO}`, {
    email: "bo@example.com",
  });
  assertEquals([body.email, body.display_name], ["bo@example.com", "Bo Ek"]);
  const masked = await client.call(
    "PATCH",
    `${P}/contacts/${BO}?update_mask=email,channel_identities`,
    {
      channel_identities: [{ channel: "SMS", identity: "+46700000009" }],
    },
  );
  assertEquals([masked.body.email, masked.body.channel_identities.length], [
    "",
    1,
  ]);
  const found = await client.call(
    "GET",
    `${P}/contacts?channel=SMS&identity=46700000009`,
  );
  assertEquals(found.body.contacts, [masked.body]);
  const gone = await client.call(
    "GET",
    `${P}/contacts?channel=WHATSAPP&identity=15551234568`,
  );
  assertEquals(gone.body.contacts, []);
});

Deno.test("a deleted contact takes its conversations and messages along", async () => {
  using client = openClient();
  const { message_id } =
    (await client.call("POST", `${P}/messages:send`, smsTo("15551234567")))
      .body;
  assertEquals((await client.call("DELETE", `${P}/contacts/${ADA}`)).body, {});
  assertEquals((await client.call("GET", `${P}/contacts/${ADA}`)).status, 404);
  assertEquals(
    (await client.call("DELETE", `${P}/contacts/${ADA}`)).status,
    404,
  );
  assertEquals(
    (await client.call("GET", `${P}/messages/${message_id}`)).status,
    404,
  );
  assertEquals(
    (await client.call("GET", `${P}/conversations?contact_id=${ADA}`)).body
      .total_size,
    0,
  );
});

Deno.test("a merge keeps the destination, fills its gaps and takes what it lacks", async () => {
  using client = openClient();
  const source = await create(client, {
    channel_identities: [
      { channel: "SMS", identity: "46700000001" },
      { channel: "LINE", identity: "u1", app_id: APP },
    ],
    display_name: "Source",
    email: "s@example.com",
    metadata: "from source",
  });
  await client.call("POST", `${P}/messages:send`, smsTo("46700000001"));
  const { body: before } = await client.call("GET", `${P}/contacts/${ADA}`);
  const { status, body } = await client.call(
    "POST",
    `${P}/contacts/${ADA}:merge`,
    { source_id: source.id, strategy: "MERGE" },
  );
  assertEquals(status, 200);
  assertEquals(body, {
    ...before,
    channel_identities: [...before.channel_identities, {
      channel: "LINE",
      identity: "u1",
      app_id: APP,
    }],
    channel_priority: ["LINE"],
    metadata: "from source",
  });
  assertEquals(
    (await client.call("GET", `${P}/contacts/${source.id}`)).status,
    404,
  );
  const conversations = await client.call(
    "GET",
    `${P}/conversations?contact_id=${ADA}`,
  );
  assertEquals(conversations.body.total_size, 1);
  const messages = await client.call("GET", `${P}/messages?contact_id=${ADA}`);
  assertEquals(messages.body.messages.length, 1);
});

Deno.test("a merge of two active conversations leaves the destination's active", async () => {
  using client = openClient();
  await create(client);
  await client.call("POST", `${P}/messages:send`, smsTo("46700000001"));
  await client.call("POST", `${P}/messages:send`, smsTo("15551234567"));
  const [source] =
    (await client.call("GET", `${P}/contacts?channel=SMS&identity=46700000001`))
      .body.contacts;
  const answer = await client.call("POST", `${P}/contacts/${ADA}:merge`, {
    source_id: source.id,
  });
  assertEquals(answer.status, 200);
  const { body } = await client.call(
    "GET",
    `${P}/conversations?contact_id=${ADA}`,
  );
  assertEquals(
    body.conversations.map(({ active }: { active: boolean }) => active),
    [true, false],
  );
});

Deno.test("a Messenger identity keeps its form, and its app must exist", async () => {
  using client = openClient();
  const create = (app_id: string) =>
    client.call("POST", `${P}/contacts`, {
      language: "SV",
      channel_identities: [{
        channel: "MESSENGER",
        identity: "+7746490198930851",
        app_id,
      }],
    });
  const { status, body } = await create(APP);
  assertEquals([status, body.channel_identities[0].identity], [
    200,
    "+7746490198930851",
  ]);
  const query = "channel=MESSENGER&identity=+7746490198930851";
  const found = await client.call("GET", `${P}/contacts?${query}`);
  assertEquals(found.body.contacts.length, 1);
  const refused = await create("01ARZ3NDEKTSV4RRFFQ69G5FAV");
  assertEquals(
    [refused.status, faults(refused)],
    [400, ["channel_identities[0].app_id"]],
  );
});

Deno.test("a contact keeps its identity for an app that was deleted", async () => {
  using client = openClient();
  const { body: app } = await client.call("POST", `${P}/apps`, {
    display_name: "Old",
    channel_credentials: [],
  });
  const { body: contact } = await client.call("POST", `${P}/contacts`, {
    language: "SV",
    channel_identities: [{
      channel: "MESSENGER",
      identity: "77",
      app_id: app.id,
    }],
  });
  await client.call("DELETE", `${P}/apps/${app.id}`);
  const { status } = await client.call("PATCH", `${P}/contacts/${contact.id}`, {
    email: "a@example.com",
  });
  assertEquals(status, 200);
});
