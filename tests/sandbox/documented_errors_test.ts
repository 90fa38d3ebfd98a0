/**
 * The errors that every host has in common: their statuses, status words and
 * envelopes. What is wrong with a single request: documented_refusals_test.ts.
 *
 * @see https://developers.sinch.com/docs/conversation/api-reference/conversation/ (errors)
 */
import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { ADA, APP, NOBODY, openClient, P, TEMPLATES } from "./client.ts";
import {
  asJson,
  assertRefused,
  BASIC,
  BATCH,
  CONVERSATION,
  fields,
  HOSTS,
  newToken,
  refusal,
} from "./refusal.ts";

const HOUR_MS = 3600 * 1000;

for (const host of HOSTS) {
  const { name, get, post } = host;

  for (
    const [what, type, body, field] of [
      ["malformed JSON", "application/json", "{", "body"],
      ["a list", "application/json", "[]", "body"],
      ["a text", "application/json", '"text"', "body"],
      ["null", "application/json", "null", "body"],
      ["no content type", undefined, "{}", "Content-Type"],
      ["a text's content type", "text/plain", "{}", "Content-Type"],
    ] as const
  ) {
    Deno.test(`a body with ${what} is 400 on the ${name} host`, async () => {
      using client = openClient();
      const refused = await refusal(client, host, "POST", post, {
        headers: type ? { "content-type": type } : {},
        body,
      });
      assertEquals([refused.status, fields(refused)], [400, [field]]);
    });
  }

  for (
    const [what, authorization] of [
      ["an empty credential", ""],
      ["another key's secret", `Basic ${btoa("sandbox-key:x")}`],
      ["a token that is none", "Bearer x"],
      ["a token of other claims", "Bearer a.b.c"],
      ...host === BATCH ? [["its key and secret", BASIC] as const] : [],
    ] as const
  ) {
    Deno.test(`${what} is 401 on the ${name} host`, async () => {
      using client = openClient();
      const { status, error, headers } = await refusal(
        client,
        host,
        "GET",
        get,
        { headers: { authorization } },
      );
      assertEquals([status, error.status, error.details], [
        401,
        "UNAUTHENTICATED",
        [],
      ]);
      // The word that would make an SDK fetch another token.
      assertMatch(headers.get("www-authenticate")!, /^Bearer (?!.*expired)/);
    });
  }

  Deno.test(`an expired token is 401 on the ${name} host, and the challenge says so`, async () => {
    using client = openClient();
    const authorization = await newToken(client);
    client.clock.ms += HOUR_MS;
    const { status, error, headers } = await refusal(
      client,
      host,
      "GET",
      get,
      { headers: { authorization } },
    );
    assertEquals([status, error.status], [401, "UNAUTHENTICATED"]);
    assertEquals(
      headers.get("www-authenticate"),
      'Bearer error="invalid_token", error_description="expired"',
    );
  });

  Deno.test(`another project than the token's is 403 on the ${name} host`, async () => {
    using client = openClient();
    const { status, error } = await refusal(
      client,
      host,
      "GET",
      get.replace("sandbox-project", "other"),
    );
    assertEquals([status, error.status, error.details], [
      403,
      "PERMISSION_DENIED",
      [],
    ]);
  });

  Deno.test(`an unknown path is 404 on the ${name} host`, async () => {
    using client = openClient();
    for (const path of [host.elsewhere, "/", "/v1", `${post}/a/b/c`]) {
      const { status, error } = await refusal(client, host, "GET", path);
      assertEquals([status, error.status, error.details], [
        404,
        "NOT_FOUND",
        [],
      ], path);
    }
  });

  Deno.test(`a method that a path does not offer is 501 on the ${name} host`, async () => {
    using client = openClient();
    const { error } = await refusal(client, host, host.method, post);
    assertEquals(error, {
      code: 501,
      message: "Method Not Allowed",
      status: "UNIMPLEMENTED",
      details: [],
    });
  });
}

Deno.test("no credentials at all is 401", async () => {
  using client = openClient();
  const answer = await client.call("GET", `${P}/apps`, undefined, {});
  assertEquals([answer.status, answer.body.error.status], [
    401,
    "UNAUTHENTICATED",
  ]);
  assertMatch(answer.headers.get("www-authenticate")!, /^Bearer/);
});

Deno.test("an app's webhooks are listed, not made: POST is 501", async () => {
  using client = openClient();
  const { status, error } = await refusal(
    client,
    CONVERSATION,
    "POST",
    `${P}/apps/${APP}/webhooks`,
  );
  assertEquals([status, error.status], [501, "UNIMPLEMENTED"]);
});

/** Paths with an id, what has it, and a body where one is read first. */
const WITH_ID: [
  methods: string,
  path: string,
  what: string,
  body?: unknown,
][] = [
  ["GET DELETE", `${P}/messages/${NOBODY}`, "Message"],
  ["PATCH", `${P}/messages/${NOBODY}`, "Message", { metadata: "" }],
  ["GET PATCH DELETE", `${P}/contacts/${NOBODY}`, "Contact"],
  ["POST", `${P}/contacts/${NOBODY}:merge`, "Contact"],
  ["GET PATCH DELETE", `${P}/conversations/${NOBODY}`, "Conversation"],
  ["POST", `${P}/conversations/${NOBODY}:stop`, "Conversation"],
  ["POST", `${P}/conversations/${NOBODY}:inject-message`, "Conversation"],
  ["POST", `${P}/conversations/${NOBODY}:inject-event`, "Conversation"],
  ["GET PATCH DELETE", `${P}/apps/${NOBODY}`, "App"],
  ["GET", `${P}/apps/${NOBODY}/webhooks`, "App"],
  ["GET", `${P}/apps/${NOBODY}/consents/OPT_OUT_ALL`, "App"],
  ["GET", `${P}/apps/${NOBODY}/consents/identities/1`, "App"],
  ["GET PATCH DELETE", `${P}/webhooks/${NOBODY}`, "Webhook"],
  ["GET DELETE", `${P}/events/${NOBODY}`, "Event"],
  ["GET PUT DELETE", `${TEMPLATES}/${NOBODY}`, "Template"],
  ["GET", `${TEMPLATES}/${NOBODY}/translations`, "Template"],
];
for (const [methods, path, what, body = {}] of WITH_ID) {
  for (const method of methods.split(" ")) {
    Deno.test(`${method} ${path} is 404: nothing has the id`, async () => {
      using client = openClient();
      const sent = method === "GET" ? {} : asJson(body);
      assertRefused(
        await refusal(client, CONVERSATION, method, path, sent),
        { unknown: what },
      );
    });
  }
}

Deno.test("an unknown batch is 404", async () => {
  using client = openClient();
  assertRefused(
    await refusal(client, BATCH, "GET", `${P}/messages/${NOBODY}`),
    { unknown: "Batch" },
  );
});

/** The lists, as they are asked for; a token goes where the page size is. */
const LISTS: [name: string, path: string, body?: Record<string, unknown>][] = [
  ["messages", `${P}/messages?`],
  ["last messages", `${P}/messages:fetch-last-message`, {
    channel_identities: ["15551234567"],
  }],
  ["contacts", `${P}/contacts?`],
  ["identity conflicts", `${P}/contacts:identityConflicts?`],
  ["conversations", `${P}/conversations?app_id=${APP}`],
  [
    "recent conversations",
    `${P}/conversations:recent?app_id=${APP}`,
  ],
  ["events", `${P}/events?contact_id=${ADA}`],
  ["consents", `${P}/apps/${APP}/consents/OPT_OUT_ALL?`],
];
for (const [name, path, body] of LISTS) {
  for (
    const [paging, value] of [
      ["page_token", "abc"],
      ["page_token", "AAAAAAAAAAAAAAAA"],
      ["page_size", "-1"],
      ["page_size", "ten"],
      ["page_size", "1.5"],
    ] as const
  ) {
    Deno.test(`a list of ${name} with ${paging} ${value} is 400`, async () => {
      using client = openClient();
      const refused = await refusal(
        client,
        CONVERSATION,
        body ? "POST" : "GET",
        body ? path : `${path}&${paging}=${value}`,
        asJson(body && { ...body, [paging]: value }),
      );
      assertEquals([refused.status, fields(refused)], [400, [paging]]);
    });
  }
}

Deno.test("a page token is good as it was issued, for its list and filters alone", async () => {
  using client = openClient();
  const list = `${P}/contacts?page_size=1`;
  const token: string = (await client.call("GET", list)).body.next_page_token;
  const other = token.startsWith("A") ? "B" : "A";
  const last = token.endsWith("A") ? "Q" : "A";
  assertEquals(
    (await client.call("GET", `${list}&page_token=${token}`)).status,
    200,
  );
  for (
    const path of [
      `${list}&page_token=${other}${token.slice(1)}`,
      `${list}&page_token=${token.slice(0, -1)}${last}`,
      `${list}&page_token=${token}AAAA`,
      `${list}&external_id=crm-3&page_token=${token}`,
      `${P}/messages?page_size=1&page_token=${token}`,
    ]
  ) {
    const refused = await refusal(client, CONVERSATION, "GET", path);
    assertEquals(
      [refused.status, fields(refused)],
      [400, ["page_token"]],
      path,
    );
  }
});

// The token endpoint, whose errors have the form of OAuth.

for (
  const [name, authorization, form, status, error] of [
    [
      "without credentials",
      undefined,
      "grant_type=client_credentials",
      401,
      "invalid_client",
    ],
    [
      "with another secret",
      `Basic ${btoa("sandbox-key:x")}`,
      "grant_type=client_credentials",
      401,
      "invalid_client",
    ],
    ["without a grant type", BASIC, "", 400, "invalid_request"],
    [
      "with another grant type",
      BASIC,
      "grant_type=password",
      400,
      "unsupported_grant_type",
    ],
  ] as const
) {
  Deno.test(`a token request ${name} is refused in the form of OAuth`, async () => {
    using client = openClient();
    const answer = await client.sandbox.fetch(
      new Request("http://sandbox/oauth2/token", {
        method: "POST",
        headers: {
          "content-type": "application/x-www-form-urlencoded",
          ...(authorization ? { authorization } : {}),
        },
        body: form,
      }),
    );
    assertEquals(answer.status, status);
    assertEquals(
      answer.headers.get("www-authenticate"),
      status === 401 ? "Basic" : null,
    );
    const body = await answer.json();
    assertEquals([Object.keys(body), body.error], [
      ["error", "error_description"],
      error,
    ]);
    assertMatch(body.error_description, /./);
  });
}

for (
  const [http, status, detail] of [
    [403, "PERMISSION_DENIED", "BILLING_CREDIT_LIMIT_BREACHED"],
    [429, "RESOURCE_EXHAUSTED", '"retryDelay":"1s"'],
    [500, "INTERNAL", ""],
    [503, "UNAVAILABLE", ""],
  ] as const
) {
  Deno.test(`a rule makes every host answer ${http} ${status}`, async () => {
    using client = openClient();
    await client.call("POST", "/_sandbox/rules", { rules: [{ http }] });
    for (
      const [method, path] of [["GET", `${P}/apps`], ["GET", TEMPLATES], [
        "POST",
        `${P}/messages:send`,
      ]] as const
    ) {
      const { status: answered, body } = await client.call(method, path);
      assertEquals(
        [answered, body.error.code, body.error.status],
        [http, http, status],
      );
      assertStringIncludes(JSON.stringify(body.error.details), detail);
    }
    // The token endpoint is another host, and the sandbox's own are none.
    const own = await client.call("GET", "/_sandbox/rules");
    assertEquals(own.status, 200);
  });
}
