/** How many a list shows: ten when it is not asked, and never more than its most. */
import { assertEquals } from "@std/assert";
import { ADA, APP, type Client, openClient, P } from "./client.ts";
import { asJson, newToken } from "./refusal.ts";

const COUNT = 60;
const NUMBERS = Array.from({ length: COUNT }, (_, at) => `467000${1000 + at}`);

/** Sixty of everything that is listed: on the Batch host, and one by one. */
async function fill(client: Client): Promise<void> {
  const authorization = await newToken(client);
  const batch = async (path: string, content: unknown) => {
    const { headers, body } = asJson(content);
    const answer = await client.sandbox.batch.fetch(
      new Request(`http://batch${P}/${path}`, {
        method: "POST",
        headers: { ...headers, authorization },
        body,
      }),
    );
    assertEquals(answer.status, 200, await answer.text());
  };
  // Each number on two contacts, which is a conflict.
  await batch("contacts", {
    contacts: [...NUMBERS, ...NUMBERS].map((identity) => ({
      channel_identities: [{ channel: "SMS", identity }],
      language: "SV",
    })),
  });
  const toAll = NUMBERS.map((identity) => ({
    identified_by: { channel_identities: [{ channel: "SMS", identity }] },
  }));
  await batch("consents", {
    app_id: APP,
    consent_records: toAll.map((identification) => ({
      identification,
      consent_type: "OPT_OUT_ALL",
    })),
  });
  // A conversation for each.
  await batch("messages", {
    app_id: APP,
    message: { text_message: { text: "Hello" } },
    recipient_and_params: toAll.map((recipient) => ({ recipient })),
  });
  await Promise.all(NUMBERS.map(() =>
    client.call("POST", `${P}/events:send`, {
      app_id: APP,
      recipient: { contact_id: ADA },
      event: { composing_event: {} },
    })
  ));
}

const LISTS: [path: string, key: string, most: number][] = [
  ["messages?", "messages", COUNT],
  ["contacts?", "contacts", 20],
  ["contacts:identityConflicts?", "conflicts", 20],
  [`conversations?app_id=${APP}`, "conversations", 20],
  [`conversations:recent?app_id=${APP}`, "conversations", 50],
  [`events?contact_id=${ADA}`, "events", 20],
  [`apps/${APP}/consents/OPT_OUT_ALL?`, "identities", 50],
];

Deno.test("a list shows ten, or as many as asked for, up to its most", async () => {
  using client = openClient();
  await fill(client);
  for (const [path, key, most] of LISTS) {
    for (
      const [asked, shown] of [
        ["", 10],
        ["&page_size=0", 10],
        ["&page_size=7", 7],
        [`&page_size=${most}`, most],
        ["&page_size=5000", most],
      ] as const
    ) {
      const { body } = await client.call("GET", `${P}/${path}${asked}`);
      assertEquals(body[key].length, shown, `${path}${asked}`);
      assertEquals(body.next_page_token !== "", shown < COUNT);
    }
  }
});

Deno.test("the last messages are as many as asked for, given in the body", async () => {
  using client = openClient();
  await fill(client);
  for (const [page_size, shown] of [[undefined, 10], [7, 7], [5000, COUNT]]) {
    const { body } = await client.call(
      "POST",
      `${P}/messages:fetch-last-message`,
      { channel_identities: NUMBERS, page_size },
    );
    assertEquals(body.messages.length, shown);
  }
});
