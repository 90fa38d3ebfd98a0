/** Apps: defaults, checks of credentials, updates by mask. */
import { assertEquals, assertMatch } from "@std/assert";
import { APP, faults, openClient, P, smsTo } from "./client.ts";

const SMS = {
  channel: "SMS",
  static_bearer: { claimed_identity: "plan", token: "t" },
};
const GOOD = { display_name: "Shop", channel_credentials: [SMS] };

Deno.test("a created app has every default filled in", async () => {
  using client = openClient();
  const { status, body } = await client.call("POST", `${P}/apps`, GOOD);
  assertEquals(status, 200);
  assertMatch(body.id, /^[0-9A-HJKMNP-TV-Z]{26}$/);
  assertEquals(body, {
    id: body.id,
    display_name: "Shop",
    processing_mode: "DISPATCH",
    channel_credentials: [{
      channel: "SMS",
      static_bearer: { claimed_identity: "plan", token: "t" },
      callback_secret: "",
      channel_known_id: "",
      state: { status: "PENDING", description: "" },
      credential_ordinal_number: 0,
    }],
    conversation_metadata_report_view: "NONE",
    retention_policy: {
      retention_type: "MESSAGE_EXPIRE_POLICY",
      ttl_days: 180,
    },
    dispatch_retention_policy: {
      retention_type: "MESSAGE_EXPIRE_POLICY",
      ttl_days: 0,
    },
    smart_conversation: { enabled: false },
    callback_settings: { secret_for_overridden_callback_urls: "" },
    delivery_report_based_fallback: {
      enabled: false,
      delivery_report_waiting_time: 0,
    },
    message_retry_settings: null,
    rate_limits: { outbound: 20, inbound: 100, webhooks: 100 },
    queue_stats: { outbound_size: 0, outbound_limit: 500000 },
    persist_message_status: { enabled: true },
    message_search: { enabled: false },
  });
  assertEquals((await client.call("GET", `${P}/apps/${body.id}`)).body, body);
});

Deno.test("a new sandbox has one app, with every channel active", async () => {
  using client = openClient();
  const { body } = await client.call("GET", `${P}/apps`);
  assertEquals(body.apps.length, 1);
  const [app] = body.apps;
  assertEquals([app.id, app.processing_mode], [APP, "CONVERSATION"]);
  const credentials = app.channel_credentials as {
    channel: string;
    state: { status: string };
  }[];
  assertEquals(credentials.map(({ channel }) => channel).sort(), [
    "APPLEBC",
    "INSTAGRAM",
    "KAKAOTALK",
    "KAKAOTALKCHAT",
    "LINE",
    "MESSENGER",
    "MMS",
    "RCS",
    "SMS",
    "TELEGRAM",
    "VIBERBM",
    "WECHAT",
    "WHATSAPP",
  ]);
  assertEquals(
    credentials.every(({ state }) => state.status === "ACTIVE"),
    true,
  );
});

const credential = (fields: unknown) => ({ channel_credentials: [fields] });
const REFUSED: [string, Record<string, unknown>, string][] = [
  [
    "without a list of credentials",
    { channel_credentials: undefined },
    "channel_credentials",
  ],
  [
    "with two credential objects",
    credential({ ...SMS, static_token: { token: "t" } }),
    "channel_credentials[0]",
  ],
  [
    "with a bearer of no token",
    credential({ channel: "SMS", static_bearer: { claimed_identity: "a" } }),
    "channel_credentials[0].static_bearer.token",
  ],
  [
    "with LINE Enterprise credentials for no country",
    credential({
      channel: "LINE",
      line_enterprise_credentials: { is_default: true },
    }),
    "channel_credentials[0].line_enterprise_credentials",
  ],
  [
    "with MMS credentials of no key",
    credential({ channel: "MMS", mms_credentials: { account_id: "a" } }),
    "channel_credentials[0].mms_credentials.api_key",
  ],
  [
    "with a long callback secret",
    credential({ ...SMS, callback_secret: "x".repeat(257) }),
    "channel_credentials[0].callback_secret",
  ],
  [
    "with ordinal 256",
    credential({ ...SMS, credential_ordinal_number: 256 }),
    "channel_credentials[0].credential_ordinal_number",
  ],
  ["with a waiting time of 9 s", {
    delivery_report_based_fallback: {
      enabled: true,
      delivery_report_waiting_time: 9,
    },
  }, "delivery_report_based_fallback.delivery_report_waiting_time"],
  [
    "with retries for 29 s",
    { message_retry_settings: { retry_duration: 29 } },
    "message_retry_settings.retry_duration",
  ],
];
for (const [name, fields, field] of REFUSED) {
  Deno.test(`an app ${name} is refused at ${field}, created or updated`, async () => {
    using client = openClient();
    const created = await client.call("POST", `${P}/apps`, {
      ...GOOD,
      ...fields,
    });
    assertEquals(created.status, 400);
    assertEquals(faults(created), [field]);
    const mask = Object.keys(fields).join();
    const updated = await client.call(
      "PATCH",
      `${P}/apps/${APP}?update_mask=${mask}`,
      fields,
    );
    assertEquals(faults(updated), [field]);
    assertEquals((await client.call("GET", `${P}/apps`)).body.apps.length, 1);
  });
}

Deno.test("a fallback that is off shows no waiting time", async () => {
  using client = openClient();
  const time = { delivery_report_waiting_time: 60 };
  for (const enabled of [true, false]) {
    const { body } = await client.call("PATCH", `${P}/apps/${APP}`, {
      delivery_report_based_fallback: { enabled, ...time },
    });
    assertEquals(body.delivery_report_based_fallback, {
      enabled,
      delivery_report_waiting_time: enabled ? 60 : 0,
    });
  }
});

Deno.test("an update without a mask sets what the body has, credentials whole", async () => {
  using client = openClient();
  const { body: before } = await client.call("GET", `${P}/apps/${APP}`);
  const { status, body } = await client.call("PATCH", `${P}/apps/${APP}`, {
    display_name: "New",
    channel_credentials: [SMS],
  });
  assertEquals(status, 200);
  assertEquals(body.display_name, "New");
  assertEquals(body.channel_credentials.length, 1);
  assertEquals(body.processing_mode, before.processing_mode);
});

Deno.test("an update with a mask sets the listed fields alone, absent ones to their default", async () => {
  using client = openClient();
  await client.call("PATCH", `${P}/apps/${APP}`, {
    retention_policy: { ttl_days: 30 },
  });
  const { body } = await client.call(
    "PATCH",
    `${P}/apps/${APP}?update_mask=retention_policy,smart_conversation.enabled`,
    { display_name: "ignored", smart_conversation: { enabled: true } },
  );
  assertEquals(body.display_name, "Sandbox");
  assertEquals(body.retention_policy.ttl_days, 180);
  assertEquals(body.smart_conversation, { enabled: true });
});

Deno.test("an update mask with an unknown path is refused", async () => {
  using client = openClient();
  for (const mask of ["nothing", "id", "display_name,state"]) {
    const answer = await client.call(
      "PATCH",
      `${P}/apps/${APP}?update_mask=${mask}`,
      { display_name: "x" },
    );
    assertEquals(faults(answer), ["update_mask"], mask);
  }
});

Deno.test("an app is deleted with its webhooks, conversations and messages", async () => {
  using client = openClient();
  const message =
    (await client.call("POST", `${P}/messages:send`, smsTo("15551234567")))
      .body;
  const hook = (await client.call("POST", `${P}/webhooks`, {
    app_id: APP,
    target: "https://example.com/h",
  })).body;
  const answer = await client.call("DELETE", `${P}/apps/${APP}`);
  assertEquals([answer.status, answer.body], [200, {}]);
  for (
    const path of [
      `apps/${APP}`,
      `messages/${message.message_id}`,
      `webhooks/${hook.id}`,
    ]
  ) {
    assertEquals((await client.call("GET", `${P}/${path}`)).status, 404, path);
  }
  assertEquals((await client.call("DELETE", `${P}/apps/${APP}`)).status, 404);
  assertEquals(
    (await client.call("GET", `${P}/conversations?app_id=${APP}`)).body
      .conversations,
    [],
  );
});

Deno.test("a credential is PENDING at first, and ACTIVE soon after", async () => {
  using client = openClient();
  const { body: { id } } = await client.call("POST", `${P}/apps`, GOOD);
  const statuses = async () => {
    const { body } = await client.call("GET", `${P}/apps/${id}`);
    return body.channel_credentials.map(
      ({ channel, state }: { channel: string; state: { status: string } }) =>
        `${channel} ${state.status}`,
    );
  };
  const advance = () =>
    client.call("POST", "/_sandbox/clock:advance", { by_ms: 2000 });
  assertEquals(await statuses(), ["SMS PENDING"]);
  await advance();
  assertEquals(await statuses(), ["SMS ACTIVE"]);

  // A new one, and the old one with another token, are checked.
  const rcs = {
    channel: "RCS",
    static_bearer: { claimed_identity: "sender", token: "t" },
  };
  const channel_credentials = [...GOOD.channel_credentials, rcs];
  const { body } = await client.call("PATCH", `${P}/apps/${id}`, {
    channel_credentials,
  });
  assertEquals(
    body.channel_credentials.map((one: typeof rcs) => "checked_at" in one),
    [false, false],
  );
  assertEquals(await statuses(), ["SMS ACTIVE", "RCS PENDING"]);
  await advance();
  assertEquals(await statuses(), ["SMS ACTIVE", "RCS ACTIVE"]);
});
