/** Webhooks: management. */
import { assertEquals } from "@std/assert";
import { APP, faults, openClient, P } from "./client.ts";

const GOOD = { app_id: APP, target: "https://example.com/hook" };

Deno.test("a webhook given its target alone is unsigned, untriggered and dismissed", async () => {
  using client = openClient();
  const { status, body } = await client.call("POST", `${P}/webhooks`, GOOD);
  assertEquals(status, 200);
  const expected = {
    id: body.id,
    app_id: APP,
    target: "https://example.com/hook",
    target_type: "DISMISS",
    triggers: [],
    secret: "",
    client_credentials: null,
  };
  assertEquals(body, expected);
  assertEquals(
    (await client.call("GET", `${P}/webhooks/${body.id}`)).body,
    expected,
  );
  assertEquals((await client.call("GET", `${P}/apps/${APP}/webhooks`)).body, {
    webhooks: [expected],
  });
});

const REFUSED: [string, Record<string, unknown>, string][] = [
  ["with the API itself as its target", {
    target: "https://conversation-api.eu.sinch.com/x",
  }, "target"],
  ["with half of its client credentials", {
    client_credentials: { client_id: "a", endpoint: "https://example.com" },
  }, "client_credentials.client_secret"],
];
for (const [name, fields, field] of REFUSED) {
  Deno.test(`a webhook ${name} is refused at ${field}, created or updated`, async () => {
    using client = openClient();
    const { body } = await client.call("POST", `${P}/webhooks`, {
      ...GOOD,
      target: "https://example.com/first",
    });
    const created = await client.call("POST", `${P}/webhooks`, {
      ...GOOD,
      ...fields,
    });
    assertEquals([created.status, ...faults(created)], [400, field]);
    const updated = await client.call(
      "PATCH",
      `${P}/webhooks/${body.id}`,
      fields,
    );
    assertEquals([updated.status, ...faults(updated)], [400, field]);
    assertEquals(
      (await client.call("GET", `${P}/webhooks/${body.id}`)).body,
      body,
    );
  });
}

Deno.test("a target of 742 characters and both spellings of SMART_CONVERSATION are taken", async () => {
  using client = openClient();
  const answer = await client.call("POST", `${P}/webhooks`, {
    app_id: APP,
    target: `https://example.com/${"x".repeat(722)}`,
    triggers: ["SMART_CONVERSATION", "SMART_CONVERSATIONS"],
  });
  assertEquals(answer.status, 200);
});

Deno.test("a webhook moves to another app, keeping what the body leaves out", async () => {
  using client = openClient();
  const app = (await client.call("POST", `${P}/apps`, {
    display_name: "B",
    channel_credentials: [],
  })).body;
  const hook = (await client.call("POST", `${P}/webhooks`, {
    ...GOOD,
    triggers: ["CAPABILITY"],
    secret: "s",
  })).body;
  const moved = await client.call("PATCH", `${P}/webhooks/${hook.id}`, {
    app_id: app.id,
  });
  assertEquals(moved.body, { ...hook, app_id: app.id });
  const cleared = await client.call(
    "PATCH",
    `${P}/webhooks/${hook.id}?update_mask=secret,triggers`,
    { triggers: ["MESSAGE_SUBMIT"] },
  );
  assertEquals(cleared.body, {
    ...moved.body,
    secret: "",
    triggers: ["MESSAGE_SUBMIT"],
  });
});

Deno.test("a deleted webhook makes room for another, with its target too", async () => {
  using client = openClient();
  const make = (number: number) =>
    client.call("POST", `${P}/webhooks`, {
      app_id: APP,
      target: `https://example.com/${number}`,
    });
  const { body: first } = await make(1);
  for (const number of [2, 3, 4, 5]) await make(number);
  assertEquals((await make(6)).status, 400);
  await client.call("DELETE", `${P}/webhooks/${first.id}`);
  assertEquals((await make(1)).status, 200);
});

Deno.test("a deleted webhook is gone", async () => {
  using client = openClient();
  const { body } = await client.call("POST", `${P}/webhooks`, GOOD);
  assertEquals(
    (await client.call("DELETE", `${P}/webhooks/${body.id}`)).body,
    {},
  );
  assertEquals(
    (await client.call("DELETE", `${P}/webhooks/${body.id}`)).status,
    404,
  );
});
