/** Paths, methods, bodies and query values. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { ADA, APP, faults, openClient, P, smsTo } from "./client.ts";

Deno.test("health answers without credentials", async () => {
  using client = openClient();
  const answer = await client.call("GET", "/_sandbox/health", undefined, {});
  assertEquals(answer.status, 200);
  assertEquals(answer.body.status, "ok");
});

Deno.test("an unknown path is 404 in the API's envelope", async () => {
  using client = openClient();
  for (
    const path of ["/", "/v1", `${P}/messages:nothing`, `${P}/messages/a/b`]
  ) {
    const answer = await client.call("GET", path);
    assertEquals(answer.status, 404, path);
    assertEquals(answer.body.error.status, "NOT_FOUND");
    assertEquals(answer.body.error.details, []);
  }
});

Deno.test("a method that a path does not offer is 501", async () => {
  using client = openClient();
  for (
    const [method, path] of [
      ["POST", `${P}/apps/${APP}/webhooks`],
      ["GET", `${P}/messages:send`],
      ["PUT", `${P}/contacts/${ADA}`],
    ] as const
  ) {
    const answer = await client.call(method, path);
    assertEquals(answer.status, 501, path);
    assertEquals(answer.body, {
      error: {
        code: 501,
        message: "Method Not Allowed",
        status: "UNIMPLEMENTED",
        details: [],
      },
    });
  }
});

Deno.test("a verb may come after an encoded colon", async () => {
  using client = openClient();
  const answer = await client.call("POST", `${P}/messages%3Asend`, smsTo("1"));
  assertEquals(answer.status, 200);
});

Deno.test("a body must be JSON, an object, and say that it is JSON", async () => {
  using client = openClient();
  const authorization = `Basic ${btoa("sandbox-key:sandbox-secret")}`;
  for (
    const [body, type] of [
      ["{", "application/json"],
      ["[]", "application/json"],
      ['"text"', "application/json"],
      [JSON.stringify(smsTo("1")), "text/plain"],
    ] as const
  ) {
    const answer = await client.sandbox.fetch(
      new Request(`http://sandbox${P}/messages:send`, {
        method: "POST",
        headers: { authorization, "content-type": type },
        body,
      }),
    );
    assertEquals(answer.status, 400, body);
    const { error } = await answer.json();
    assertEquals(error.status, "INVALID_ARGUMENT");
  }
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

Deno.test("an unknown id is 404 and names the resource", async () => {
  using client = openClient();
  for (
    const [path, what] of [
      ["apps", "App"],
      ["contacts", "Contact"],
      ["conversations", "Conversation"],
      ["messages", "Message"],
      ["webhooks", "Webhook"],
    ] as const
  ) {
    const answer = await client.call(
      "GET",
      `${P}/${path}/01ARZ3NDEKTSV4RRFFQ69G5FAV`,
    );
    assertEquals(answer.status, 404, path);
    assertEquals(answer.body.error.message, `${what} not found.`);
  }
});

Deno.test("every fault of a body is named at once", async () => {
  using client = openClient();
  const answer = await client.call("POST", `${P}/messages:send`, {});
  assertEquals(answer.status, 400);
  assertEquals(faults(answer), ["app_id", "recipient", "message"]);
});

Deno.test("a page size that is no count and a token not issued here are refused", async () => {
  using client = openClient();
  for (
    const [query, field] of [
      ["page_size=-1", "page_size"],
      ["page_size=ten", "page_size"],
      ["page_size=1.5", "page_size"],
      ["page_token=abc", "page_token"],
    ] as const
  ) {
    const answer = await client.call("GET", `${P}/contacts?${query}`);
    assertEquals(answer.status, 400, query);
    assertEquals(faults(answer), [field]);
  }
});
