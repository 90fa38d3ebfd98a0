/** A person's messages, found by contact and by identity. */
import { assertEquals } from "@std/assert";
import { ADA, APP, type Client, openClient, P, smsTo } from "./client.ts";

async function send(
  { call }: Client,
  identity: string,
  more: Record<string, unknown> = {},
): Promise<string> {
  const { body } = await call("POST", `${P}/messages:send`, {
    ...smsTo(identity),
    ...more,
  });
  return body.message_id;
}

/** Ids of the messages that a query finds, newest first. */
async function ids({ call }: Client, query: string): Promise<string[]> {
  const { body } = await call("GET", `${P}/messages?${query}`);
  return body.messages.map(({ id }: { id: string }) => id);
}

Deno.test("a message is found by contact and identity as soon as it was taken", async () => {
  using client = openClient();
  const other = await send(client, "15557654321");
  const first = await send(client, "15551234567");
  assertEquals(await ids(client, `contact_id=${ADA}`), [first]);
  const second = await send(client, "15551234567");
  assertEquals(await ids(client, `contact_id=${ADA}`), [second, first]);
  assertEquals(await ids(client, "channel_identity=15551234567"), [
    second,
    first,
  ]);
  assertEquals(await ids(client, "channel_identity=%2B15557654321"), [other]);
});

Deno.test("pages of a person's messages follow one another across channels", async () => {
  using client = openClient();
  const sent: string[] = [];
  for (const channel of ["SMS", "RCS", "SMS", "RCS", "RCS"]) {
    sent.unshift(
      await send(client, "15551234567", {
        recipient: {
          identified_by: {
            channel_identities: [{ channel, identity: "15551234567" }],
          },
        },
      }),
    );
  }
  const found: string[] = [];
  let token = "";
  do {
    const { body } = await client.call(
      "GET",
      `${P}/messages?channel_identity=15551234567&page_size=2&page_token=${token}`,
    );
    found.push(...body.messages.map(({ id }: { id: string }) => id));
    token = body.next_page_token;
  } while (token);
  assertEquals(found, sent);
});

Deno.test("a message that another process took is found too", async () => {
  const store = await Deno.makeTempFile({ suffix: ".db" });
  await Deno.remove(store);
  using one = openClient(store);
  using other = openClient(store);
  const sent = await send(one, "15551234567");
  assertEquals(await ids(other, `contact_id=${ADA}`), [sent]);
});

Deno.test("a deleted message leaves the index, and the next one enters it", async () => {
  using client = openClient();
  const gone = await send(client, "15551234567");
  assertEquals(await ids(client, `contact_id=${ADA}`), [gone]);
  await client.call("DELETE", `${P}/messages/${gone}`);
  assertEquals(await ids(client, `contact_id=${ADA}`), []);
  const next = await send(client, "15551234567");
  assertEquals(await ids(client, `contact_id=${ADA}`), [next]);
});

Deno.test("messages that come after all others were deleted enter the index", async () => {
  using client = openClient();
  for (let count = 0; count < 3; count++) await send(client, "15551234567");
  const { body } = await client.call(
    "GET",
    `${P}/conversations?contact_id=${ADA}`,
  );
  const [{ id }] = body.conversations;
  await client.call("DELETE", `${P}/conversations/${id}`);
  assertEquals(await ids(client, `contact_id=${ADA}`), []);
  const next = await send(client, "15551234567");
  assertEquals(await ids(client, `contact_id=${ADA}`), [next]);
});

Deno.test("sends that share a commit with the deletion of their contact go with it", async () => {
  using client = openClient();
  const [, removed] = await Promise.all([
    send(client, "15551234567"),
    client.call("DELETE", `${P}/contacts/${ADA}`, {}),
  ]);
  assertEquals(removed.status, 200);
  assertEquals(await ids(client, `app_id=${APP}`), []);
});

Deno.test("an app that is deleted is unknown to a send in the same commit", async () => {
  using client = openClient();
  const [first, , second] = await Promise.all([
    client.call("POST", `${P}/messages:send`, smsTo("15551234567")),
    client.call("DELETE", `${P}/apps/${APP}`, {}),
    client.call("POST", `${P}/messages:send`, smsTo("15551234567")),
  ]);
  assertEquals([first.status, second.status], [200, 404]);
});
