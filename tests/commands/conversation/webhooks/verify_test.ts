/** `webhooks verify`: is a callback authentic, and if not, what differs. */
import { calculateWebhookSignature, computeSignedData } from "@sinch/sdk-core";
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { gzipSync } from "node:zlib";
import { type CliOptions, type CliRun, runCli } from "../../../run_cli.ts";
import { openLive } from "../../../sandbox/receiver.ts";
import { smsTo } from "../../../sandbox/client.ts";
import { P } from "../../../sandbox/client.ts";
import { SandboxedCli } from "../../../sandboxed_cli.ts";

const SECRET = "foo_secret1234";
const NONCE = "01FJA8B4A7BM43YGWSG9GBV067";
const TIMESTAMP = "1634579353";
/** Half a minute later. */
const AT = new Date((Number(TIMESTAMP) + 30) * 1000).toISOString();
const DOCUMENTED =
  '{"app_id":"01W4FFL35P4NC4K35CONVAPP01","project_id":"p1","message":{"id":"01W4FFL35P4NC4K35MESSAGE01"}}';
const BODY =
  '{"app_id":"A","text":"Zoë <b> https://example.com/å","n":[1,2],"amount":12345678901234567890}';

const text = (bytes: string) => new TextEncoder().encode(bytes);

/** As the official SDK signs. */
function signed(
  body: string,
  { secret = SECRET, nonce = NONCE, timestamp = TIMESTAMP } = {},
): Record<string, string> {
  return {
    "x-sinch-webhook-signature": calculateWebhookSignature(
      computeSignedData(body, nonce, timestamp),
      secret,
    ),
    "x-sinch-webhook-signature-nonce": nonce,
    "x-sinch-webhook-signature-timestamp": timestamp,
    "x-sinch-webhook-signature-algorithm": "HmacSHA256",
  };
}

interface Case extends CliOptions {
  headers: Record<string, string> | [string, string][];
  body: string | Uint8Array;
  secret?: string;
  flags?: string[];
}

function verify(
  { headers, body, secret = SECRET, flags = ["--at", AT], ...options }: Case,
): Promise<CliRun> {
  const all = Array.isArray(headers) ? headers : Object.entries(headers);
  return runCli([
    ...["conversation", "webhooks", "verify", "-", "--secret", secret],
    ...all.flatMap(([name, value]) => ["--header", `${name}: ${value}`]),
    ...flags,
  ], { ...options, stdin: body });
}

async function result(given: Case) {
  const flags = [...given.flags ?? ["--at", AT], "--json"];
  const run = await verify({ ...given, flags });
  assertEquals(run.stderr, "");
  const json = JSON.parse(run.stdout);
  assertEquals(run.code, json.authentic ? 0 : 1);
  assertEquals(run.requests, []);
  return json;
}

Deno.test("the documented example is authentic", async () => {
  const headers = {
    ...signed(DOCUMENTED),
    "x-sinch-webhook-signature": "0D1+MPqX1DtF7XH50EptRm7CcZMLoFhGUu6eXMxj67Y=",
  };
  const run = await verify({ headers, body: DOCUMENTED });
  assertEquals([run.code, run.stderr], [0, ""]);
  assertStringIncludes(run.stdout, "Authentic");
});

for (
  const [name, body, secret] of [
    ["a text of many scripts", BODY, "s3cret"],
    ["nothing", "", "s3cret"],
    ["bytes that look like a signature's end", "a.b.1", "ключ 🔑"],
    ["a pretty body", JSON.stringify(JSON.parse(DOCUMENTED), null, 2), "a"],
    ["a large body", `{"text":"${"x".repeat(1_000_000)}"}`, SECRET],
  ] as const
) {
  Deno.test(`what the SDK signs is authentic, and with a byte more it is not: ${name}`, async () => {
    const headers = signed(body, { secret });
    const good = await result({ headers, body, secret });
    assertEquals([good.verdict, good.causes], ["AUTHENTIC", []]);
    const bad = await result({ headers, body: `${body}!`, secret });
    assertEquals(bad.verdict, "NOT_AUTHENTIC");
    assertEquals(bad.causes[0].code, "UNEXPLAINED");
  });
}

const pretty = (value: string, indent: number | string) =>
  JSON.stringify(JSON.parse(value), null, indent);
const headers = signed(BODY);
const plain = signed(DOCUMENTED);
const signature = headers["x-sinch-webhook-signature"]!;
const withHeader = (name: string, value: string) => ({
  ...headers,
  [`x-sinch-webhook-signature${name}`]: value,
});
const hex = Uint8Array.fromBase64(signature).toHex();

const MISMATCHES: [code: string, name: string, given: Case][] = [
  ["JSON_COMPACT", "pretty-printed JSON", {
    headers: plain,
    body: pretty(DOCUMENTED, 2),
  }],
  ["JSON_COMPACT", "the escapes of Python", {
    headers,
    body: BODY.replaceAll("ë", "\\u00eb").replaceAll("å", "\\u00e5")
      .replaceAll('":', '": '),
  }],
  ["JSON_PRETTY_2", "JSON that was made compact", {
    headers: signed(pretty(DOCUMENTED, 2)),
    body: DOCUMENTED,
  }],
  ["JSON_PRETTY_4", "JSON that was made compact, of 4 spaces", {
    headers: signed(pretty(DOCUMENTED, 4)),
    body: DOCUMENTED,
  }],
  ["JSON_SPACED", "JSON with spaces that were lost", {
    headers: signed('{"a": 1, "b": {"c": [1, 2], "d": "x, y: z"}}'),
    body: '{"a":1,"b":{"c":[1,2],"d":"x, y: z"}}',
  }],
  ["JSON_ASCII", "escapes that were decoded", {
    headers: signed('{"text":"Zo\\u00eb"}'),
    body: '{"text":"Zoë"}',
  }],
  ["JSON_SLASHES", "slashes that lost their escapes", {
    headers: signed('{"url":"https:\\/\\/example.com"}'),
    body: '{"url":"https://example.com"}',
  }],
  ["FINAL_NEWLINE_ADDED", "a final line end", { headers, body: `${BODY}\n` }],
  ["FINAL_NEWLINE_LOST", "a lost line end", {
    headers: signed(`${BODY}\n`),
    body: BODY,
  }],
  ["SPACE_AROUND", "space around", { headers, body: `  ${BODY}\n\n` }],
  ["LF", "line ends that were converted", {
    headers: signed(pretty(DOCUMENTED, 2).replaceAll("\n", "\r\n")),
    body: pretty(DOCUMENTED, 2),
  }],
  ["BOM_ADDED", "a byte order mark", { headers, body: `\uFEFF${BODY}` }],
  ["BOM_LOST", "a lost byte order mark", {
    headers: signed(`\uFEFF${BODY}`),
    body: BODY,
  }],
  ["CHARSET_TWICE", "UTF-8 that was read as Latin-1", {
    headers,
    body: new TextDecoder("latin1").decode(text(BODY)).replace(
      /[^\0-\xff]/g,
      (one) => one,
    ),
  }],
  ["CHARSET_LATIN1", "Latin-1", {
    headers,
    body: Uint8Array.from(BODY, (one) => one.charCodeAt(0)),
  }],
  ["COMPRESSED", "a compressed body", {
    headers,
    body: new Uint8Array(gzipSync(BODY)),
  }],
  ["BASE64_BODY", "a gateway's base64", {
    headers,
    body: text(BODY).toBase64(),
  }],
  ["GATEWAY_EVENT", "a gateway's event", {
    headers,
    body: JSON.stringify({
      isBase64Encoded: true,
      body: text(BODY).toBase64(),
    }),
  }],
  ["SECRET_SPACE", "a secret with space", {
    headers,
    body: BODY,
    secret: ` ${SECRET} `,
  }],
  ["SECRET_QUOTES", "a secret with quotes", {
    headers,
    body: BODY,
    secret: `"${SECRET}"`,
  }],
  ["SECRET_NEWLINE", "a secret that was set with a line end", {
    headers: signed(BODY, { secret: `${SECRET}\n` }),
    body: BODY,
  }],
  ["NONCE_TIMESTAMP_SWAPPED", "nonce and timestamp swapped", {
    headers: {
      ...headers,
      "x-sinch-webhook-signature-nonce": TIMESTAMP,
      "x-sinch-webhook-signature-timestamp": NONCE,
    },
    body: BODY,
  }],
  ["SIGNATURE_HEX", "hex for base64", {
    headers: withHeader("", hex),
    body: BODY,
  }],
  ["SIGNATURE_BASE64URL", "a signature without padding", {
    headers: withHeader("", signature.replace("=", "")),
    body: BODY,
  }],
  ["HEADER_DOUBLED", "a signature twice", {
    headers: [...Object.entries(headers), [
      "X-Sinch-Webhook-Signature",
      signature,
    ]],
    body: BODY,
  }],
  ["TIMESTAMP_MILLISECONDS", "milliseconds", {
    headers: withHeader("-timestamp", `${TIMESTAMP}000`),
    body: BODY,
  }],
];

for (const [code, name, given] of MISMATCHES) {
  Deno.test(`a mismatch is named: ${name}`, async () => {
    const { verdict, causes, trials } = await result(given);
    assertEquals(
      [verdict, causes[0].code],
      ["NOT_AUTHENTIC", code],
      JSON.stringify(causes),
    );
    const yes = trials.filter((one: { matches: boolean }) => one.matches);
    assertEquals(
      yes.map((one: { code: string }) => one.code).includes(code),
      true,
    );
    assert(yes.length < trials.length);
  });
}

Deno.test("two things that differ are named both", async () => {
  const { causes } = await result({
    headers: withHeader("", hex),
    body: `${BODY}\n`,
  });
  assertEquals(causes.map(({ code }: { code: string }) => code), [
    "FINAL_NEWLINE_ADDED",
    "SIGNATURE_HEX",
  ]);
});

Deno.test("a wrong secret is not explained, and nothing shows the right signature", async () => {
  const run = await verify({
    headers,
    body: BODY,
    secret: "another-secret",
    flags: [],
  });
  assertEquals(run.code, 1);
  const right = calculateWebhookSignature(
    computeSignedData(BODY, NONCE, TIMESTAMP),
    "another-secret",
  );
  assert(!run.stdout.includes(right));
  assertStringIncludes(run.stdout, `${right.slice(0, 8)}…`);
  assertStringIncludes(run.stdout, signature);
  assertStringIncludes(run.stdout, "no   nonce and timestamp swapped");
});

Deno.test("a callback without headers is not signed", async () => {
  const { verdict } = await result({ headers: {}, body: BODY });
  assertEquals(verdict, "NOT_SIGNED");
});

for (const name of ["", "-nonce", "-timestamp"]) {
  Deno.test(`a missing header x-sinch-webhook-signature${name} is named`, async () => {
    const { [`x-sinch-webhook-signature${name}`]: _, ...others } = headers;
    const { verdict, causes } = await result({ headers: others, body: BODY });
    assertEquals([verdict, causes[0].code], [
      "NOT_AUTHENTIC",
      "HEADER_MISSING",
    ]);
  });
}

Deno.test("what is genuine but old is told from what is forged", async () => {
  const at = new Date((Number(TIMESTAMP) + 2400) * 1000).toISOString();
  const old = await result({ headers, body: BODY, flags: ["--at", at] });
  assertEquals([old.verdict, old.age_seconds], ["OLD", 2400]);
  assertStringIncludes(old.causes[0].text, "40 minutes");
  const allowed = ["--at", at, "--max-age", "1h"];
  const young = await result({ headers, body: BODY, flags: allowed });
  assertEquals(young.verdict, "AUTHENTIC");
  const before = new Date((Number(TIMESTAMP) - 2400) * 1000).toISOString();
  const early = await result({ headers, body: BODY, flags: ["--at", before] });
  assertEquals(early.verdict, "FUTURE");
});

Deno.test("a captured request is read byte for byte, chunked or not", async () => {
  const folder = await Deno.makeTempDir();
  const lines = Object.entries({ Host: "example.com", ...headers })
    .map(([name, value]) => `${name}: ${value}`);
  const bytes = text(BODY);
  const chunk = (part: Uint8Array) =>
    `${part.length.toString(16)}\r\n${
      new TextDecoder("latin1").decode(part)
    }\r\n`;
  const chunked = Uint8Array.from(
    `${
      ["POST /hook HTTP/1.1", ...lines, "transfer-encoding: chunked"].join(
        "\r\n",
      )
    }\r\n\r\n${chunk(bytes.subarray(0, 26))}${
      chunk(bytes.subarray(26))
    }0\r\n\r\n`,
    (one) => one.charCodeAt(0),
  );
  await Deno.writeFile(`${folder}/chunked.http`, chunked);
  await Deno.writeTextFile(
    `${folder}/plain.http`,
    `${lines.join("\n")}\n\n${BODY}`,
  );
  await Deno.writeTextFile(`${folder}/secret`, `${SECRET}\n`);
  for (const name of ["chunked", "plain"]) {
    const run = await runCli([
      ...["conversation", "webhooks", "verify", "--at", AT],
      ...["--request", `@${folder}/${name}.http`],
      ...["--secret", `@${folder}/secret`],
    ]);
    assertEquals([run.code, run.stderr], [0, ""], run.stdout);
  }
  await Deno.remove(folder, { recursive: true });
});

Deno.test("the secret is in no output, however it is given", async () => {
  const secret = "kept-very-secret";
  for (
    const [args, env] of [
      [["--secret", secret], {}],
      [[], { SINCH_WEBHOOK_SECRET: secret }],
    ] as [string[], Record<string, string>][]
  ) {
    // A body with the secret in it is the hardest case.
    const body = `{"text":"${secret}"}`;
    const run = await runCli([
      ...["conversation", "webhooks", "verify", "--json", "-", ...args],
      ...Object.entries(signed(body, { secret })).flatMap(([name, value]) => [
        "--header",
        `${name}: ${value}`,
      ]),
      ...["--at", AT],
    ], { env, stdin: body });
    assertEquals(run.code, 0, run.stderr);
    assert(!run.stdout.includes(secret), run.stdout);
    assertStringIncludes(run.stdout, "••••");
  }
});

Deno.test("with --app the secrets of its webhooks are tried", async () => {
  await using cli = new SandboxedCli();
  const { appId } = cli.sandbox.account;
  const ids: string[] = [];
  for (const secret of ["first-secret", "second-secret"]) {
    const { id } = await cli.ask("POST", "webhooks", {
      app_id: appId,
      target: `https://example.com/${secret.slice(0, 5)}`,
      target_type: "HTTP",
      triggers: ["MESSAGE_INBOUND"],
      secret,
    });
    ids.push(id);
  }
  const lines = Object.entries(signed(BODY, { secret: "second-secret" }))
    .flatMap(([name, value]) => ["--header", `${name}: ${value}`]);
  const run = (...args: string[]) =>
    cli.run([
      ...["conversation", "webhooks", "verify", BODY, "--json"],
      ...["--app", appId, "--at", AT, ...lines, ...args],
    ]);
  const wrong = await run("--secret", "first-secret");
  assertEquals(wrong.code, 1, wrong.stderr);
  const [cause] = JSON.parse(wrong.stdout).causes;
  assertEquals(cause.code, "OTHER_SECRET");
  assertStringIncludes(cause.text, ids[1]!);
  const found = await run();
  assertEquals(found.code, 0, found.stderr);
  assertStringIncludes(found.stdout, ids[1]!);
  for (const { stdout } of [wrong, found]) {
    assert(!stdout.includes("second-secret"), stdout);
  }
});

Deno.test("what the sandbox posts is authentic", async () => {
  await using live = await openLive(["MESSAGE_SUBMIT", "MESSAGE_DELIVERY"]);
  await live.call("POST", `${P}/messages:send`, smsTo("46700000001"));
  await live.pass(0);
  await live.pass(250);
  const { received } = live.receiver;
  assertEquals(received.length, 3);
  for (const { headers, text: body } of received) {
    const at = new Date(
      Number(headers["x-sinch-webhook-signature-timestamp"]) * 1000,
    );
    const flags = ["--at", at.toISOString()];
    const good = await result({ headers, body, secret: "s3cret", flags });
    assertEquals(good.verdict, "AUTHENTIC");
  }
});

for (
  const [args, what] of [
    [["-"], "--secret"],
    [["--secret", "s"], "--request"],
    [["-", "--secret", "s", "--request", "@x"], "cannot be used together"],
    [["-", "--secret", "-"], "standard input"],
    [["@missing", "--secret", "s"], "does not exist"],
    [["-", "--secret", ""], "empty"],
    [["-", "--secret", "s", "--header", "nonsense"], "--header"],
    [["-", "--secret", "s", "--max-age", "soon"], "--max-age"],
    [["--secret", "s", "--request", "-"], "an empty line"],
  ] as const
) {
  Deno.test(`webhooks verify ${args.join(" ")}: exit 2`, async () => {
    const run = await runCli(["conversation", "webhooks", "verify", ...args], {
      stdin: "x",
    });
    assertEquals([run.code, run.stdout], [2, ""], run.stderr);
    assertStringIncludes(run.stderr, what);
  });
}
