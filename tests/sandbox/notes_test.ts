/** What is accepted, but named in a header of the answer. */
import { assertEquals, assertMatch } from "@std/assert";
import {
  ADA,
  type Answer,
  APP,
  type Client,
  openClient,
  P,
  smsTo,
  TEMPLATES,
} from "./client.ts";

function notes({ headers }: Answer): string | null {
  return headers.get("x-sandbox-notes");
}

const LOCATION = { coordinates: { latitude: 55.6, longitude: 13 } };

for (
  const [name, method, path, body, expected] of [
    ["a field that the API lacks", "POST", `${P}/messages:send`, {
      ...smsTo("15551234567"),
      mesage_metadata: "x",
    }, "unknown field mesage_metadata"],
    ["one inside a message", "POST", `${P}/messages:send`, {
      ...smsTo("15551234567"),
      message: { text_message: { text: "Hi", txt: 1 } },
    }, "unknown field message.text_message.txt"],
    ["one in an update", "PATCH", `${P}/contacts/${ADA}`, {
      email: "a@example.com",
      e_mail: "b",
    }, "unknown field e_mail"],
    ["one inside an update", "PATCH", `${P}/contacts/${ADA}`, {
      channel_identities: [{ channel: "SMS", identity: "1555", appid: "x" }],
    }, "unknown field channel_identities[0].appid"],
    [
      "one inside an update by mask",
      "PATCH",
      `${P}/apps/${APP}?update_mask=smart_conversation`,
      {
        smart_conversation: { enabled: true, enable: true },
      },
      "unknown field smart_conversation.enable",
    ],
    ["no field of what is stored", "PATCH", `${P}/apps/${APP}`, {
      display_name: "Shop",
    }, null],
    [
      "a query parameter of a list",
      "GET",
      `${P}/messages?page_sze=2&app_id=${APP}`,
      undefined,
      "query parameter page_sze has no effect",
    ],
    [
      "one of a request without any",
      "POST",
      `${P}/messages:send?dry_run=true`,
      smsTo("15551234567"),
      "query parameter dry_run has no effect",
    ],
    [
      "one of a resource",
      "GET",
      `${P}/contacts/${ADA}?view=FULL`,
      undefined,
      "query parameter view has no effect",
    ],
    [
      "no parameter that is known",
      "GET",
      `${P}/messages?page_size=2&view=WITH_METADATA&messages_source=CONVERSATION_SOURCE`,
      undefined,
      null,
    ],
    ["one with an odd name", "PATCH", `${P}/contacts/${ADA}`, {
      "é\n": 1,
    }, "unknown field %C3%A9%0A"],
    ["a location without a title", "POST", `${P}/messages:send`, {
      ...smsTo("15551234567"),
      message: { location_message: LOCATION },
    }, "message.location_message.title is missing"],
    [
      "a request without any",
      "POST",
      `${P}/messages:send`,
      smsTo("1555"),
      null,
    ],
    ["an app with credentials", "POST", `${P}/apps`, {
      display_name: "A",
      channel_credentials: [{
        channel: "TELEGRAM",
        telegram_credentials: { token: "t" },
      }],
    }, null],
    ["a wrong credential", "POST", `${P}/apps`, {
      display_name: "A",
      channel_credentials: [{
        channel: "TELEGRAM",
        telegram_credentials: { token: "t", tokn: "u" },
      }],
    }, "unknown field channel_credentials[0].telegram_credentials.tokn"],
    ["the last messages", "POST", `${P}/messages:fetch-last-message`, {
      contact_ids: [ADA],
      page_size: 2,
    }, null],
  ] as [string, string, string, unknown, string | null][]
) {
  Deno.test(`the answer names ${name}`, async () => {
    using client = openClient();
    const answer = await client.call(method, path, body);
    assertEquals([answer.status, notes(answer)], [200, expected]);
  });
}

Deno.test("a refusal also names the unknown fields", async () => {
  using client = openClient();
  const answer = await client.call("POST", `${P}/messages:send`, {
    ...smsTo("15551234567"),
    app_id: undefined,
    appId: APP,
  });
  assertEquals([answer.status, notes(answer)], [400, "unknown field appId"]);
});

Deno.test("many unknown fields are cut, not a header that is too long", async () => {
  using client = openClient();
  const many = Object.fromEntries(
    Array.from({ length: 500 }, (_, at) => [`unknown_${at}`, at]),
  );
  const answer = await client.call(
    "POST",
    `${P}/messages:send`,
    smsTo("15551234567", many),
  );
  assertEquals(answer.status, 200);
  assertMatch(notes(answer)!, /^unknown field unknown_0; .{900,990}\.\.\.$/);
});

Deno.test("a location without a title is stored with an empty one", async () => {
  using client = openClient();
  const { body: { message_id } } = await client.call(
    "POST",
    `${P}/messages:send`,
    smsTo("15551234567", { message: { location_message: LOCATION } }),
  );
  const { body } = await client.call("GET", `${P}/messages/${message_id}`);
  assertEquals(body.app_message.location_message.title, "");
});

Deno.test("a template is replaced without its version, with a note", async () => {
  using client = openClient();
  const path = `${TEMPLATES}/welcome_template`;
  const { body: { version: _, ...template } } = await client.call("GET", path);
  template.translations = template.translations.filter(
    (one: { version: string }) => one.version !== "latest",
  );
  const answer = await client.call("PUT", path, template);
  assertEquals([answer.status, answer.body.version, notes(answer)], [
    200,
    2,
    "version is missing",
  ]);
  const stale = await client.call("PUT", path, { ...template, version: 1 });
  assertEquals(stale.status, 400);
});

Deno.test("Sinch's example of an injected message is accepted, with a note", async () => {
  using client = openClient();
  const conversation = await conversationOf(client);
  // The shape of examples/snippets/.../inject-message.js of sinch/sinch-sdk-node.
  const answer = await client.call(
    "POST",
    `${P}/conversations/${conversation}:inject-message`,
    {
      contact_id: ADA,
      contact_message: { text_message: { text: "Injected" } },
      channel_identity: { channel: "RCS", identity: "15551234567" },
      direction: "TO_CONTACT",
      accept_time: "2026-01-15T09:00:00.000Z",
    },
  );
  assertEquals([answer.status, notes(answer)], [
    200,
    "contact_message does not fit direction TO_CONTACT",
  ]);
  const { body } = await client.call("GET", `${P}/messages?contact_id=${ADA}`);
  assertEquals(body.messages.length, 2);
});

async function conversationOf(client: Client): Promise<string> {
  await client.call("POST", `${P}/messages:send`, smsTo("15551234567"));
  const { body } = await client.call(
    "GET",
    `${P}/conversations?contact_id=${ADA}`,
  );
  return body.conversations[0].id;
}

Deno.test("the answer that a rule made names the rule", async () => {
  using client = openClient();
  const { body } = await client.call("POST", "/_sandbox/rules", {
    rules: [{ path: "/apps", http: 429 }],
  });
  const answer = await client.call("GET", `${P}/apps`);
  assertEquals([answer.status, answer.headers.get("x-sandbox-rule")], [
    429,
    String(body.rules[0].id),
  ]);
});
