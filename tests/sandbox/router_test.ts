/** Paths, methods, bodies and query values. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { faults, openClient, P, smsTo } from "./client.ts";

Deno.test("health answers without credentials", async () => {
  using client = openClient();
  const answer = await client.call("GET", "/_sandbox/health", undefined, {});
  assertEquals(answer.status, 200);
  assertEquals(answer.body.status, "ok");
});

Deno.test("a verb may come after an encoded colon", async () => {
  using client = openClient();
  const answer = await client.call("POST", `${P}/messages%3Asend`, smsTo("1"));
  assertEquals(answer.status, 200);
});

Deno.test("an empty body with a JSON content type is no body", async () => {
  using client = openClient();
  const answer = await client.call("GET", `${P}/apps`);
  assertEquals(answer.status, 200);
  assertStringIncludes(
    answer.headers.get("content-type")!,
    "application/json",
  );
});

Deno.test("a plus sign in a query is a plus sign, encoded or not", async () => {
  using client = openClient();
  for (const identity of ["+15551234567", "%2B15551234567", "15551234567"]) {
    const answer = await client.call(
      "GET",
      `${P}/contacts?channel=SMS&identity=${identity}`,
    );
    assertEquals(answer.body.contacts.length, 1, identity);
  }
});

Deno.test("every fault of a body is named at once", async () => {
  using client = openClient();
  const answer = await client.call("POST", `${P}/messages:send`, {});
  assertEquals(answer.status, 400);
  assertEquals(faults(answer), ["app_id", "recipient", "message"]);
});
