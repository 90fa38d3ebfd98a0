/** `messages list`, and with it what every list does. */
import {
  assert,
  assertEquals,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import { ClosedPipe } from "../../../../runtime/runtime.ts";
import type { CliOptions, CliRun } from "../../../run_cli.ts";
import { calls, SandboxedCli } from "../../../sandboxed_cli.ts";

const LIST = ["conversation", "messages", "list"];
const NOW = Date.parse("2026-11-03T12:00:00Z");
const clock = { now: () => NOW, sleep: () => Promise.resolve() };

const SENT = {
  id: "01HXA2MSG0000000000000001",
  direction: "TO_CONTACT",
  app_message: {
    text_message: { text: "Hello \u{1f600} from\nSinch" },
    agent: null,
  },
  channel_identity: { channel: "SMS", identity: "15551234567", app_id: "" },
  contact_id: "01HW9CON0000000000000000BB",
  conversation_id: "01HW9CNV0000000000000000CC",
  metadata: "",
  accept_time: "2026-11-03T09:14:22.118Z",
};
const RECEIVED = {
  id: "01HXA1MSG0000000000000009",
  direction: "TO_APP",
  contact_message: {
    media_message: { url: "https://example.com/p.jpg" },
    reply_to: null,
  },
  channel_identity: { channel: "WHATSAPP", identity: "46701234567" },
  accept_time: "2026-11-03T11:59:00Z",
};
const ENVELOPE = { messages: [SENT, RECEIVED], next_page_token: "" };

/** A run against one canned page. */
async function listOf(
  answer: unknown,
  args: string[] = [],
  options: CliOptions = {},
): Promise<CliRun> {
  await using cli = new SandboxedCli();
  cli.answers = [Response.json(answer)];
  return await cli.run([...LIST, ...args], { ...options, runtime: { clock } });
}

async function filled(count: number): Promise<SandboxedCli> {
  const cli = new SandboxedCli();
  for (let at = 0; at < count; at += 100) {
    const batch = Array.from(
      { length: Math.min(100, count - at) },
      (_, index) => cli.sendText(`text ${at + index}`),
    );
    await Promise.all(batch);
  }
  cli.calls.length = 0;
  return cli;
}

Deno.test("a terminal gets a table, a pipe tabs, --json the API's envelope", async (t) => {
  await t.step("terminal", async () => {
    const run = await listOf(ENVELOPE, [], {
      terminal: true,
      columns: 90,
      env: { NO_COLOR: "1" },
    });
    assertEquals(run.code, 0);
    assertEquals(run.stdout.split("\n"), [
      "TIME       CHANNEL   IDENTITY     CONTENT                        ID",
      "2h ago  →  SMS       15551234567  Hello \u{1f600} from Sinch            01HXA2MSG0000000000000001",
      "1m ago  ←  WHATSAPP  46701234567  [media] https://example.com/…  01HXA1MSG0000000000000009",
      "",
    ]);
    assertEquals(run.stderr, "\n2 messages\n");
  });
  await t.step("pipe", async () => {
    const run = await listOf(ENVELOPE);
    assertEquals(
      run.stdout,
      "01HXA2MSG0000000000000001\t2026-11-03T09:14:22.118Z\tTO_CONTACT\tSMS\t15551234567\tHello \u{1f600} from Sinch\n" +
        "01HXA1MSG0000000000000009\t2026-11-03T11:59:00Z\tTO_APP\tWHATSAPP\t46701234567\t[media] https://example.com/p.jpg\n",
    );
    assertEquals([run.code, run.stderr], [0, ""]);
  });
  await t.step("JSON", async () => {
    for (const terminal of [true, false]) {
      const run = await listOf(ENVELOPE, ["--json"], { terminal });
      assertEquals(
        run.stdout,
        JSON.stringify({ messages: [SENT, RECEIVED] }, null, 2) + "\n",
      );
      assertEquals([run.code, run.stderr], [0, ""]);
    }
  });
  await t.step("JSON Lines", async () => {
    const run = await listOf(ENVELOPE, ["--jsonl"]);
    assertEquals(
      run.stdout.split("\n").slice(0, 2).map((line) => JSON.parse(line)),
      [
        SENT,
        RECEIVED,
      ],
    );
    assertEquals([run.code, run.stderr], [0, ""]);
  });
  await t.step("CSV", async () => {
    const run = await listOf(ENVELOPE, ["--csv", "--columns", "id,content"]);
    assertEquals(
      run.stdout,
      'id,content\r\n01HXA2MSG0000000000000001,"Hello \u{1f600} from\nSinch"\r\n' +
        "01HXA1MSG0000000000000009,[media] https://example.com/p.jpg\r\n",
    );
  });
  await t.step("a column that is not shown by itself", async () => {
    const run = await listOf(ENVELOPE, ["--columns", "contact,ID"]);
    assertEquals(
      run.stdout,
      "01HW9CON0000000000000000BB\t01HXA2MSG0000000000000001\n\t01HXA1MSG0000000000000009\n",
    );
  });
});

Deno.test("an empty list is no failure, and says where else to look", async () => {
  const note =
    "No messages found.\nUse --source dispatch for messages of apps in DISPATCH mode.\n";
  for (
    const [args, terminal, stdout, stderr] of [
      [[], true, "", note],
      [[], false, "", note],
      [["--json"], true, '{\n  "messages": []\n}\n', ""],
      [["--jsonl"], false, "", note],
      [
        ["--csv"],
        false,
        "id,time,direction,channel,identity,content\r\n",
        note,
      ],
      [["--query", "length(messages)"], false, "0\n", ""],
    ] as const
  ) {
    const run = await listOf({ messages: [], next_page_token: "" }, [...args], {
      terminal,
    });
    assertEquals([run.code, run.stdout, run.stderr], [0, stdout, stderr]);
  }
  const dispatched = await listOf({}, ["--source", "dispatch"]);
  assertStringIncludes(dispatched.stderr, "dispatch retention");
});

Deno.test("a single message is one message", async () => {
  const run = await listOf({ messages: [SENT] }, [], { terminal: true });
  assertEquals(run.stderr, "\n1 message\n");
});

Deno.test("pages are followed up to the limit, and no page asks for more than is left", async (t) => {
  await using cli = await filled(2050);
  await t.step("--all", async () => {
    const run = await cli.run([...LIST, "--all", "--columns", "content"]);
    const texts = run.stdout.trimEnd().split("\n");
    assertEquals(
      texts,
      Array.from({ length: 2050 }, (_, at) => `text ${2049 - at}`),
    );
    assertEquals(run.stderr, "");
    assertEquals(
      calls(run).map((call) => call.replace(/&page_token=.+/, "&page_token")),
      [
        "GET messages?page_size=1000",
        "GET messages?page_size=1000&page_token",
        "GET messages?page_size=1000&page_token",
      ],
    );
  });
  await t.step("--limit across pages", async () => {
    const run = await cli.run([...LIST, "--limit", "1200", "--json"]);
    const { messages, next_page_token } = JSON.parse(run.stdout);
    assertEquals([messages.length, typeof next_page_token], [1200, "string"]);
    assertEquals(calls(run).map((call) => /page_size=\d+/.exec(call)?.[0]), [
      "page_size=1000",
      "page_size=200",
    ]);
  });
  await t.step("20 by default, and a word that there are more", async () => {
    const run = await cli.run(LIST);
    assertEquals(run.stdout.trimEnd().split("\n").length, 20);
    assertEquals(
      run.stderr,
      "20 messages (more available: raise --limit or use --all)\n",
    );
    assertEquals(calls(run), ["GET messages?page_size=20"]);
  });
  await t.step("rows are shown before the next page is asked for", async () => {
    const shown: number[] = [];
    let lines = 0;
    const run = await cli.run([...LIST, "--all", "--jsonl"], {
      fetch(request) {
        if (request.url.includes("/messages")) shown.push(lines);
        return fetch(request);
      },
      runtime: {
        stdout: {
          isTerminal: () => false,
          columns: () => 80,
          rows: () => 24,
          write: () => {},
          send: (text) =>
            Promise.resolve(void (lines += text.split("\n").length - 1)),
        },
      },
    });
    assertEquals([run.code, shown, lines], [0, [0, 1000, 2000], 2050]);
  });
  await t.step(
    "a reader that leaves ends it quietly, with no further request",
    async () => {
      const run = await cli.run([...LIST, "--all"], {
        runtime: {
          stdout: {
            isTerminal: () => false,
            columns: () => 80,
            rows: () => 24,
            write: () => {},
            send: () => Promise.reject(new ClosedPipe()),
          },
        },
      });
      assertEquals([run.code, run.stderr, calls(run).length], [0, "", 1]);
    },
  );
  await t.step(
    "a later page that fails leaves the rows before it",
    async () => {
      cli.answers = [undefined, problem(403, "PERMISSION_DENIED")];
      const run = await cli.run([...LIST, "--all", "--columns", "id"]);
      assertEquals(run.stdout.trimEnd().split("\n").length, 1000);
      assertEquals(run.code, 3);
      assertStringIncludes(run.stderr, "error:");
    },
  );
  await t.step("and no JSON that looks complete", async () => {
    cli.answers = [undefined, problem(403, "PERMISSION_DENIED")];
    const run = await cli.run([...LIST, "--all", "--json"]);
    assertEquals(run.code, 3);
    assert(run.stdout.length > 1000);
    assertThrows(() => JSON.parse(run.stdout), SyntaxError);
    assertEquals(JSON.parse(run.stderr).error.code, "PERMISSION_DENIED");
  });
});

Deno.test("filters go to the API, in its words", async (t) => {
  await using cli = new SandboxedCli();
  for (
    const [args, query] of [
      [["-c", "whatsapp"], "channel=WHATSAPP"],
      [["--channel", "Viber"], "channel=VIBERBM"],
      [["--identity", "+1 555-123 4567"], "channel_identity=15551234567"],
      [["--identity", "-100200"], "channel_identity=-100200"],
      [["-a", "01HW7APP"], "app_id=01HW7APP"],
      [["--contact", "01C"], "contact_id=01C"],
      [["--conversation", "01V"], "conversation_id=01V"],
      [["--direction", "to-app"], "direction=TO_APP"],
      [["--since", "2h"], "start_time=2026-11-03T10:00:00.000Z"],
      [["--until", "7d"], "end_time=2026-10-27T12:00:00.000Z"],
      [["--since", "2026-11-01"], "start_time=2026-11-01T00:00:00.000Z"],
      [
        ["--since", "2026-11-01T10:00:00+02:00"],
        "start_time=2026-11-01T08:00:00.000Z",
      ],
      [["--since", "2026-11-01 10:00"], "start_time=2026-11-01T10:00:00.000Z"],
      [["--source", "DISPATCH"], "messages_source=DISPATCH_SOURCE"],
      [["--source", "conversation"], "messages_source=CONVERSATION_SOURCE"],
      // The configured default app is none.
      [[], ""],
    ] as const
  ) {
    await t.step(args.join(" ") || "none", async () => {
      cli.answers = [Response.json({ messages: [] })];
      const run = await cli.run([...LIST, ...args], { runtime: { clock } });
      assertEquals(run.code, 0, run.stderr);
      assertEquals(calls(run), [
        `GET messages?${query.replaceAll("+", " ")}${query && "&"}page_size=20`,
      ]);
    });
  }
});

Deno.test("what cannot be meant is refused before anything is requested", async (t) => {
  await using cli = new SandboxedCli();
  for (
    const [args, says] of [
      [
        ["--limit", "0"],
        '--limit must be a whole number of at least 1, got "0"',
      ],
      [["--limit", "-5"], "--limit"],
      [["--limit", "1.5"], "--limit"],
      [["--limit", "1e3"], "--limit"],
      [["-l", "ten"], "--limit"],
      [["--limit", "5", "--all"], "--all and --limit cannot be used together"],
      [["--json", "--jsonl"], "--jsonl and --json cannot be used together"],
      [["--json", "--csv"], "--csv and --json cannot be used together"],
      [["--csv", "--jsonl"], "--csv and --jsonl cannot be used together"],
      [["--csv", "--query", "a"], "--csv and --query cannot be used together"],
      [
        ["--json", "--columns", "id"],
        "--columns and --json cannot be used together",
      ],
      [["--columns", "id,no"], "--columns must be"],
      [["--columns", "no"], "id, time, direction, channel, identity, content"],
      [["--query", "a["], '--query \\"a[\\"'],
      [["--channel", "FOO"], "--channel"],
      [["--channel", "WHATSAP"], "Did you mean WHATSAPP"],
      [["--direction", "up"], "--direction must be TO_APP or TO_CONTACT"],
      [["--source", "both"], "--source must be conversation or dispatch"],
      [
        ["--since", "tomorrow"],
        '--since must be a time, a date or a duration, got "tomorrow"',
      ],
      [["--since", "2026-02-30"], "--since"],
      [["--since", "2026-13-01T00:00:00Z"], "--since"],
      [["--since", "1h", "--until", "2h"], "--since must be before --until"],
      [
        ["--contact", "a", "--source", "dispatch"],
        "--contact and --source dispatch",
      ],
      [
        ["--conversation", "a", "--source", "dispatch"],
        "--conversation and --source dispatch",
      ],
      [["--chanel", "SMS"], "--channel"],
      [["word"], 'Unexpected argument "word"'],
    ] as const
  ) {
    await t.step(args.join(" "), async () => {
      const run = await cli.run([...LIST, ...args]);
      assertEquals([run.code, run.stdout, run.requests.length], [2, "", 0]);
      assertStringIncludes(run.stderr, says);
    });
  }
});

Deno.test("a refused first page leaves stdout empty, in every form", async (t) => {
  await using cli = new SandboxedCli();
  for (const form of [[], ["--json"], ["--jsonl"], ["--csv"]]) {
    for (
      const [status, word, code] of [
        [401, "UNAUTHENTICATED", 3],
        [404, "NOT_FOUND", 4],
        [500, "INTERNAL", 1],
      ] as const
    ) {
      await t.step(`${status} ${form}`, async () => {
        cli.answers = Array.from({ length: 3 }, () => problem(status, word));
        const run = await cli.run([...LIST, ...form]);
        assertEquals([run.code, run.stdout], [code, ""]);
        assertStringIncludes(run.stderr, "No luck.");
        if (form[0]?.startsWith("--json")) {
          assertEquals(JSON.parse(run.stderr).error.status, status);
        }
      });
    }
  }
});

Deno.test("a 500 that passes is not noticed", async () => {
  await using cli = new SandboxedCli();
  await cli.sendText("still here");
  cli.answers = [problem(500, "INTERNAL"), problem(503, "UNAVAILABLE")];
  const run = await cli.run([...LIST, "--columns", "content"]);
  assertEquals([run.code, run.stdout, run.stderr], [0, "still here\n", ""]);
  assertEquals(calls(run).length, 3);
});

Deno.test("an escape sequence moves no cursor, and is exact in JSON", async () => {
  const text = "\x1b]0;title\x07\x9b31mred\u202e";
  const answer = {
    messages: [{ ...SENT, app_message: { text_message: { text } } }],
  };
  for (const terminal of [true, false]) {
    const { stdout } = await listOf(answer, ["--columns", "content"], {
      terminal,
      env: { NO_COLOR: "1" },
    });
    assertStringIncludes(stdout, "␛]0;title␇�31mred�");
  }
  const json = await listOf(answer, ["--json"]);
  assertEquals(JSON.parse(json.stdout), answer);
  // deno-lint-ignore no-control-regex
  assertEquals(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]/.test(json.stdout), false);
});

Deno.test("--query picks from the envelope, and with --jsonl from each message", async () => {
  const all = await listOf(ENVELOPE, [
    "--query",
    "messages[?direction=='TO_APP'].id",
  ]);
  assertEquals(all.stdout, '[\n  "01HXA1MSG0000000000000009"\n]\n');
  const each = await listOf(ENVELOPE, ["--jsonl", "--query", "id"]);
  assertEquals(
    each.stdout,
    '"01HXA2MSG0000000000000001"\n"01HXA1MSG0000000000000009"\n',
  );
  const wrong = await listOf(ENVELOPE, ["--query", "abs('x')"]);
  assertEquals(wrong.code, 2);
  assertEquals(JSON.parse(wrong.stdout).messages, ENVELOPE.messages);
  assertStringIncludes(JSON.parse(wrong.stderr).error.message, "abs()");
});

Deno.test("messages of a DISPATCH app are listed from their own source", async () => {
  await using cli = new SandboxedCli();
  const app = await cli.ask("POST", "apps", {
    display_name: "Alerts",
    channel_credentials: [],
    processing_mode: "DISPATCH",
    dispatch_retention_policy: {
      retention_type: "MESSAGE_EXPIRE_POLICY",
      ttl_days: 7,
    },
  });
  await cli.ask("POST", "messages:send", {
    app_id: app.id,
    recipient: {
      identified_by: {
        channel_identities: [{ channel: "SMS", identity: "15551234567" }],
      },
    },
    message: { text_message: { text: "Alert" } },
  });
  const columns = ["--columns", "mode,content"];
  const other = await cli.run([...LIST, ...columns]);
  assertStringIncludes(other.stderr, "--source dispatch");
  const run = await cli.run([...LIST, ...columns, "--source", "dispatch"]);
  assertEquals([run.stdout, run.stderr], ["DISPATCH\tAlert\n", ""]);
});

function problem(code: number, status: string): Response {
  const error = { code, status, message: "No luck.", details: [] };
  return Response.json({ error }, { status: code });
}
