/**
 * Requests that no client would send, over plain sockets, to a real process:
 * each is answered in the API's form or refused, and none leaves a trace.
 */
import { assert, assertEquals } from "@std/assert";
import { type RawAnswer, sendRaw } from "../raw_http.ts";
import { SandboxProcess } from "../sandbox_process.ts";
import { smsTo } from "./client.ts";

const REQUESTS = 600;
const CONNECTIONS = 8;
const SEED = Number(Deno.env.get("FUZZ_SEED") ?? 20_261_126);

/** Numbers from 0 up to 1 that a seed repeats (mulberry32). */
function randomOf(seed: number): () => number {
  return () => {
    seed = seed + 0x6D2B79F5 | 0;
    let bits = Math.imul(seed ^ seed >>> 15, 1 | seed);
    bits = bits + Math.imul(bits ^ bits >>> 7, 61 | bits) ^ bits;
    return ((bits ^ bits >>> 14) >>> 0) / 2 ** 32;
  };
}

const METHODS = [
  ...["GET", "POST", "PATCH", "PUT", "DELETE", "HEAD", "OPTIONS", "TRACE"],
  ...["CONNECT", "PRI", "get", "G\0T", "", "X".repeat(5000)],
];
const TAILS = [
  ...["messages", "messages:send", "messages/x", "contacts", "apps", "events"],
  ...["webhooks", "capability:query", "conversations:recent", "settings"],
  ...["messages/__proto__", "contacts/constructor", "apps/%00", "apps/%ff"],
  ...[
    "apps/%",
    "messages?page_size=1e9",
    "messages?page_token=x",
    "..//..",
    "",
  ],
  ...[
    "conversations?app_id=x&page_size=-1",
    "consents",
    "?a[]=%5B%5D&&==",
    "\t",
  ],
  ...[
    "contacts?identity=" + "1".repeat(30_000),
    "é",
    " x",
    "#",
    "messages%3Asend",
  ],
];
const ROOTS = [
  ...[
    "/v1/projects/sandbox-project/",
    "/v2/projects/sandbox-project/templates/",
  ],
  ...[
    "/_sandbox/",
    "/oauth2/token",
    "//",
    "*",
    "http://evil.example/",
    "",
    "/",
  ],
];
const HOSTS = [
  "127.0.0.1",
  "localhost",
  "evil.example",
  "a b",
  "",
  "[::1",
  "\xff",
];
const SEND = JSON.stringify(smsTo("1555"));
const BODIES = [
  ...[
    "",
    "{",
    "null",
    "[]",
    "0",
    '"x"',
    "{}",
    '{"a":1e999}',
    "\xff\xfe{}",
    "\0",
  ],
  ...["[".repeat(50_000), '{"__proto__":{"x":1}}', '{"app_id":{"toString":1}}'],
  ...[
    '{"recipient":[[]],"message":7}',
    "{}".repeat(1000),
    '{"a":'.repeat(5000),
  ],
  SEND,
  JSON.stringify(smsTo("1555", { message: { choice_message: [] } })),
  JSON.stringify(smsTo("1555", { ttl: "x".repeat(100_000) })),
];
const HEADERS = [
  ...["Content-Type: application/json", "Content-Type: text/plain"],
  ...[
    'Content-Type: application/json; charset="',
    "Transfer-Encoding: chunked",
  ],
  ...["Transfer-Encoding: gzip, chunked", "Expect: 100-continue", "Expect: x"],
  ...["Content-Length: -1", "Content-Length: 99999999999999999999", "Range: x"],
  ...[
    "Connection: close",
    "Connection: upgrade",
    "Upgrade: websocket",
    "X:",
    ":x",
  ],
  ...["Authorization: Bearer a.b.c", "Authorization: Basic \xff", " folded: x"],
  ...[
    "Origin: null",
    "Cookie: " + "c".repeat(70_000),
    "X: \0",
    "X: \r",
    "Host: x",
  ],
];

Deno.test(`${REQUESTS} made-up requests are answered in form, or refused (FUZZ_SEED=${SEED})`, async () => {
  await using opened = new AsyncDisposableStack();
  const folder = await Deno.makeTempDir();
  opened.defer(() => Deno.remove(folder, { recursive: true }));
  const sandbox = opened.use(await SandboxProcess.start(folder));
  const { info, authorization } = sandbox;
  // These take as long as the server lets them, beside all others.
  const halves = [
    "",
    "GET / HTTP/1.1\r\nHo",
    "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n{",
    "POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{",
  ].map((bytes) => sendRaw(info.url, bytes));

  const random = randomOf(SEED);
  const one = <T>(list: readonly T[]) =>
    list[Math.floor(random() * list.length)]!;
  const makeUp = () => {
    const body = random() < 0.5 ? one(BODIES) : one(["", SEND]);
    const lines = [
      `Host: ${random() < 0.8 ? "localhost" : one(HOSTS)}`,
      ...random() < 0.8 ? [`Authorization: ${authorization}`] : [],
      ...random() < 0.7
        ? ["Content-Type: application/json", `Content-Length: ${body.length}`]
        : [],
      ...random() < 0.3 ? [one(HEADERS)] : [],
      "Connection: close",
    ];
    const method = random() < 0.7 ? one(METHODS.slice(0, 5)) : one(METHODS);
    const root = random() < 0.7 ? ROOTS[0] : one(ROOTS);
    const version = random() < 0.95
      ? "HTTP/1.1"
      : one(["HTTP/1.0", "HTTP/9", ""]);
    const text = `${method} ${root}${one(TAILS)} ${version}\r\n` +
      `${lines.join("\r\n")}\r\n\r\n${body}`;
    if (random() > 0.1) return text;
    // Bytes that went astray.
    const at = Math.floor(random() * Math.min(text.length, 300));
    return text.slice(0, at) +
      one(["\0", "\xff", "\r", "\n", "\r\n\r\n", " "]) +
      text.slice(at);
  };
  const made = Array.from({ length: REQUESTS }, makeUp);
  const counts = new Map<number, number>();
  await Promise.all(Array.from({ length: CONNECTIONS }, async () => {
    for (let text = made.pop(); text !== undefined; text = made.pop()) {
      const answer = await sendRaw(info.url, text);
      checkAnswer(answer, text);
      counts.set(answer.status, (counts.get(answer.status) ?? 0) + 1);
    }
  }));
  // It got as far as handlers, too.
  assert(counts.has(200) && counts.size > 5, JSON.stringify([...counts]));
  // A connection that was never used is closed without an answer.
  const statuses = (await Promise.all(halves)).map(({ status }) => status);
  assertEquals(statuses, [0, 408, 408, 408]);

  const health = await fetch(`${info.url}/_sandbox/health`);
  assertEquals((await health.json()).status, "ok");
  await sandbox.kill();
  assertEquals(await sandbox.stderr, "");
});

function checkAnswer(answer: RawAnswer, request: string): void {
  const { status, headers, body, text } = answer;
  const about = `${JSON.stringify(request.slice(0, 300))}\n${
    text.slice(0, 600)
  }`;
  assert(status >= 200 && (status < 500 || status === 501), about);
  assert(!/\.ts:\d|\bat (?:async )?\w+ \(/.test(text), about);
  if (body === "" || headers.get("transfer-encoding")) return;
  assertEquals(headers.get("content-type"), "application/json", about);
  JSON.parse(body);
}
