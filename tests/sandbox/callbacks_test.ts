/** Callbacks as their receivers see them, over real HTTP. */
import { signatureHeaders } from "../../sandbox/callbacks/signature.ts";
import { createSandbox } from "../../sandbox/sandbox.ts";
import {
  ADA,
  type Answer,
  APP,
  type Client,
  openClient,
  P,
  smsTo,
} from "./client.ts";
import { openLive, type Received, Receiver } from "./receiver.ts";
import { ConversationCallbackWebhooks } from "@sinch/sdk-core";
import { assert, assertEquals, assertMatch } from "@std/assert";

const VERIFIER = new ConversationCallbackWebhooks("s3cret");

function isSigned(
  { headers, text }: Received,
  verifier = VERIFIER,
): boolean {
  return verifier.validateAuthenticationHeader(headers, text, "", "POST");
}

async function journal(
  { call }: Pick<Client, "call">,
): Promise<Answer["body"][]> {
  const { body } = await call("GET", "/_sandbox/callbacks");
  return body.callbacks;
}

Deno.test("the signature is that of the documented example", () => {
  assertEquals(
    signatureHeaders(
      "foo_secret1234",
      '{"app_id":"01W4FFL35P4NC4K35CONVAPP01","project_id":"p1","message":{"id":"01W4FFL35P4NC4K35MESSAGE01"}}',
      "01FJA8B4A7BM43YGWSG9GBV067",
      1634579353,
    ),
    {
      "x-sinch-webhook-signature-timestamp": "1634579353",
      "x-sinch-webhook-signature-nonce": "01FJA8B4A7BM43YGWSG9GBV067",
      "x-sinch-webhook-signature-algorithm": "HmacSHA256",
      "x-sinch-webhook-signature":
        "0D1+MPqX1DtF7XH50EptRm7CcZMLoFhGUu6eXMxj67Y=",
    },
  );
});

for (
  const [name, webhook] of [
    ["DISMISS webhook", { target_type: "DISMISS" }],
    ["webhook with other triggers", { triggers: ["OPT_IN"] }],
  ] as const
) {
  Deno.test(`a ${name} is sent nothing, and costs a send no row`, async () => {
    await using live = await openLive(["MESSAGE_SUBMIT"], { webhook });
    await live.call("POST", `${P}/messages:send`, smsTo("46700000001"));
    await live.pass(10_000);
    assertEquals(live.receiver.received, []);
    assertEquals(await journal(live), []);
  });
}

Deno.test("a message's callback_url gets its reports, signed with the app's secret for it", async () => {
  await using live = await openLive(["MESSAGE_SUBMIT", "MESSAGE_DELIVERY"]);
  await live.call("PATCH", `${P}/apps/${APP}`, {
    callback_settings: { secret_for_overridden_callback_urls: "own" },
  });
  await live.call(
    "POST",
    `${P}/messages:send`,
    smsTo("46700000001", { callback_url: `${live.receiver.url}/own` }),
  );
  await live.pass(0);
  await live.pass(250);
  const seen = live.receiver.received.map(({ path, body }) => [
    path,
    Object.keys(body).at(-1),
  ]);
  assertEquals(seen.toSorted(), [
    ["/hook", "message_submit_notification"],
    ["/own", "message_delivery_report"],
    ["/own", "message_delivery_report"],
  ]);
  const verifier = new ConversationCallbackWebhooks("own");
  const own = live.receiver.received.filter(({ path }) => path === "/own");
  assert(own.every((one) => isSigned(one, verifier)));
});

Deno.test("a receiver that fails is tried again after 5, 10 and 20 s, in order, signed anew", async () => {
  await using live = await openLive(["MESSAGE_SUBMIT", "MESSAGE_DELIVERY"]);
  const { receiver } = live;
  receiver.answers = [500, 429, 503];
  await live.call("POST", `${P}/messages:send`, smsTo("46700000001"));
  await live.pass(0);
  assertEquals(receiver.received.length, 1);
  for (const [wait, tries] of [[5000, 2], [10_000, 3]] as const) {
    await live.pass(wait - 1);
    assertEquals(receiver.received.length, tries - 1);
    await live.pass(1);
    assertEquals(receiver.received.length, tries);
  }
  await live.pass(20_000);
  assertEquals(receiver.told, [
    "message_submit_notification",
    "message_submit_notification",
    "message_submit_notification",
    "message_submit_notification",
    "QUEUED_ON_CHANNEL",
    "DELIVERED",
  ]);
  assert(receiver.received.every((one) => isSigned(one)));
  const nonces = receiver.received.map(({ headers }) =>
    headers["x-sinch-webhook-signature-nonce"]
  );
  assertEquals(new Set(nonces).size, 6);
  const first = (await journal(live)).at(-1);
  assertEquals([first.status, first.tries, first.last_status], [
    "DELIVERED",
    4,
    200,
  ]);
});

Deno.test("a receiver that never answers well is given up, and can be sent to again", async () => {
  await using live = await openLive(["MESSAGE_SUBMIT"], {
    retryDelaysMs: [1000, 1000],
  });
  const { receiver } = live;
  receiver.answers = [500, 500, 500];
  await live.call("POST", `${P}/messages:send`, smsTo("46700000001"));
  for (let second = 0; second < 5; second++) await live.pass(1000);
  assertEquals(receiver.received.length, 3);
  const [failed] = await journal(live);
  assertEquals([failed.status, failed.tries, failed.last_status], [
    "FAILED",
    3,
    500,
  ]);
  const again = `/_sandbox/callbacks/${failed.id}:redeliver`;
  assertEquals((await live.call("POST", again)).body.status, "WAITING");
  await live.pass(0);
  assertEquals((await journal(live))[0].status, "DELIVERED");
  assertEquals(receiver.received[3]!.text, receiver.received[0]!.text);
  assertEquals(
    (await live.call("POST", "/_sandbox/callbacks/99:redeliver")).status,
    404,
  );
});

for (const status of [400, 401, 404, 302]) {
  Deno.test(`${status} is a receiver's last word, and leads nowhere else`, async () => {
    await using elsewhere = new Receiver();
    await using live = await openLive(["MESSAGE_SUBMIT"]);
    live.receiver.answers = [
      new Response(null, { status, headers: { location: elsewhere.url } }),
    ];
    await live.call("POST", `${P}/messages:send`, smsTo("46700000001"));
    await live.pass(0);
    await live.pass(60_000);
    assertEquals(live.receiver.received.length, 1);
    assertEquals(elsewhere.received, []);
    const [only] = await journal(live);
    assertEquals([only.status, only.last_status], ["FAILED", status]);
  });
}

Deno.test("a receiver that is not there is tried again, and why stands in the journal", async () => {
  const gone = new Receiver();
  const target = `${gone.url}/gone`;
  await gone[Symbol.asyncDispose]();
  await using live = await openLive(["MESSAGE_SUBMIT"], {
    webhook: { target },
  });
  await live.call("POST", `${P}/messages:send`, smsTo("46700000001"));
  await live.pass(0);
  const [waiting] = await journal(live);
  assertEquals([waiting.status, waiting.tries, waiting.last_status], [
    "WAITING",
    1,
    0,
  ]);
  assertMatch(waiting.last_error, /refused|connect/i);
});

Deno.test("a receiver that is silent is left after the timeout", async () => {
  let finish = () => {};
  const silence = new Promise<void>((resolve) => finish = resolve);
  await using server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen: () => {} },
    async () => {
      await silence;
      return new Response();
    },
  );
  await using live = await openLive(["MESSAGE_SUBMIT"], {
    webhook: { target: `http://127.0.0.1:${server.addr.port}/` },
    timeoutMs: 50,
  });
  await live.call("POST", `${P}/messages:send`, smsTo("46700000001"));
  await live.pass(0);
  const [waiting] = await journal(live);
  assertEquals([waiting.status, waiting.last_status], ["WAITING", 0]);
  assertMatch(waiting.last_error, /time/i);
  finish();
});

Deno.test("a webhook that is deleted is not called any more", async () => {
  await using live = await openLive(["MESSAGE_SUBMIT"]);
  live.receiver.answers = [500];
  await live.call("POST", `${P}/messages:send`, smsTo("46700000001"));
  await live.pass(0);
  const { webhook_id } = (await journal(live))[0];
  await live.call("DELETE", `${P}/webhooks/${webhook_id}`);
  await live.pass(60_000);
  assertEquals(live.receiver.received.length, 1);
  assertEquals((await journal(live))[0].last_error, "the webhook was deleted");
});

Deno.test("one contact's trouble does not hold up another's callbacks", async () => {
  await using live = await openLive(["MESSAGE_SUBMIT"]);
  live.receiver.answers = [500];
  await live.call("POST", `${P}/messages:send`, smsTo("46700000001"));
  await live.pass(0);
  await live.call("POST", `${P}/messages:send`, smsTo("46700000001"));
  await live.call("POST", `${P}/messages:send`, smsTo("46700000002"));
  await live.pass(0);
  const to = live.receiver.received.map(({ body }) =>
    body.message_submit_notification.channel_identity.identity
  );
  assertEquals(to, ["46700000001", "46700000002"]);
  await live.pass(5000);
  assertEquals(live.receiver.received.length, 4);
});

for (const token_request_type of ["BASIC", "FORM"]) {
  Deno.test(`a target with client credentials gets a token, asked for by ${token_request_type}, kept, and renewed on 401`, async () => {
    const asked: Received[] = [];
    await using issuer = new Receiver();
    const token = (name: string) =>
      Response.json({ access_token: name, expires_in: 3600 });
    issuer.answers = [token("one"), token("two")];
    await using live = await openLive(["MESSAGE_SUBMIT"], {
      webhook: {
        client_credentials: {
          client_id: "id",
          client_secret: "key",
          endpoint: `${issuer.url}/token`,
          scope: "hooks",
          token_request_type,
        },
      },
    });
    live.receiver.answers = [200, 200, 401];
    for (let count = 0; count < 3; count++) {
      await live.call("POST", `${P}/messages:send`, smsTo("46700000001"));
      await live.pass(0);
    }
    asked.push(...issuer.received);
    assertEquals(
      live.receiver.received.map(({ headers }) => headers.authorization),
      ["Bearer one", "Bearer one", "Bearer one", "Bearer two"],
    );
    const basic = token_request_type === "BASIC";
    assertEquals(
      asked.map(({ text, headers }) => [text, headers.authorization]),
      Array(2).fill(
        basic
          ? [
            "grant_type=client_credentials&scope=hooks",
            `Basic ${btoa("id:key")}`,
          ]
          : [
            "grant_type=client_credentials&scope=hooks&client_id=id&client_secret=key",
            undefined,
          ],
      ),
    );
  });
}

Deno.test("what a sandbox that is not live took is told when the store is next opened live", async () => {
  const folder = await Deno.makeTempDir();
  const store = `${folder}/sandbox.db`;
  await using receiver = new Receiver();
  {
    using quiet = openClient(store);
    await quiet.call("POST", `${P}/webhooks`, {
      app_id: APP,
      target: receiver.url,
      target_type: "HTTP",
      triggers: ["MESSAGE_DELIVERY", "CONVERSATION_START"],
    });
    await quiet.call("POST", `${P}/messages:send`, {
      ...smsTo(""),
      recipient: { contact_id: ADA },
    });
    await quiet.sandbox.runDue();
    assertEquals(receiver.received, []);
  }
  const live = openClient(store, {});
  for (let step = 0; step < 3; step++) {
    await live.sandbox.runDue();
    live.clock.ms += 250;
  }
  assertEquals(receiver.told.slice(0, 3), [
    "conversation_start_notification",
    "QUEUED_ON_CHANNEL",
    "DELIVERED",
  ]);
  assertEquals(
    receiver.received[0]!.headers["x-sinch-webhook-signature"],
    undefined,
  );
  await live.sandbox.close();
  await Deno.remove(folder, { recursive: true });
});

Deno.test("of two live sandboxes on one store, one posts; the other takes over", async () => {
  const folder = await Deno.makeTempDir();
  const store = `${folder}/sandbox.db`;
  await using live = await openLive(["MESSAGE_SUBMIT"], { store });
  await live.call("POST", `${P}/messages:send`, smsTo("46700000001"));
  await live.pass(0);
  assertEquals(live.receiver.received.length, 1);
  const other = openClient(store, {});
  await live.call("POST", `${P}/messages:send`, smsTo("46700000001"));
  await Promise.all([other.sandbox.runDue(), live.sandbox.runDue()]);
  assertEquals(live.receiver.received.length, 2);
  await live.sandbox.close();
  await other.call("POST", `${P}/messages:send`, smsTo("46700000001"));
  await other.sandbox.runDue();
  assertEquals(live.receiver.received.length, 3);
  await other.sandbox.close();
  await Deno.remove(folder, { recursive: true });
});

Deno.test("a receiver that is slow to answer does not hold up what becomes of a message", async () => {
  await using slow = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen: () => {} },
    async () => {
      await new Promise((resolve) => setTimeout(resolve, 900));
      return new Response();
    },
  );
  const sandbox = createSandbox({ store: ":memory:", live: { latencyMs: 50 } });
  const call = async (method: string, path: string, body?: unknown) => {
    const response = await sandbox.fetch(
      new Request(`http://sandbox${path}`, {
        method,
        headers: {
          authorization: `Basic ${btoa("sandbox-key:sandbox-secret")}`,
          "content-type": "application/json",
        },
        body: body === undefined ? undefined : JSON.stringify(body),
      }),
    );
    return await response.json();
  };
  await call("POST", `${P}/webhooks`, {
    app_id: APP,
    target: `http://127.0.0.1:${slow.addr.port}`,
    target_type: "HTTP",
    triggers: ["MESSAGE_DELIVERY"],
  });
  await call("POST", `${P}/messages:send`, smsTo("46700000001"));
  await new Promise((resolve) => setTimeout(resolve, 500));
  const { callbacks } = await call("GET", "/_sandbox/callbacks");
  assertEquals(callbacks.length, 2);
  await sandbox.close();
});
