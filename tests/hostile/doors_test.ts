/**
 * What a server says reaches no terminal with anything that could drive it, and
 * no output with a secret: every command, in every form, counted byte by byte.
 */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { runAgainst } from "./program.ts";
import { HostileServer, type Reply, type Seen } from "./server.ts";

/** Each of them between letters, so that nothing can be joined to anything. */
const DRIVING = [
  ...["\x1b]0;title\x07", "\x1b[2J", "\x1b[31m", "\x9b2J", "\x00", "\x08"],
  ...["\r", "\x7f", "\x85", "\u061c", "\u200b", "\u200e", "\u202e", "\u2028"],
  ...["\u2029", "\u2066", "\u00ad", "\u034f", "\u3164", "\ufeff", "\ufff9"],
  ...["\ufdd0\ufdd1", "\uffff", "\u{e0041}\u{e0042}", "\u{e01ef}", "\u{1d173}"],
];
const EVIL = DRIVING.map((each) => `x${each}y`).join("");

/** What no output may have: a pipe has no styling, and its lines end in `\n`. */
const FOUND =
  // deno-lint-ignore no-control-regex
  /[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufdd0-\ufdef\ufeff\ufff9-\ufffb\uffff]|[\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}]/u;

/** Every field that some command shows. */
const THING = {
  id: EVIL,
  app_id: EVIL,
  contact_id: EVIL,
  conversation_id: EVIL,
  message_id: EVIL,
  display_name: EVIL,
  description: EVIL,
  name: EVIL,
  target: `https://${EVIL}`,
  target_type: EVIL,
  triggers: [EVIL],
  channel_credentials: [{
    channel: EVIL,
    state: { status: EVIL, description: EVIL },
  }],
  channel_identities: [{ channel: EVIL, identity: EVIL, app_id: EVIL }],
  channel_identity: { channel: EVIL, identity: EVIL },
  active: true,
  active_channel: EVIL,
  default_translation: EVIL,
  translations: [{ language_code: EVIL, version: EVIL }],
  email: EVIL,
  external_id: EVIL,
  language: EVIL,
  metadata: EVIL,
  accept_time: EVIL,
  accepted_time: EVIL,
  create_time: EVIL,
  update_time: EVIL,
  last_received: EVIL,
  direction: EVIL,
  processing_mode: "DISPATCH",
  app_message: { text_message: { text: EVIL } },
};

const ANSWER = {
  ...THING,
  now: EVIL,
  ahead_ms: 0,
  message: THING,
  shown: null,
  reports: [],
  next: null,
  callbacks: [{ ...THING, status: EVIL, tries: 1, trigger: EVIL }],
  rules: [{ id: EVIL, channel: EVIL }],
  apps: [THING, THING],
  contacts: [THING],
  conversations: [THING],
  messages: [THING],
  webhooks: [THING],
  templates: [THING],
  [EVIL]: EVIL,
};

const ERROR = {
  error: {
    code: EVIL,
    status: EVIL,
    message: EVIL,
    details: [{ field_violations: [{ field: EVIL, description: EVIL }] }],
  },
};

const CONVERSATION: string[][] = [
  ["apps", "list"],
  ["apps", "get", "A"],
  ["apps", "create", "N"],
  ["apps", "update", "A", "--name", "N"],
  ["apps", "delete", "A", "--force"],
  ["contacts", "list"],
  ["contacts", "get", "C"],
  ["contacts", "create", "--phone", "+15551234567"],
  ["contacts", "update", "C", "--name", "N"],
  ["contacts", "delete", "C", "--force"],
  ["contacts", "merge", "C", "D", "--force"],
  ["conversations", "list"],
  ["conversations", "get", "V"],
  ["conversations", "stop", "V"],
  ["messages", "list"],
  ["messages", "get", "M"],
  ["messages", "update", "M", "--metadata", EVIL],
  ["messages", "delete", "M", "--force"],
  ["webhooks", "list"],
  ["webhooks", "get", "W"],
  ["webhooks", "create", "--target", "https://example.com", "-t", "OPT_IN"],
  ["webhooks", "update", "W", "--triggers", "OPT_IN"],
  ["webhooks", "delete", "W", "--force"],
  ["templates", "list"],
  ["templates", "get", "T"],
  ["templates", "create", "--text", EVIL],
  ["templates", "delete", "T", "--force"],
  ["send", "+15551234567", EVIL, "-c", "SMS"],
  ["send", "+15551234567", "Hello"],
];

const COMMANDS: string[][] = [
  ...CONVERSATION.map((command) => ["conversation", ...command]),
  ["auth", "status"],
  ["auth", "status", "--verify"],
  ["doctor"],
  ["config", "list"],
  ["auth", "token"],
  ["sandbox", "show", "M"],
  ["sandbox", "callbacks"],
  ["sandbox", "clock"],
  ["sandbox", "rule", "list"],
  ["sandbox", "reply", "+15551234567", "Hi"],
  ["sandbox", "tap", "M", "1"],
  ["sandbox", "trigger", "OPT_IN"],
];

const FORMS: string[][] = [
  [],
  ["--json"],
  ["--debug"],
  ["--curl"],
  ["--query", "@"],
];
const CHANGES = ["create", "update", "delete", "merge", "stop", "send"];

const REPLIES: Record<string, Reply> = {
  "an answer": { status: 200, body: ANSWER },
  "a refusal": { status: 400, body: ERROR },
  "no JSON": { status: 502, body: EVIL.slice(0, 190).replaceAll("\0", "") },
};

function start(
  reply: (request: Seen) => Reply | undefined,
): Promise<HostileServer> {
  return HostileServer.start({ reply });
}

/** The first fault with some of what is around it; nothing where all is well. */
function fault(text: string): string | undefined {
  const at = text.search(FOUND);
  return at < 0 ? undefined : JSON.stringify(text.slice(at - 60, at + 20));
}

for (const [name, reply] of Object.entries(REPLIES)) {
  Deno.test(`no escape leaves any command where the server gives ${name}`, async () => {
    await using server = await start(({ url }) =>
      url === "/oauth2/token"
        ? undefined
        : url === "/_sandbox/health"
        ? { status: 200, body: { status: "ok" } }
        : reply
    );
    let shown = 0;
    for (const command of COMMANDS) {
      const isChange = command.some((word) => CHANGES.includes(word));
      for (const form of isChange ? [...FORMS, ["--dry-run"]] : FORMS) {
        const args = [...command, ...form];
        const run = await runAgainst(server, args, {
          env: { SINCH_APP_ID: "A", SINCH_DEBUG: "1" },
        });
        for (const text of [run.stdout, run.stderr]) {
          // Something of it must be there, made visible.
          if (/␛|\\u001b/.test(text)) shown++;
          assertEquals(fault(text), undefined, args.join(" "));
        }
      }
    }
    assert(shown > 50, `${shown} texts`);
  });
}

Deno.test("a terminal gets our own styling and nothing else", async () => {
  await using server = await start(({ url }) =>
    url === "/oauth2/token" ? undefined : REPLIES["an answer"]
  );
  for (const command of COMMANDS) {
    const run = await runAgainst(server, [...command, "--non-interactive"], {
      terminal: true,
      env: { SINCH_APP_ID: "A" },
    });
    const text = run.stdout + run.stderr;
    // deno-lint-ignore no-control-regex
    const plain = text.replace(/\x1b\[(?:1|2|22|31|32|33|36|39)m/g, "");
    assertEquals(fault(plain), undefined, command.join(" "));
  }
  const { stdout } = await runAgainst(
    server,
    ["conversation", "apps", "get", "A"],
    { terminal: true },
  );
  assertStringIncludes(stdout, "\x1b[");
});

/** As a server could repeat them. */
const SECRET = "k3y/secret+0f==the project";
const WEBHOOK_SECRET = "webhook-secret-4711";

Deno.test("no secret is in any output, however the server repeats it", async () => {
  const credentials = {
    SINCH_PROJECT_ID: "P",
    SINCH_KEY_ID: "K",
    SINCH_KEY_SECRET: SECRET,
    SINCH_APP_ID: "A",
    HTTPS_PROXY: "me:proxy-password@localhost:1",
  };
  const pair = new TextEncoder().encode(`K:${SECRET}`).toBase64();
  const seenTokens: string[] = [];
  for (const tokenFails of [false, true]) {
    await using server = await start(({ url, headers, body }) => {
      const bearer = headers.get("authorization") ?? "";
      seenTokens.push(bearer.replace(/^\w+ /, ""));
      if (url === "/oauth2/token" && !tokenFails) return undefined;
      const message = `${"x".repeat(450)} ${bearer} ${SECRET} ${pair} ` +
        `${encodeURIComponent(SECRET)} ${body}`;
      return { status: 403, body: { error: { message, status: message } } };
    });
    const commands = COMMANDS.filter((args) =>
      // To print one is the purpose of `auth token`.
      !args.includes(EVIL) && args[1] !== "token"
    );
    for (const command of commands) {
      const args = command[1] === "webhooks" && command[2] === "create"
        ? [...command, "--secret", WEBHOOK_SECRET]
        : command;
      for (const form of [[], ["--json", "--debug"]]) {
        const run = await runAgainst(server, [...args, ...form], {
          env: { ...credentials, SINCH_DEBUG: "1" },
        });
        const text = run.stdout + run.stderr;
        const secrets = [SECRET, pair, encodeURIComponent(SECRET)];
        for (
          const secret of [
            ...secrets,
            WEBHOOK_SECRET,
            "proxy-password",
            ...seenTokens,
          ]
        ) {
          const half = secret.slice(0, Math.ceil(secret.length / 2));
          assert(
            secret === "" || !text.includes(half.length < 8 ? secret : half),
            `${secret} in ${[...args, ...form].join(" ")}: ${text}`,
          );
        }
      }
    }
  }
});

Deno.test("a secret in a name is masked before the cell is cut", async () => {
  const app = { id: "A", display_name: `Name ${SECRET}`.repeat(9) };
  await using server = await start(({ url }) =>
    url === "/oauth2/token" ? undefined : { status: 200, body: { apps: [app] } }
  );
  const run = await runAgainst(server, ["conversation", "apps", "list"], {
    env: {
      SINCH_PROJECT_ID: "P",
      SINCH_KEY_ID: "K",
      SINCH_KEY_SECRET: SECRET,
    },
    terminal: true,
    columns: 40,
  });
  assertEquals(run.code, 0, run.stderr);
  assert(!run.stdout.includes(SECRET.slice(0, 8)), run.stdout);
  assertStringIncludes(run.stdout, "••••");
});

Deno.test("what is suggested for pasting quotes what came from the server", async () => {
  const id = "W1; touch x $(touch y) 'z'";
  const quoted = `'W1; touch x $(touch y) '\\''z'\\'''`;
  await using server = await start(({ url }) =>
    url === "/oauth2/token" ? undefined : {
      status: 200,
      body: { ...THING, id, app: { id }, target_type: "DISMISS" },
    }
  );
  const flags = ["--region=eu", "--profile", "default"];
  const create = ["create", "--target", "https://example.com", "-t", "OPT_IN"];
  const run = await runAgainst(server, [
    ...["conversation", "webhooks", ...create, "--app", "A"],
    ...flags,
  ]);
  assertStringIncludes(
    run.stderr,
    `sinch conversation webhooks update ${quoted} --target-type HTTP ` +
      "--profile default --region eu",
  );
  await using dashed = await HostileServer.start({
    reply: ({ url }) =>
      url === "/oauth2/token"
        ? undefined
        : { status: 200, body: { id: "--force", processing_mode: "DISPATCH" } },
  });
  const made = await runAgainst(
    dashed,
    ["conversation", "apps", "create", "N"],
    { terminal: true },
  );
  assertStringIncludes(made.stderr, "conversation apps use <value>");
});

Deno.test("a word of 128 KB does not hold a list up", async () => {
  const words = ["a", "1", "a1", "https://a", "漢", "\u200d"]
    .map((piece) => piece.repeat(128 * 1024 / piece.length));
  const messages = words.map((text) => ({
    ...{ id: text, contact_id: text },
    channel_identity: { channel: "SMS", identity: text },
    app_message: { text_message: { text } },
  }));
  await using server = await start(({ url }) =>
    url === "/oauth2/token" ? undefined : { status: 200, body: { messages } }
  );
  const startedAt = performance.now();
  const run = await runAgainst(server, ["conversation", "messages", "list"], {
    terminal: true,
    columns: 80,
  });
  assertEquals(run.code, 0, run.stderr);
  const ms = performance.now() - startedAt;
  assert(ms < 8000, `${ms} ms`);
});

Deno.test("a gap of 128 KB does not hold an item up", async () => {
  const name = `a${" ".repeat(128 * 1024)}b`;
  await using server = await start(({ url }) =>
    url === "/oauth2/token"
      ? undefined
      : { status: 200, body: { ...THING, display_name: name } }
  );
  for (const terminal of [false, true]) {
    const startedAt = performance.now();
    const run = await runAgainst(
      server,
      ["conversation", "apps", "get", "A"],
      { terminal, columns: 80 },
    );
    assertEquals(run.code, 0, run.stderr);
    const ms = performance.now() - startedAt;
    assert(ms < 8000, `${ms} ms`);
  }
});
