/**
 * Requests as the official Python SDKs write them: `str()` of booleans and times in
 * the query, where the blank of a time is sent as a plus sign.
 */
import { assertEquals } from "@std/assert";
import { ADA, APP, faults, openClient, P, smsTo, START } from "./client.ts";

for (
  const [written, isActive] of [
    ...["True", "true", "TRUE", "t", "T", "1"].map((text) => [text, true]),
    ...["False", "false", "FALSE", "f", "F", "0"].map((text) => [text, false]),
  ] as [string, boolean][]
) {
  Deno.test(`only_active=${written} is ${isActive}`, async () => {
    using client = openClient();
    await client.call("POST", `${P}/messages:send`, smsTo("15551234567"));
    const conversations = async (path: string) => {
      const { status, body } = await client.call("GET", `${P}/${path}`);
      assertEquals(status, 200);
      return body.conversations.length;
    };
    assertEquals(
      await conversations(
        `conversations?contact_id=${ADA}&only_active=${written}`,
      ),
      isActive ? 1 : 0,
    );
    assertEquals(
      await conversations(
        `conversations:recent?app_id=${APP}&only_active=${written}`,
      ),
      1,
    );
  });
}

Deno.test("only_recipient_originated=True lists what contacts wrote", async () => {
  using client = openClient();
  const query =
    "messages_source=DISPATCH_SOURCE&only_recipient_originated=True";
  const { status } = await client.call("GET", `${P}/messages?${query}`);
  assertEquals(status, 200);
  const refused = await client.call(
    "GET",
    `${P}/messages?only_recipient_originated=True`,
  );
  assertEquals(faults(refused), ["only_recipient_originated"]);
});

for (const written of ["yes", "tRUE", "2"]) {
  Deno.test(`only_active=${written} is refused`, async () => {
    using client = openClient();
    assertEquals(
      faults(
        await client.call(
          "GET",
          `${P}/conversations?app_id=${APP}&only_active=${written}`,
        ),
      ),
      ["only_active"],
    );
  });
}

for (
  const [written, found] of [
    ["2026-01-15+09%3A30%3A00.123000%2B00%3A00", 1],
    ["2026-01-15%2009%3A30%3A00.124000%2B00%3A00", 0],
    ["2026-01-15+10%3A30%3A00.123456789%2B01%3A00", 1],
    ["2026-01-15T09:30:00.123Z", 1],
  ] as const
) {
  Deno.test(`start_time=${written} lists ${found} messages`, async () => {
    using client = openClient();
    client.clock.ms = START;
    await client.call("POST", `${P}/messages:send`, smsTo("15551234567"));
    const { status, body } = await client.call(
      "GET",
      `${P}/messages?start_time=${written}`,
    );
    assertEquals([status, body.messages?.length], [200, found]);
  });
}

Deno.test("a time without a zone is refused", async () => {
  using client = openClient();
  assertEquals(
    faults(
      await client.call(
        "GET",
        `${P}/messages?start_time=2026-01-15+09%3A30%3A00`,
      ),
    ),
    ["start_time"],
  );
});
