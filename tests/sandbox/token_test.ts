/** The token endpoint, and who may call. */
import { assertEquals, assertMatch } from "@std/assert";
import { APP, openClient, P } from "./client.ts";

const BASIC = `Basic ${btoa("sandbox-key:sandbox-secret")}`;
const HOUR_MS = 3600 * 1000;

function askToken(
  client: ReturnType<typeof openClient>,
  authorization: string | undefined,
  form: string,
) {
  return client.sandbox.fetch(
    new Request("http://sandbox/oauth2/token", {
      method: "POST",
      headers: {
        "content-type": "application/x-www-form-urlencoded",
        ...(authorization ? { authorization } : {}),
      },
      body: form,
    }),
  );
}

async function bearer(client: ReturnType<typeof openClient>) {
  const answer = await askToken(client, BASIC, "grant_type=client_credentials");
  return `Bearer ${(await answer.json()).access_token}`;
}

Deno.test("a token is issued with the four keys that the SDKs ask for", async () => {
  using client = openClient();
  const answer = await askToken(client, BASIC, "grant_type=client_credentials");
  const { access_token, ...rest } = await answer.json();
  assertEquals(answer.status, 200);
  assertEquals(rest, { expires_in: 3600, scope: "", token_type: "bearer" });
  const claims = JSON.parse(atob(access_token.split(".")[1]));
  assertEquals(claims.exp, Math.floor(client.clock.ms / 1000) + 3600);
});

Deno.test("a token and Basic credentials both open the Conversation API", async () => {
  using client = openClient();
  const token = await bearer(client);
  for (
    const authorization of [
      token,
      token.replace("Bearer", "bearer"),
      BASIC,
      BASIC.replace("Basic", "basic"),
    ]
  ) {
    const answer = await client.call("GET", `${P}/apps/${APP}`, undefined, {
      authorization,
    });
    assertEquals(answer.status, 200);
  }
});

Deno.test("a token is good in another sandbox too, so that a reset does not end it", async () => {
  using client = openClient();
  using other = openClient();
  const authorization = await bearer(client);
  const answer = await other.call("GET", `${P}/apps`, undefined, {
    authorization,
  });
  assertEquals(answer.status, 200);
});

Deno.test("a token an hour old is answered 401 with the word expired", async () => {
  using client = openClient();
  const authorization = await bearer(client);
  const ask = () =>
    client.call("GET", `${P}/apps`, undefined, { authorization });
  client.clock.ms += HOUR_MS - 1000;
  assertEquals((await ask()).status, 200);
  client.clock.ms += 1000;
  for (const answer of [await ask(), await ask()]) {
    assertEquals(answer.status, 401);
    assertEquals(answer.body.error.status, "UNAUTHENTICATED");
    assertEquals(
      answer.headers.get("www-authenticate"),
      'Bearer error="invalid_token", error_description="expired"',
    );
  }
});

Deno.test("a token that was tampered with or made up is 401, and not expired", async () => {
  using client = openClient();
  const own = await bearer(client);
  const [header, , signature] = own.split(".");
  const forged = `${header}.${btoa('{"exp":9999999999}')}.${signature}`;
  for (
    const authorization of [forged, "Bearer x", "Bearer a.b.c", "Basic x", ""]
  ) {
    const answer = await client.call("GET", `${P}/apps`, undefined, {
      authorization,
    });
    assertEquals(answer.status, 401, authorization);
    const challenge = answer.headers.get("www-authenticate")!;
    assertMatch(challenge, /^Bearer/);
    assertEquals(challenge.includes("expired"), false);
  }
});
