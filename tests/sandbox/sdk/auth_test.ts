/** How the official SDK gets its tokens, and what it does when one is refused. */
import { assertEquals } from "@std/assert";
import { ACCOUNT, refusalOf, type Sdk, serve } from "./contract.ts";

const HOUR_MS = 3600 * 1000;
const TOKEN = "POST /oauth2/token";
const APPS = "GET /v1/projects/sandbox-project/apps";

const list = (sdk: Sdk) => sdk.app.list({});

Deno.test("the SDK asks for one token and uses it for every call", async () => {
  await using served = serve();
  const sdk = served.client();
  await list(sdk);
  await list(sdk);
  assertEquals(served.requests, [TOKEN, APPS, APPS]);
});

Deno.test("the SDK gets a new token and repeats the call once when the sandbox says expired", async () => {
  const clock = { now: () => Date.now() };
  await using served = serve(clock);
  const sdk = served.client();
  await list(sdk);
  served.requests.length = 0;
  clock.now = () => Date.now() + 2 * HOUR_MS;
  assertEquals((await list(sdk)).apps!.length, 1);
  assertEquals(served.requests, [APPS, TOKEN, APPS]);
});

for (
  const [name, account] of [
    ["secret", { keySecret: "wrong" }],
    ["key id", { keyId: "wrong" }],
  ] as const
) {
  Deno.test(`the SDK gets no token for another ${name}, and does not call`, async () => {
    await using served = serve();
    const error = await list(served.client(account)).catch((error) => error);
    assertEquals([error.statusCode, JSON.parse(error.data)], [401, {
      error: "invalid_client",
      error_description: "Client authentication failed",
    }]);
    assertEquals(served.requests, [TOKEN]);
  });
}

Deno.test("the SDK is refused in another project, and does not try again", async () => {
  await using served = serve();
  const other = served.client({ ...ACCOUNT, projectId: "other" });
  assertEquals(await refusalOf(list(other)), [403, "PERMISSION_DENIED"]);
  assertEquals(served.requests, [TOKEN, "GET /v1/projects/other/apps"]);
});
