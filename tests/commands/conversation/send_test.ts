/** `send` beside the message itself: whom, where, how, and what is shown. */
import {
  assertEquals,
  assertMatch,
  assertNotMatch,
  assertStringIncludes,
} from "@std/assert";
import { type CliOptions, type CliRun, runCli } from "../../run_cli.ts";
import { SandboxServer } from "../../sandbox_server.ts";

const PHONE = "+15551234567";
const APP = "01HW7APP0000000000000000AA";
const ULID = /^[0-9A-Z]{26}$/;

function send(args: string[], options?: CliOptions): Promise<CliRun> {
  return runCli(["conversation", "send", ...args], options);
}

/** The body of the request that these arguments would send. */
// deno-lint-ignore no-explicit-any -- JSON
async function body(args: string[], options: CliOptions = {}): Promise<any> {
  const run = await send([...args, "--dry-run"], {
    ...options,
    env: { SINCH_APP_ID: APP, ...options.env },
  });
  // What a channel makes of the message is tested elsewhere.
  const others = run.stderr.replace(/^Warning: .*\n/gm, "");
  assertEquals([run.code, others, run.requests.length], [0, "", 0]);
  return JSON.parse(run.stdout).body;
}

function identities(channel: string, identity: string) {
  return { identified_by: { channel_identities: [{ channel, identity }] } };
}

Deno.test("a phone number is sent in E.164, however it is written", async () => {
  for (
    const written of [
      "+15551234567",
      "+1 555 123 45 67",
      "+1 (555) 123-4567",
      "+1.555.123.4567",
      " +1\u00a0555\u2011123\u20114567 ",
      "\u202a+15551234567\u202c",
      "+1/555/1234567",
    ]
  ) {
    const { recipient } = await body([written, "Hi", "-c", "SMS"]);
    assertEquals(recipient, identities("SMS", PHONE));
  }
  for (const number of ["+46700000001", "+447400123456", "+4915112345678"]) {
    const { recipient } = await body([number, "Hi", "-c", "WHATSAPP"]);
    assertEquals(recipient, identities("WHATSAPP", number));
  }
});

Deno.test("every channel of the API is taken in any case, VIBER as VIBERBM", async () => {
  for (
    const [written, channel] of [
      ["sms", "SMS"],
      ["WhatsApp", "WHATSAPP"],
      ["viber", "VIBERBM"],
      ["VIBERBM", "VIBERBM"],
      ["rcs", "RCS"],
      ["mms", "MMS"],
      ["KakaoTalk", "KAKAOTALK"],
    ] as const
  ) {
    const { recipient } = await body([PHONE, "Hi", "-c", written]);
    assertEquals(recipient, identities(channel, PHONE));
  }
  for (
    const channel of [
      "MESSENGER",
      "INSTAGRAM",
      "TELEGRAM",
      "LINE",
      "WECHAT",
      "KAKAOTALKCHAT",
      "APPLEBC",
    ]
  ) {
    const { recipient } = await body(["U-4af/49", "Hi", "-c", channel]);
    assertEquals(recipient, identities(channel, "U-4af/49"));
  }
});

Deno.test("a contact is addressed by its ID, and then one argument is the message", async () => {
  const sent = await body(["--contact", "01HCONTACT", "Hi"]);
  assertEquals(sent, {
    app_id: APP,
    recipient: { contact_id: "01HCONTACT" },
    message: { text_message: { text: "Hi" } },
  });
  const onRcs = await body(["--contact", "01HCONTACT", "Hi", "-c", "RCS"]);
  assertEquals(onRcs.channel_priority_order, ["RCS"]);
});

Deno.test("a fallback gives an identity and an order to each channel", async () => {
  const sent = await body([
    PHONE,
    "Hi",
    "-c",
    "RCS",
    "--fallback",
    "viber, sms",
  ]);
  assertEquals(sent.channel_priority_order, ["RCS", "VIBERBM", "SMS"]);
  assertEquals(sent.recipient.identified_by.channel_identities, [
    { channel: "RCS", identity: PHONE },
    { channel: "VIBERBM", identity: PHONE },
    { channel: "SMS", identity: PHONE },
  ]);
});

Deno.test("what has a flag beside the message stands in the request", async () => {
  const sent = await body([
    PHONE,
    "Hi",
    ...["-c", "SMS", "-a", "01OTHER", "--from", "ACME", "--ttl", "5m"],
    ...["--property", "SMS_FLASH_MESSAGE=true", "--property", "X=a=b"],
    ...["--metadata", '{\n  "order": 17\n}', "--queue", "high"],
    ...["--conversation-metadata", '{"customer":"c-9"}'],
    ...["--callback-url", "https://example.com/dr", "--correlation-id", "c17"],
    ...["--processing-strategy", "default"],
  ]);
  assertEquals(sent, {
    app_id: "01OTHER",
    recipient: identities("SMS", PHONE),
    message: { text_message: { text: "Hi" } },
    channel_properties: {
      SMS_FLASH_MESSAGE: "true",
      X: "a=b",
      SMS_SENDER: "ACME",
    },
    message_metadata: '{"order":17}',
    conversation_metadata: { customer: "c-9" },
    callback_url: "https://example.com/dr",
    ttl: "300s",
    queue: "HIGH_PRIORITY",
    processing_strategy: "DEFAULT",
    correlation_id: "c17",
  });
});

Deno.test("a time to live is written in seconds, minutes, hours or days", async () => {
  for (
    const [written, ttl] of [
      ["3", "3s"],
      ["10s", "10s"],
      ["5m", "300s"],
      ["1h", "3600s"],
      ["2d", "172800s"],
    ] as const
  ) {
    const sent = await body([PHONE, "Hi", "-c", "SMS", "--ttl", written]);
    assertEquals(sent.ttl, ttl);
  }
});

Deno.test("a sender goes to SMS and MMS only; a default one gives way", async () => {
  const env = { SINCH_SMS_SENDER_ID: "ACME" };
  const sms = await body([PHONE, "Hi", "-c", "SMS"], { env });
  assertEquals(sms.channel_properties, { SMS_SENDER: "ACME" });
  const rcs = await body([PHONE, "Hi", "-c", "RCS"], { env });
  assertEquals(rcs.channel_properties, undefined);
  const mms = await body([
    PHONE,
    "Hi",
    "-c",
    "MMS",
    "--from",
    "+1 555 765 4321",
  ]);
  assertEquals(mms.channel_properties, { MMS_SENDER: "+15557654321" });
  const both = await body(
    [PHONE, "Hi", "-c", "RCS", "--fallback", "SMS", "--from", "12345"],
    { env },
  );
  assertEquals(both.channel_properties, { SMS_SENDER: "12345" });
  const own = await body(
    [PHONE, "Hi", "-c", "SMS", "--property", "SMS_SENDER=OTHER"],
    { env },
  );
  assertEquals(own.channel_properties, { SMS_SENDER: "OTHER" });
});

Deno.test("app and channel come from flag, variable, in this order", async () => {
  const env = { SINCH_APP_ID: "01VARIABLE", SINCH_CHANNEL: "RCS" };
  const variable = await body([PHONE, "Hi"], { env });
  assertEquals(variable.app_id, "01VARIABLE");
  assertEquals(variable.recipient, identities("RCS", PHONE));
  const flag = await body([PHONE, "Hi", "-c", "SMS", "-a", "01FLAG"], { env });
  assertEquals(flag.app_id, "01FLAG");
  assertEquals(flag.recipient, identities("SMS", PHONE));
});

Deno.test("texts and JSON come from files and from standard input", async () => {
  const home = await Deno.makeTempDir();
  const file = async (name: string, text: string) => {
    await Deno.writeTextFile(`${home}/${name}`, text);
    return `@${home}/${name}`;
  };
  try {
    const message = await file("message.txt", "\ufeffTwo\nlines 😀\n");
    assertEquals(
      (await body([PHONE, message, "-c", "SMS"])).message,
      { text_message: { text: "Two\nlines 😀" } },
    );
    assertEquals(
      (await body([PHONE, "-", "-c", "SMS"], { stdin: "From a pipe\n" }))
        .message,
      { text_message: { text: "From a pipe" } },
    );
    assertEquals(
      (await body([PHONE, "@@everyone", "-c", "SMS"])).message,
      { text_message: { text: "@everyone" } },
    );
    const card = await file("card.json", '{"title":"A"}');
    const cards = await body(
      [PHONE, "-c", "RCS", "-t", "carousel", "--card", card, "--card", "-"],
      { stdin: '{"title":"B"}' },
    );
    assertEquals(
      cards.message,
      { carousel_message: { cards: [{ title: "A" }, { title: "B" }] } },
    );
    const params = await file("params.json", '{"name":"Ada"}');
    const metadata = await file("metadata.json", "[\n1\n]");
    const template = await body([
      PHONE,
      ...["-c", "SMS", "--template", "t", "--params", params],
      ...["--metadata", metadata],
    ]);
    assertEquals(
      template.message.template_message.omni_template.parameters,
      { name: "Ada" },
    );
    assertEquals(template.message_metadata, "[1]");
    const raw = await body([PHONE, "-c", "SMS", "--json-message", "-"], {
      stdin: '{"text_message":{"text":"raw"}}',
    });
    assertEquals(raw.message, { text_message: { text: "raw" } });
  } finally {
    await Deno.remove(home, { recursive: true });
  }
});

Deno.test("a send with app, channel and a kept token is exactly one request", async () => {
  await using api = new SandboxServer();
  const home = await Deno.makeTempDir();
  try {
    const options = { env: api.env, fetch, home };
    const args = [PHONE, "Hi", "-c", "SMS"];
    assertEquals((await send(args, options)).requests.length, 2);
    const { requests } = await send(args, options);
    assertEquals(
      requests.map(({ method, url }) => `${method} ${new URL(url).pathname}`),
      ["POST /v1/projects/sandbox-project/messages:send"],
    );
    assertEquals(api.calls.length, 2);
  } finally {
    await Deno.remove(home, { recursive: true });
  }
});

Deno.test("what was accepted is shown in a block, or as the API's own JSON", async () => {
  await using api = new SandboxServer();
  const options = { env: api.env, fetch };
  const pipe = await send([PHONE, "Hi", "-c", "SMS"], options);
  const [first, ...rows] = pipe.stdout.trimEnd().split("\n");
  assertEquals(first, "✔ Message accepted");
  const shown = Object.fromEntries(
    rows.map((row) => row.trim().split(/\s{2,}/)),
  );
  assertMatch(shown["Message ID"], ULID);
  assertMatch(shown["Accepted"], /^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  assertEquals(
    [shown.Type, shown.Channel, shown.To, shown.App],
    ["text", "SMS", PHONE, api.env.SINCH_APP_ID],
  );
  assertEquals(pipe.stderr, "");

  const terminal = await send([PHONE, "Hi", "-c", "SMS"], {
    ...options,
    terminal: true,
  });
  assertStringIncludes(terminal.stdout, "Message accepted");
  assertMatch(terminal.stdout, / \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC/);
  assertMatch(terminal.stderr, /Delivery is reported to webhooks/);

  const json = await send([PHONE, "Hi", "-c", "SMS", "--json"], options);
  const answer = JSON.parse(json.stdout);
  assertEquals(Object.keys(answer), ["message_id", "accepted_time"]);
  assertEquals(json.stdout, `${JSON.stringify(answer, null, 2)}\n`);
  assertEquals(json.stderr, "");
});

Deno.test("the block of a contact with a fallback names both", async () => {
  await using api = new SandboxServer();
  const { contacts: [contact] } = await api.ask("GET", "contacts");
  const { stdout, code } = await send(
    ["--contact", contact.id, "Hi", "-c", "RCS", "--fallback", "SMS"],
    { env: api.env, fetch },
  );
  assertEquals(code, 0);
  assertMatch(stdout, /Channel +RCS, then SMS\n/);
  assertMatch(stdout, new RegExp(`To +contact ${contact.id}\n`));
});

Deno.test("the project's only app and its only channel need no flag", async () => {
  await using api = new SandboxServer();
  const [only] = (await api.ask("GET", "apps")).apps;
  await api.ask("PATCH", `apps/${only.id}?update_mask=channel_credentials`, {
    channel_credentials: [{
      channel: "RCS",
      static_bearer: { claimed_identity: "a", token: "b" },
    }],
  });
  const { SINCH_APP_ID: _, ...env } = api.env;
  const run = await send([PHONE, "Hi"], { env, fetch });
  assertEquals(run.code, 0, run.stderr);
  assertMatch(run.stdout, /Channel +RCS\n/);
  assertStringIncludes(run.stderr, `only app: "Sandbox" (${only.id})`);
  assertStringIncludes(run.stderr, "only channel: RCS");
  assertEquals(
    api.calls.map((call) => call.replace("/v1/projects/sandbox-project", "")),
    ["GET /apps", "POST /messages:send"],
  );
});

Deno.test("of several apps or channels none is chosen, and nothing is sent", async () => {
  await using api = new SandboxServer();
  const channels = await send([PHONE, "Hi"], { env: api.env, fetch });
  assertEquals(channels.code, 2);
  assertMatch(channels.stderr, /Missing --channel.*SMS, WHATSAPP, RCS/);

  await api.ask("POST", "apps", {
    display_name: "Second",
    channel_credentials: [],
  });
  const { SINCH_APP_ID: _, ...env } = api.env;
  const apps = await send([PHONE, "Hi", "-c", "SMS"], { env, fetch });
  assertEquals(apps.code, 2);
  for (const way of ["--app", "SINCH_APP_ID", "sinch config set"]) {
    assertStringIncludes(apps.stderr, way);
  }
  assertNotMatch(api.calls.join("\n"), /messages:send/);
});

Deno.test("without a terminal, in CI or with --non-interactive nothing is asked", async () => {
  const terminal = true;
  const env = { SINCH_APP_ID: APP };
  const cases: [string[], CliOptions][] = [
    [[PHONE, "-c", "SMS"], { env }],
    [[PHONE, "-c", "SMS"], { env: { ...env, CI: "true" }, terminal }],
    [[PHONE, "-c", "SMS", "--json"], { env, terminal }],
    [[PHONE, "-c", "SMS", "--non-interactive"], { env, terminal }],
    [[PHONE, "-c", "SMS"], { env, terminal: { stdin: true, stderr: true } }],
  ];
  for (const [args, options] of cases) {
    const run = await send(args, options);
    assertEquals([run.code, run.stdout, run.requests.length], [2, "", 0]);
    assertStringIncludes(run.stderr, "message");
  }
});

Deno.test("an answer without message_id is no success", async () => {
  const run = await send([PHONE, "Hi", "-c", "SMS", "--json"], {
    env: {
      SINCH_PROJECT_ID: "p",
      SINCH_KEY_ID: "k",
      SINCH_KEY_SECRET: "s",
      SINCH_APP_ID: APP,
    },
    fetch: (request) =>
      Promise.resolve(Response.json(
        request.url.endsWith("/oauth2/token")
          ? { access_token: "token", expires_in: 3600 }
          : {},
      )),
  });
  assertEquals([run.code, run.stdout, run.requests.length], [5, "", 2]);
  assertEquals(JSON.parse(run.stderr).error.code, "OUTCOME_UNKNOWN");
});

Deno.test("a template parameter is shown as it is, whatever its name", async () => {
  const { message } = await body([
    PHONE,
    ...["-c", "SMS", "--template", "code", "--params", '{"token":"1234"}'],
  ]);
  assertEquals(
    message.template_message.omni_template.parameters,
    { token: "1234" },
  );
});

Deno.test("the help has the documented flags first and the common ones last", async () => {
  const { stdout, code } = await send(["--help"]);
  assertEquals(code, 0);
  const places = [
    "Usage\n  sinch conversation send [recipient] [message] [options]",
    "\nOptions\n  -c, --channel <channel>",
    "-a, --app <app-id>",
    "-t, --type <type>",
    "-m, --media <url>",
    "--caption <text>",
    "--template <name>",
    "-p, --params <json>",
    "--location ",
    "--lat <latitude>",
    "--lng <longitude>",
    "-n, --name <name>",
    "--json-message <json>",
    "\nContent options\n",
    "\nDelivery options\n",
    "--dry-run",
    "\nCommon options\n",
    "--json,",
    "\nExamples\n",
    'sinch conversation send +15551234567 "Hello from Sinch" --channel SMS',
  ].map((text) => [text, stdout.indexOf(text)] as const);
  assertEquals(places.filter(([, place]) => place < 0), []);
  assertEquals(places, places.toSorted(([, a], [, b]) => a - b));
});
