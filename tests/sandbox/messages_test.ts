/** Sending, reading and changing messages. */
import { assertEquals, assertMatch } from "@std/assert";
import {
  ADA,
  type Answer,
  APP,
  type Client,
  faults,
  openClient,
  P,
  smsTo,
} from "./client.ts";

const ULID = /^[0-9A-HJKMNP-TV-Z]{26}$/;

async function send(client: Client, body: unknown): Promise<string> {
  const answer = await client.call("POST", `${P}/messages:send`, body);
  assertEquals(answer.status, 200, JSON.stringify(answer.body));
  return answer.body.message_id;
}

async function makeApp(client: Client, fields: Record<string, unknown>) {
  const answer = await client.call("POST", `${P}/apps`, {
    display_name: "Shop",
    channel_credentials: [],
    ...fields,
  });
  return answer.body.id as string;
}

function ids({ body }: Answer): string[] {
  return body.messages.map(({ id }: { id: string }) => id);
}

Deno.test("a send answers with a ULID and the accept time, and can be read at once", async () => {
  using client = openClient();
  const answer = await client.call(
    "POST",
    `${P}/messages:send`,
    smsTo("+15551234567", { message_metadata: "order-17" }),
  );
  assertEquals(answer.status, 200);
  const { message_id: id, accepted_time } = answer.body;
  assertMatch(id, ULID);
  assertEquals(accepted_time, "2026-01-15T09:30:00.123Z");
  const { body } = await client.call("GET", `${P}/messages/${id}`);
  assertMatch(body.conversation_id, ULID);
  assertEquals(body, {
    id,
    direction: "TO_CONTACT",
    app_message: {
      text_message: { text: "Hello" },
      explicit_channel_message: {},
      explicit_channel_omni_message: {},
      channel_specific_message: {},
      agent: null,
    },
    channel_identity: { channel: "SMS", identity: "15551234567", app_id: "" },
    conversation_id: body.conversation_id,
    contact_id: ADA,
    metadata: "order-17",
    accept_time: "2026-01-15T09:30:00.123Z",
    sender_id: "",
    processing_mode: "CONVERSATION",
    injected: false,
    message_status: {
      status: "QUEUED_ON_CHANNEL",
      event_time: "2026-01-15T09:30:00.123Z",
      reason: null,
    },
  });
});

Deno.test("a send to a new number makes a contact and a conversation, the next one uses them", async () => {
  using client = openClient();
  const [first, second] = [
    await send(client, smsTo("+46700000001")),
    await send(client, smsTo("46700000001")),
  ];
  const one = (await client.call("GET", `${P}/messages/${first}`)).body;
  const two = (await client.call("GET", `${P}/messages/${second}`)).body;
  assertEquals(one.contact_id, two.contact_id);
  assertEquals(one.conversation_id, two.conversation_id);
  const contact = await client.call("GET", `${P}/contacts/${one.contact_id}`);
  assertEquals(contact.body, {
    id: one.contact_id,
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
    language: "UNSPECIFIED",
  });
});

Deno.test("a message says the app of its identity on app-scoped channels alone", async () => {
  using client = openClient();
  const channel_identities = [{
    channel: "MESSENGER",
    identity: "7746490198930851",
  }];
  const id = await send(
    client,
    smsTo("", { recipient: { identified_by: { channel_identities } } }),
  );
  const { body } = await client.call("GET", `${P}/messages/${id}`);
  assertEquals(body.channel_identity.app_id, APP);
});

Deno.test("coordinates are kept as 32-bit floats", async () => {
  using client = openClient();
  const id = await send(
    client,
    smsTo("1", {
      message: {
        location_message: {
          title: "Office",
          coordinates: { latitude: 55.610479, longitude: 13.002873 },
        },
      },
    }),
  );
  const { body } = await client.call("GET", `${P}/messages/${id}`);
  assertEquals(body.app_message.location_message.coordinates, {
    latitude: 55.610477,
    longitude: 13.002873,
  });
});

/** The channel that a send to a contact tries first. */
const CHANNEL_CHOICES: [string, Record<string, unknown>, string][] = [
  ["the first of channel_priority_order", {
    recipient: { contact_id: ADA },
    channel_priority_order: ["RCS", "SMS"],
  }, "RCS"],
  ["the first of channel_priority_order that the recipient has", {
    recipient: { contact_id: ADA },
    channel_priority_order: ["LINE", "WHATSAPP"],
  }, "WHATSAPP"],
  ["the contact's own priority", {
    recipient: { contact_id: "01HSANDB0XC0NTACT000000002" },
  }, "WHATSAPP"],
  ["the order of the app's credentials", {
    recipient: { contact_id: "01HSANDB0XC0NTACT000000003" },
  }, "RCS"],
  ["the order of the identities", {
    recipient: {
      identified_by: {
        channel_identities: [
          { channel: "VIBERBM", identity: "46700000001" },
          { channel: "SMS", identity: "46700000001" },
        ],
      },
    },
  }, "VIBERBM"],
];
for (const [name, fields, channel] of CHANNEL_CHOICES) {
  Deno.test(`a send goes out on ${name}`, async () => {
    using client = openClient();
    const id = await send(client, smsTo("1", fields));
    const { body } = await client.call("GET", `${P}/messages/${id}`);
    assertEquals(body.channel_identity.channel, channel);
  });
}

Deno.test("an empty order of channels is none: the contact's own counts", async () => {
  using client = openClient();
  await client.call("PATCH", `${P}/contacts/${ADA}`, {
    channel_priority: ["RCS"],
  });
  const id = await send(
    client,
    smsTo("1", { recipient: { contact_id: ADA }, channel_priority_order: [] }),
  );
  const { body } = await client.call("GET", `${P}/messages/${id}`);
  assertEquals(body.channel_identity.channel, "RCS");
});

Deno.test("a send to a contact prefers the channel its conversation is on", async () => {
  using client = openClient();
  await send(
    client,
    smsTo("1", {
      recipient: { contact_id: ADA },
      channel_priority_order: ["RCS"],
    }),
  );
  const id = await send(client, smsTo("1", { recipient: { contact_id: ADA } }));
  const { body } = await client.call("GET", `${P}/messages/${id}`);
  assertEquals(body.channel_identity.channel, "RCS");
});

Deno.test("a contact that does not exist is taken, to fail later", async () => {
  using client = openClient();
  const id = await send(
    client,
    smsTo("1", { recipient: { contact_id: "01JA7V0000CONTACT000000001" } }),
  );
  const { body } = await client.call("GET", `${P}/messages/${id}`);
  assertEquals(body.conversation_id, "");
});

Deno.test("conversation metadata is kept, replaced or merged", async () => {
  using client = openClient();
  const id = await send(
    client,
    smsTo("1", {
      conversation_metadata: { a: 1, b: { c: 2 } },
      correlation_id: "x",
    }),
  );
  const { conversation_id } =
    (await client.call("GET", `${P}/messages/${id}`)).body;
  const read = async () =>
    (await client.call("GET", `${P}/conversations/${conversation_id}`)).body;
  assertEquals((await read()).metadata_json, { a: 1, b: { c: 2 } });
  await send(client, smsTo("1"));
  assertEquals((await read()).metadata_json, { a: 1, b: { c: 2 } });
  assertEquals((await read()).correlation_id, "x");
  await send(
    client,
    smsTo("1", {
      conversation_metadata: { a: null, b: { d: 3 } },
      conversation_metadata_update_strategy: "MERGE_PATCH",
    }),
  );
  assertEquals((await read()).metadata_json, { b: { c: 2, d: 3 } });
  await send(client, smsTo("1", { conversation_metadata: { e: 4 } }));
  assertEquals((await read()).metadata_json, { e: 4 });
});

const many = (count: number, one: unknown) => Array(count).fill(one);
const choice = { text_message: { text: "Yes" } };
const card = { title: "A" };

/** Bodies that differ from a good one by these fields, and the fault to name. */
const REFUSED_SENDS: [string, Record<string, unknown>, string][] = [
  ["with an app_id of other characters", { app_id: "no-ulid" }, "app_id"],
  ["with no identity", {
    recipient: { identified_by: { channel_identities: [] } },
  }, "recipient.identified_by.channel_identities"],
  [
    "with text that is no text",
    { message: { text_message: { text: 1 } } },
    "message.text_message.text",
  ],
  [
    "with media without a URL",
    { message: { media_message: {} } },
    "message.media_message.url",
  ],
  ["with a calendar choice at no time", {
    message: {
      choice_message: {
        choices: [{
          calendar_message: {
            title: "a",
            event_start: "tomorrow",
            event_end: "2026-03-01T11:00:00Z",
            event_title: "b",
            fallback_url: "https://example.com",
          },
        }],
      },
    },
  }, "message.choice_message.choices[0].calendar_message.event_start"],
  ["with a card of neither title nor description", {
    message: { card_message: { height: "TALL" } },
  }, "message.card_message"],
  ["with a persistent outer choice", {
    message: {
      carousel_message: {
        cards: [card],
        choices: [{ ...choice, display_mode: "PERSISTENT" }],
      },
    },
  }, "message.carousel_message.choices[0].display_mode"],
  ["with postback data that is no text", {
    message: { choice_message: { choices: [{ ...choice, postback_data: 1 }] } },
  }, "message.choice_message.choices[0].postback_data"],
  ["with 14 outer choices", {
    message: { carousel_message: { cards: [card], choices: many(14, choice) } },
  }, "message.carousel_message.choices"],
  ["with 4 outer choices that are not text", {
    message: {
      carousel_message: {
        cards: [card],
        choices: many(4, { url_message: { title: "a", url: "https://a.b" } }),
      },
    },
  }, "message.carousel_message.choices"],
  ["with 11 rows in a list", {
    message: {
      list_message: {
        title: "a",
        sections: [
          { items: many(6, { choice: { title: "b" } }) },
          { items: many(5, { choice: { title: "b" } }) },
        ],
      },
    },
  }, "message.list_message.sections"],
  ["with a location nowhere", {
    message: { location_message: { title: "a", coordinates: { latitude: 1 } } },
  }, "message.location_message.coordinates.longitude"],
  ["with a list of both kinds", {
    message: {
      list_message: {
        title: "a",
        sections: [{
          items: [{ choice: { title: "b" } }, {
            product: { id: "c", marketplace: "FACEBOOK" },
          }],
        }],
        message_properties: { catalog_id: "1" },
      },
    },
  }, "message.list_message.sections"],
  ["with products of no catalog", {
    message: {
      list_message: {
        title: "a",
        sections: [{
          items: [{ product: { id: "c", marketplace: "FACEBOOK" } }],
        }],
      },
    },
  }, "message.list_message.message_properties.catalog_id"],
  [
    "with neither template",
    { message: { template_message: {} } },
    "message.template_message",
  ],
  ["with a template of no version", {
    message: { template_message: { omni_template: { template_id: "a" } } },
  }, "message.template_message.omni_template.version"],
  ["with a WhatsApp template of no language", {
    message: {
      template_message: {
        channel_template: { WHATSAPP: { template_id: "a" } },
      },
    },
  }, "message.template_message.channel_template.WHATSAPP.language_code"],
  ["with a contact card without phone numbers", {
    message: {
      contact_info_message: { name: { full_name: "Ada" }, phone_numbers: [] },
    },
  }, "message.contact_info_message.phone_numbers"],
  ["with a ttl that is a number", { ttl: 10 }, "ttl"],
  [
    "with conversation metadata as text",
    { conversation_metadata: "x" },
    "conversation_metadata",
  ],
  ["with a callback URL of another scheme", {
    callback_url: "ftp://example.com",
  }, "callback_url"],
];
for (const [name, fields, field] of REFUSED_SENDS) {
  Deno.test(`a send ${name} is refused at ${field}`, async () => {
    using client = openClient();
    const answer = await client.call(
      "POST",
      `${P}/messages:send`,
      smsTo("15551234567", fields),
    );
    assertEquals(answer.status, 400);
    assertEquals(answer.body.error.status, "INVALID_ARGUMENT");
    assertEquals(faults(answer), [field]);
    const { body } = await client.call("GET", `${P}/messages`);
    assertEquals(body.messages, []);
  });
}

/** Contents at the edges of what is allowed. */
const TAKEN_SENDS: [string, Record<string, unknown>][] = [
  ["10 choices", {
    message: { choice_message: { choices: many(10, choice) } },
  }],
  ["10 cards and 3 outer choices", {
    message: {
      carousel_message: { cards: many(10, card), choices: many(3, choice) },
    },
  }],
  ["another content for one channel alone", {
    message: {
      explicit_channel_omni_message: { SMS: { text_message: { text: "a" } } },
    },
  }],
  ["a call choice without a plus sign", {
    message: {
      choice_message: {
        choices: [{
          call_message: { title: "a", phone_number: "46700000099" },
        }],
      },
    },
  }],
  ["a bare ttl", { ttl: "10" }],
  ["the longest ttl", { ttl: "315576000000s" }],
  ["a persistent choice", {
    message: {
      choice_message: { choices: [{ ...choice, display_mode: "PERSISTENT" }] },
    },
  }],
  ["an unknown channel property", { channel_properties: { NEW_ONE: "" } }],
  ["nulls in place of absent fields", {
    ttl: null,
    message: { text_message: { text: "a" }, media_message: null, agent: null },
  }],
  ["a template", {
    message: {
      template_message: {
        omni_template: {
          template_id: "welcome_template",
          version: "latest",
          parameters: { name: "" },
        },
      },
    },
  }],
];
for (const [name, fields] of TAKEN_SENDS) {
  Deno.test(`a send with ${name} is taken`, async () => {
    using client = openClient();
    await send(client, smsTo("15551234567", fields));
  });
}

Deno.test("a DISPATCH app makes no contact and keeps no message at retention 0", async () => {
  using client = openClient();
  const app_id = await makeApp(client, {});
  const id = await send(client, smsTo("46700000001", { app_id }));
  for (const source of ["CONVERSATION_SOURCE", "DISPATCH_SOURCE"]) {
    const listed = await client.call(
      "GET",
      `${P}/messages?messages_source=${source}`,
    );
    assertEquals(listed.body.messages, [], source);
    const got = await client.call(
      "GET",
      `${P}/messages/${id}?messages_source=${source}`,
    );
    assertEquals(got.status, 404, source);
  }
  const contacts = await client.call(
    "GET",
    `${P}/contacts?channel=SMS&identity=46700000001`,
  );
  assertEquals(contacts.body.contacts, []);
});

Deno.test("a DISPATCH app with retention shows its messages under DISPATCH_SOURCE alone", async () => {
  using client = openClient();
  const app_id = await makeApp(client, {
    dispatch_retention_policy: { ttl_days: 7 },
  });
  const id = await send(client, smsTo("46700000001", { app_id }));
  const listed = await client.call(
    "GET",
    `${P}/messages?messages_source=DISPATCH_SOURCE`,
  );
  assertEquals(ids(listed), [id]);
  const [message] = listed.body.messages;
  assertEquals(message.processing_mode, "DISPATCH");
  assertEquals([message.contact_id, message.conversation_id], ["", ""]);
  assertEquals(ids(await client.call("GET", `${P}/messages`)), []);
  assertEquals((await client.call("GET", `${P}/messages/${id}`)).status, 404);
});

Deno.test("DISPATCH_ONLY makes a CONVERSATION app dispatch", async () => {
  using client = openClient();
  await send(
    client,
    smsTo("46700000001", { processing_strategy: "DISPATCH_ONLY" }),
  );
  const { body } = await client.call("GET", `${P}/conversations?app_id=${APP}`);
  assertEquals(body.conversations, []);
});

Deno.test("messages are listed newest first, ten to a page", async () => {
  using client = openClient();
  const sent: string[] = [];
  for (let count = 0; count < 12; count++) {
    client.clock.ms += 1000;
    sent.unshift(await send(client, smsTo("15551234567")));
  }
  const first = await client.call("GET", `${P}/messages`);
  assertEquals(ids(first), sent.slice(0, 10));
  const second = await client.call(
    "GET",
    `${P}/messages?page_token=${first.body.next_page_token}`,
  );
  assertEquals(ids(second), sent.slice(10));
  assertEquals(second.body.next_page_token, "");
});

Deno.test("three pages show each message once while new ones arrive", async () => {
  using client = openClient();
  const sent: string[] = [];
  for (let count = 0; count < 7; count++) {
    sent.unshift(await send(client, smsTo("15551234567")));
  }
  const seen: string[] = [];
  let token = "";
  do {
    const page = await client.call(
      "GET",
      `${P}/messages?page_size=3&page_token=${token}`,
    );
    seen.push(...ids(page));
    token = page.body.next_page_token;
    assertMatch(token, /^[A-Za-z0-9_-]*$/);
    await send(client, smsTo("15551234567"));
  } while (token);
  assertEquals(seen, sent);
});

Deno.test("each filter of the message list selects alone and with the others", async () => {
  using client = openClient();
  const app_id = await makeApp(client, { processing_mode: "CONVERSATION" });
  const old = await send(client, smsTo("15551234567"));
  client.clock.ms += 60_000;
  const other = await send(client, smsTo("46700000002", { app_id }));
  client.clock.ms += 60_000;
  const channel_identities = [{ channel: "RCS", identity: "15551234567" }];
  const rcs = await send(
    client,
    smsTo("", { recipient: { identified_by: { channel_identities } } }),
  );
  const { conversation_id } =
    (await client.call("GET", `${P}/messages/${old}`)).body;
  for (
    const [query, expected] of [
      ["", [rcs, other, old]],
      [`app_id=${app_id}`, [other]],
      [`app_id=${APP}`, [rcs, old]],
      [`conversation_id=${conversation_id}`, [rcs, old]],
      [`contact_id=${ADA}`, [rcs, old]],
      ["channel_identity=46700000002", [other]],
      ["channel_identity=+15551234567", [rcs, old]],
      ["channel=RCS", [rcs]],
      ["direction=TO_CONTACT", [rcs, other, old]],
      ["direction=TO_APP", []],
      ["start_time=2026-01-15T09:31:00.123Z", [rcs, other]],
      ["end_time=2026-01-15T09:31:00.123Z", [old]],
      ["start_time=2026-01-15T09:30:30Z&end_time=2026-01-15T10:31:30%2B01:00", [
        other,
      ]],
      [`contact_id=${ADA}&channel=SMS&app_id=${APP}&direction=TO_CONTACT`, [
        old,
      ]],
      [`app_id=${app_id}&contact_id=${ADA}`, []],
    ] as const
  ) {
    const answer = await client.call("GET", `${P}/messages?${query}`);
    assertEquals(ids(answer), [...expected], query);
  }
});

Deno.test("a view without metadata leaves it empty", async () => {
  using client = openClient();
  await send(client, smsTo("1", { message_metadata: "x" }));
  const read = async (view: string) =>
    (await client.call("GET", `${P}/messages?view=${view}`)).body.messages[0]
      .metadata;
  assertEquals(await read("WITH_METADATA"), "x");
  assertEquals(await read("WITHOUT_METADATA"), "");
});

Deno.test("a page of more than 1000 messages is cut to 1000", async () => {
  using client = openClient();
  await Promise.all(
    Array.from({ length: 1001 }, () => send(client, smsTo("15551234567"))),
  );
  const { body } = await client.call("GET", `${P}/messages?page_size=5000`);
  assertEquals(body.messages.length, 1000);
  assertMatch(body.next_page_token, /./);
});

Deno.test("an update changes a message's metadata, and nothing else", async () => {
  using client = openClient();
  const id = await send(client, smsTo("1"));
  const before = (await client.call("GET", `${P}/messages/${id}`)).body;
  const { status, body } = await client.call(
    "PATCH",
    `${P}/messages/${id}?messages_source=CONVERSATION_SOURCE`,
    { metadata: "new", direction: "TO_APP" },
  );
  assertEquals(status, 200);
  assertEquals(body, { ...before, metadata: "new" });
  assertEquals((await client.call("GET", `${P}/messages/${id}`)).body, body);
});

Deno.test("a deleted message is gone, its conversation stays", async () => {
  using client = openClient();
  const id = await send(client, smsTo("1"));
  const { conversation_id } =
    (await client.call("GET", `${P}/messages/${id}`)).body;
  const answer = await client.call("DELETE", `${P}/messages/${id}`);
  assertEquals([answer.status, answer.body], [200, {}]);
  assertEquals((await client.call("GET", `${P}/messages/${id}`)).status, 404);
  assertEquals(
    (await client.call("DELETE", `${P}/messages/${id}`)).status,
    404,
  );
  assertEquals(
    (await client.call("GET", `${P}/conversations/${conversation_id}`)).status,
    200,
  );
});

Deno.test("what a send answers as its accept time is what is stored", async () => {
  using client = openClient();
  // A clock that moves on whenever it is looked at.
  client.clock.now = () => client.clock.ms++;
  for (
    const [collection, id, content] of [
      ["messages", "message_id", {}],
      ["events", "event_id", { event: { composing_event: {} } }],
    ] as const
  ) {
    const sent = (await client.call(
      "POST",
      `${P}/${collection}:send`,
      smsTo("1", content),
    ))
      .body;
    const stored = await client.call("GET", `${P}/${collection}/${sent[id]}`);
    assertEquals(stored.body.accept_time, sent.accepted_time, collection);
  }
});
