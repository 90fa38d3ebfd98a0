/**
 * Answers of the API with a value of another type in each field: whatever is in
 * them, every command shows it, and no change that was made is denied.
 */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { ScriptedApi } from "../scripted_api.ts";

const IDENTITY = { channel: "SMS", identity: "15551234567", app_id: "APP" };
const MESSAGE = {
  id: "M1",
  direction: "TO_APP",
  contact_message: { text_message: { text: "Hello" } },
  channel_identity: IDENTITY,
  conversation_id: "V1",
  contact_id: "C1",
  metadata: "ticket",
  accept_time: "2026-01-01T00:00:00Z",
  sender_id: "Shop",
  processing_mode: "CONVERSATION",
  injected: false,
};
const CARDS = {
  id: "M1",
  app_message: {
    carousel_message: {
      cards: [{
        title: "One",
        description: "of two",
        media_message: { url: "https://example.com/1.png" },
        choices: [{ url_message: { title: "Buy", url: "https://x.test" } }],
      }],
      choices: [{ text_message: { text: "Yes" } }],
    },
  },
};
const CONTACT = {
  id: "C1",
  channel_identities: [IDENTITY],
  channel_priority: ["SMS"],
  display_name: "Ada",
  email: "ada@example.com",
  external_id: "crm-1",
  language: "EN_US",
  metadata: "vip",
};
const CONVERSATION = {
  id: "V1",
  app_id: "APP",
  contact_id: "C1",
  active: true,
  active_channel: "SMS",
  last_received: "2026-01-01T00:00:00Z",
  metadata: "",
  metadata_json: { order: 1 },
  correlation_id: "co-1",
};
const APP = {
  id: "APP",
  display_name: "Support",
  processing_mode: "DISPATCH",
  channel_credentials: [{
    channel: "SMS",
    state: { status: "FAILING", description: "wrong token" },
  }],
  retention_policy: { retention_type: "MESSAGE_EXPIRE_POLICY", ttl_days: 180 },
  dispatch_retention_policy: { ttl_days: 0 },
};
const WEBHOOK = {
  id: "W1",
  app_id: "APP",
  target: "https://example.com/hook",
  target_type: "HTTP",
  triggers: ["MESSAGE_INBOUND"],
  secret: "hush",
  client_credentials: {
    endpoint: "https://example.com/token",
    client_id: "me",
    client_secret: "hush",
    scope: "all",
  },
};
const TEMPLATE = {
  id: "T1",
  description: "Greeting",
  version: 3,
  default_translation: "en-US",
  create_time: "2026-01-01T00:00:00Z",
  update_time: "2026-01-01T00:00:00Z",
  translations: [{
    language_code: "en-US",
    version: "1",
    variables: [{ key: "name", preview_value: "Ada" }],
    channel_template_overrides: { WHATSAPP: {} },
    text_message: { text: "Hello ${name}" },
  }],
};
const TRIGGERS = ["--triggers", "MESSAGE_INBOUND"];

type Case = [args: string, answer: Record<string, unknown>];

const READS: Case[] = [
  ["messages get M1", MESSAGE],
  ["messages get M1", CARDS],
  ["messages list --limit 1", { messages: [MESSAGE], next_page_token: "" }],
  ["messages list --limit 1 --csv", { messages: [CARDS], next_page_token: "" }],
  ["contacts get C1", CONTACT],
  ["contacts list --limit 1", { contacts: [CONTACT], next_page_token: "" }],
  ["conversations get V1", CONVERSATION],
  ["conversations list --limit 1", {
    conversations: [CONVERSATION],
    next_page_token: "",
  }],
  ["apps get APP", APP],
  ["apps list", { apps: [APP] }],
  ["webhooks get W1", WEBHOOK],
  ["webhooks list", { webhooks: [WEBHOOK] }],
  ["templates get T1", TEMPLATE],
  ["templates list", { templates: [TEMPLATE] }],
];

const CHANGES: Case[] = [
  ["send +15551234567 Hello -c sms", {
    message_id: "M1",
    accepted_time: "2026-01-01T00:00:00Z",
  }],
  [`messages update M1 --metadata {"a":1}`, MESSAGE],
  ["messages delete M1 --force", {}],
  ["contacts create --phone +15551234567", CONTACT],
  ["contacts update C1 --name Ada", CONTACT],
  ["contacts merge C2 C1", CONTACT],
  ["contacts delete C1 --force", {}],
  ["conversations stop V1", {}],
  ["apps create Support", APP],
  ["apps update APP --name Support", APP],
  [
    `webhooks create --target https://example.com ${TRIGGERS.join(" ")}`,
    WEBHOOK,
  ],
  ["webhooks update W1 --oauth-scope all", WEBHOOK],
  ["templates create --text Hello", TEMPLATE],
  ["templates update T1 --text Hello", TEMPLATE],
];

const VALUES: unknown[] = [
  null,
  {},
  [],
  [[null]],
  { a: { b: [1] } },
  7,
  true,
  "constructor",
  "x".repeat(3000),
];

/** How many values each place gets, in turn; all of them with ALL_VALUES set. */
const VALUES_PER_PLACE = Deno.env.get("ALL_VALUES") ? VALUES.length : 3;

/** The answer again and again, each time with one value in one place. */
function* altered(answer: unknown): Generator<string> {
  let next = 0;
  for (const place of places(answer)) {
    for (let count = 0; count < VALUES_PER_PLACE; count++) {
      const value = VALUES[next++ % VALUES.length];
      const copy = structuredClone({ answer });
      let inner: Record<string, unknown> = copy;
      for (const key of place.slice(0, -1)) {
        inner = inner[key] as Record<string, unknown>;
      }
      inner[place.at(-1)!] = value;
      yield JSON.stringify(copy.answer);
    }
    // A number that JavaScript does not keep.
    const text = JSON.stringify({ answer }, function (key, value) {
      return key === place.at(-1) && value !== undefined ? "\u0000" : value;
    });
    yield JSON.stringify(JSON.parse(text).answer)
      .replaceAll('"\\u0000"', "12345678901234567890e9");
  }
}

function* places(
  value: unknown,
  place: string[] = ["answer"],
): Generator<string[]> {
  if (place.length > 1) yield place;
  if (typeof value !== "object" || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    yield* places(inner, [...place, key]);
  }
}

for (const [line, answer] of [...READS, ...CHANGES]) {
  Deno.test(`whatever the API answers, ${line} tells what happened`, async () => {
    await using api = new ScriptedApi();
    const home = await Deno.makeTempDir();
    const args = ["conversation", ...line.split(" ")];
    for (const text of altered(answer)) {
      for (const form of line.endsWith("--csv") ? [[]] : [[], ["--json"]]) {
        api.seen.length = 0;
        const run = await api.run([...args, ...form], text, {
          home,
          terminal: { stdout: form.length === 0 },
        });
        const told = `${text.slice(0, 300)}\n${run.stderr}`;
        assert(!/bug in sinch|"BUG"/.test(run.stderr), told);
        const isMade = api.seen.some(({ method, url }) =>
          method !== "GET" && url !== "/oauth2/token"
        );
        assert([0, 1, isMade ? 5 : 2].includes(run.code), told);
        if (isMade && run.code !== 0) {
          assert(/not known|ID |The change was/.test(run.stderr), told);
        }
      }
    }
    await Deno.remove(home, { recursive: true });
  });
}

Deno.test("whatever an error answer has in it, its status is told", async () => {
  const error = {
    code: 400,
    message: "No such app",
    status: "INVALID_ARGUMENT",
    details: [{ field_violations: [{ field: "app_id", description: "?" }] }],
  };
  const problem = {
    ...{ type: "about:blank", title: "Bad", detail: "No such app" },
    errors: [{ pointer: "/app_id", detail: "unknown" }],
  };
  await using api = new ScriptedApi();
  const home = await Deno.makeTempDir();
  const args = "conversation send +15551234567 Hello -c sms".split(" ");
  for (const answer of [{ error }, error, problem]) {
    for (const body of altered(answer)) {
      const run = await api.run(args, { status: 400, body }, { home });
      const told = `${body.slice(0, 300)}\n${run.stderr}`;
      assertEquals([run.code, run.stdout], [1, ""], told);
      assert(!run.stderr.includes("bug in sinch"), told);
    }
  }
  await Deno.remove(home, { recursive: true });
});

Deno.test("a query is checked before a message is sent", async () => {
  await using api = new ScriptedApi();
  const args = "conversation send +15551234567 Hello -c sms".split(" ");
  for (
    const query of ["foo(@)", "length()", "length(a, b)", "a[", "a.foo(@)"]
  ) {
    const run = await api.run([...args, "--query", query], ACCEPTED);
    assertEquals(run.code, 2, query);
    assertEquals(run.requests, []);
  }
});

const MAIN = new URL("../../main.ts", import.meta.url).href;
const ACCEPTED = '{"message_id":"M1","accepted_time":7}';

Deno.test("a query that cannot be applied shows the whole answer", async () => {
  await using api = new ScriptedApi();
  const query = ["--query", "length(accepted_time)"];
  const send = "conversation send +15551234567 Hello -c sms".split(" ");
  const sent = await api.run([...send, ...query], ACCEPTED);
  // 0: a script that saw a failure would send again.
  assertEquals(sent.code, 0);
  assertEquals(JSON.parse(sent.stdout), JSON.parse(ACCEPTED));
  assertStringIncludes(sent.stderr, "Warning: --query");

  const get = "conversation messages get M1 --query length(injected)".split(
    " ",
  );
  const read = await api.run(get, JSON.stringify(MESSAGE));
  assertEquals(read.code, 2);
  assertEquals(JSON.parse(read.stdout), MESSAGE);
  assertEquals(JSON.parse(read.stderr).error.code, "USAGE");

  const messages = [MESSAGE, { ...MESSAGE, injected: "x" }];
  const list = "conversation messages list --query abs(messages)".split(" ");
  const listed = await api.run(list, JSON.stringify({ messages }));
  assertEquals(listed.code, 2);
  assertEquals(JSON.parse(listed.stdout), { messages });
});

Deno.test({
  name: "a message that was accepted is told of where stdout is full",
  ignore: Deno.build.os !== "linux",
  async fn() {
    await using api = new ScriptedApi();
    api.answers = [{ status: 200, body: ACCEPTED }];
    for (const form of [[], ["--json"]]) {
      const send = "conversation send 12345 Hello -c telegram".split(" ");
      const program = ["run", "-A", "--quiet", "--no-check", MAIN];
      const { code, stderr } = await new Deno.Command("sh", {
        args: [
          ...["-c", '"$@" > /dev/full', "sh"],
          ...[Deno.execPath(), ...program, ...send, ...form],
        ],
        env: { HOME: "/nonexistent", NO_COLOR: "1", ...api.env },
      }).output();
      const told = new TextDecoder().decode(stderr);
      assertEquals(code, 1, told);
      assertStringIncludes(told, "Message accepted (ID M1)");
      assertStringIncludes(told, "No space left on device");
    }
    const sent = api.apiRequests.filter(({ method }) => method === "POST");
    assertEquals(sent.length, 2);
  },
});
