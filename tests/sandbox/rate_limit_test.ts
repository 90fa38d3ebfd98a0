/** The API's rate limits, when they are switched on. */
import { assertEquals } from "@std/assert";
import { askForToken, type Client, openClient, P } from "./client.ts";

/** How many of `count` requests are taken at this moment. */
async function taken({ call }: Client, count: number): Promise<number> {
  const answers = await Promise.all(
    Array.from({ length: count }, () => call("GET", `${P}/settings`)),
  );
  const refused = answers.find(({ status }) => status !== 200);
  if (refused) {
    assertEquals([refused.status, refused.body.error.status], [
      429,
      "RESOURCE_EXHAUSTED",
    ]);
    // The API documents no such header.
    assertEquals(refused.headers.get("retry-after"), null);
  }
  return answers.filter(({ status }) => status === 200).length;
}

Deno.test("a bucket of the limit's size fills as time passes", async () => {
  using client = openClient(":memory:", undefined, 800);
  assertEquals(await taken(client, 900), 800);
  assertEquals(await taken(client, 10), 0);
  client.clock.ms += 100;
  assertEquals(await taken(client, 100), 80);
  client.clock.ms += 60_000;
  assertEquals(await taken(client, 900), 800);
});

Deno.test("without it, every request is taken", async () => {
  using client = openClient();
  assertEquals(await taken(client, 1000), 1000);
});

Deno.test("the token endpoint has 30 at once and 10 a second", async () => {
  using client = openClient(":memory:", undefined, 800);
  const ask = async (count: number) => {
    const answers = await Promise.all(
      Array.from({ length: count }, () => askForToken(client.sandbox)),
    );
    return answers.filter(({ status }) => status === 200).length;
  };
  assertEquals(await ask(40), 30);
  client.clock.ms += 1000;
  assertEquals(await ask(40), 10);
});
