/**
 * `send --check` against `send` and `sandbox show`: both say the same of every
 * limit; and what only --check says.
 */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { Served } from "../sandbox/served.ts";
import { CASES, outcomeOf } from "../../channels/limit_cases.ts";
import { runCli } from "../../run_cli.ts";
import { APP, openClient } from "../../sandbox/client.ts";

/** Whom each channel reaches; all have written to the app. */
const PHONE = "15551234567";
const PERSON = "5551234567000001";
const WITH_IDS = ["MESSENGER", "INSTAGRAM", "TELEGRAM", "LINE", "WECHAT"];

const recipientOn = (channel: string) =>
  WITH_IDS.includes(channel) ? PERSON : `+${PHONE}`;

/** A served sandbox whose contacts have just written, and the program. */
async function open() {
  const client = openClient();
  for (const channel of ["MESSENGER", "INSTAGRAM", "TELEGRAM"]) {
    const { status } = await client.call("POST", "/_sandbox/inbound", {
      from: { channel_identity: { channel, identity: PERSON, app_id: APP } },
      contact_message: { text_message: { text: "Hi" } },
    });
    assertEquals(status, 200, channel);
  }
  const server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen: () => {} },
    (request) => client.sandbox.fetch(request),
  );
  const env = {
    SINCH_API_URL: `http://127.0.0.1:${server.addr.port}`,
    SINCH_PROJECT_ID: "sandbox-project",
    SINCH_KEY_ID: "sandbox-key",
    SINCH_KEY_SECRET: "sandbox-secret",
    SINCH_APP_ID: APP,
  };
  return {
    run: (...args: string[]) =>
      runCli(["conversation", "send", ...args], { env, fetch }),
    show: (id: string) =>
      runCli(["sandbox", "show", id, "--json"], { env, fetch }),
    async [Symbol.asyncDispose]() {
      await server.shutdown();
      client[Symbol.dispose]();
    },
  };
}

Deno.test("--check and the sandbox agree on every limit", async (test) => {
  await using opened = await open();
  const { run, show } = opened;
  for (const { channel, name, message, properties, outcome } of CASES) {
    await test.step(`${channel}, ${name}: ${outcome}`, async () => {
      const args = [
        recipientOn(channel),
        ...["-c", channel, "--json-message", JSON.stringify(message), "--json"],
        ...Object.entries(properties ?? {}).flatMap(([key, value]) => [
          "--property",
          `${key}=${value}`,
        ]),
      ];
      const check = await run(...args, "--check");
      const { channels: [arrival] } = JSON.parse(check.stdout);
      assertEquals(
        outcomeOf({ ...arrival, failure: arrival.failure?.code }),
        outcome,
        check.stdout,
      );
      const isError = /^[A-Z_]+$/.test(outcome);
      assertEquals(check.code, isError ? 1 : 0);

      const sent = await run(...args);
      if (outcome === "INVALID_ARGUMENT") {
        assertEquals(sent.code, 1, sent.stderr);
        assertStringIncludes(sent.stderr, `"code": "${outcome}"`);
        return;
      }
      assertEquals(sent.code, 0, sent.stderr);
      const { message_id } = JSON.parse(sent.stdout);
      const { shown } = JSON.parse((await show(message_id)).stdout);
      assertEquals(outcomeOf(shown), outcome, JSON.stringify(shown));
      assertEquals(shown.text, arrival.text ?? undefined);
    });
  }
});

/** Without an account and without a network. */
const alone = (...args: string[]) => runCli(["conversation", "send", ...args]);

interface Checked {
  ok: boolean;
  channels: {
    channel: string;
    kind: string;
    failure: { stage: string; code: string } | null;
    text: string;
    sms?: { parts: number; encoding: string };
    findings: {
      level: string;
      code: string;
      value?: string;
      message: string;
    }[];
  }[];
}

Deno.test("--check needs no account and asks the network nothing", async () => {
  const { code, stdout, stderr, requests } = await alone(
    "+4670 000 00 01",
    "Don’t wait – it’s “here”",
    ...["-c", "SMS", "--check"],
  );
  assertEquals([code, stderr, requests.length], [0, "", 0]);
  assertStringIncludes(stdout, "1 part, 24 units of UCS-2");
  assertStringIncludes(stdout, "U+2019 right single quotation mark");
  assertStringIncludes(stdout, "at 4 (2 times)");
});

Deno.test("--check shows each channel, and fails if one does", async () => {
  const { code, stdout } = await alone(
    "+46700000001",
    "Well?",
    ...["-t", "choice", "--choice", "A label of 26 characters !"],
    ...["-c", "WHATSAPP", "--fallback", "RCS,SMS", "--check", "--json"],
  );
  assertEquals(code, 1);
  const { ok, channels }: Checked = JSON.parse(stdout);
  assertEquals(ok, false);
  assertEquals(
    channels.map(({ channel, kind, failure }) => [
      channel,
      kind,
      failure?.code,
    ]),
    [
      ["WHATSAPP", "transcoded", undefined],
      ["RCS", "native", "BAD_REQUEST"],
      ["SMS", "transcoded", undefined],
    ],
  );
});

const WARNED = [
  "+15551234567",
  "a".repeat(161),
  ...["-c", "SMS", "--from", "ACME"],
];

Deno.test("--strict lets warnings fail the check, and stops a send before it is sent", async () => {
  assertEquals((await alone(...WARNED, "--check")).code, 0);
  assertEquals((await alone(...WARNED, "--check", "--strict")).code, 1);
  await using opened = await open();
  const stopped = await opened.run(...WARNED, "--strict");
  assertEquals([stopped.code, stopped.requests.length], [2, 0]);
  assertStringIncludes(stopped.stderr, "US and Canada");
  const sent = await opened.run(...WARNED);
  assertEquals(sent.code, 0);
  assertStringIncludes(sent.stderr, "Warning: SMS: 2 SMS parts");
});

Deno.test("--check reads the template: what is missing, what is left over, what is shown", async () => {
  await using opened = await open();
  const check = async (params: string): Promise<Checked["channels"][0]> => {
    const { stdout } = await opened.run(
      ...["+15551234567", "-c", "SMS", "--template", "welcome_template"],
      ...["-p", params, "--check", "--json"],
    );
    return JSON.parse(stdout).channels[0];
  };
  const missing = await check("{}");
  assertEquals(missing.failure?.code, "TEMPLATE_INSUFFICIENT_PARAMETERS");
  assertEquals(missing.findings[0]?.value, "name");
  const left = await check('{"name":"Ada","age":"36"}');
  assertEquals(left.text, "Hello Ada, welcome to Sinch");
  assertEquals(left.findings[0], {
    level: "warning",
    code: "UNUSED_PARAMETER",
    message: "Template parameter age is not used by the template",
    value: "age",
  } as never);
});

Deno.test("parameters of a WhatsApp template that are numbers are the body's", async () => {
  const { stdout } = await alone(
    ...["+15551234567", "-c", "WHATSAPP", "--template", "reminder"],
    ...["-p", '{"1":"Ada","2":"Tuesday"}', "--check"],
  );
  assertStringIncludes(stdout, "body[1]text = Ada");
  assertStringIncludes(stdout, "body[2]text = Tuesday");
});

Deno.test("--check=online asks for the type and size of media, and for nothing else", async () => {
  await using server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen: () => {} },
    ({ method, url }) => {
      const { pathname, searchParams } = new URL(url);
      if (method !== "HEAD") return new Response(null, { status: 405 });
      if (pathname === "/moved") return Response.redirect(`${url}/to`, 302);
      if (pathname === "/none") return new Response(null, { status: 404 });
      return new Response(null, {
        headers: {
          "content-type": searchParams.get("type")!,
          "content-length": searchParams.get("size") ?? "1",
        },
      });
    },
  );
  const base = `http://127.0.0.1:${server.addr.port}`;
  const cases: [channel: string, path: string, code: string | undefined][] = [
    ["WHATSAPP", "/a?type=image/jpeg&size=5000000", undefined],
    ["WHATSAPP", "/a?type=image/jpeg&size=5000001", "MEDIA_TOO_LARGE"],
    ["WHATSAPP", "/a?type=video/mp4&size=16000000", undefined],
    ["WHATSAPP", "/a?type=video/mp4&size=16000001", "MEDIA_TOO_LARGE"],
    ["WHATSAPP", "/a?type=audio/aac&size=16000001", "MEDIA_TOO_LARGE"],
    ["WHATSAPP", "/a?type=image/webp&size=100000", undefined],
    ["WHATSAPP", "/a?type=image/webp&size=100001", "MEDIA_TOO_LARGE"],
    ["WHATSAPP", "/a?type=application/pdf&size=100000001", "MEDIA_TOO_LARGE"],
    ["RCS", "/a?type=video/mp4&size=104857600", undefined],
    ["RCS", "/a?type=video/mp4&size=104857601", "MEDIA_TOO_LARGE"],
    ["RCS", "/a?type=application/zip", "MEDIA_TYPE_UNSUPPORTED"],
    ["INSTAGRAM", "/a?type=image/png&size=8000001", "MEDIA_TOO_LARGE"],
    ["TELEGRAM", "/a?type=image/png&size=5000001", "MEDIA_TOO_LARGE"],
    ["TELEGRAM", "/a?type=audio/mpeg&size=20000001", "MEDIA_TOO_LARGE"],
    ["VIBERBM", "/a?type=image/png&size=200000001", "MEDIA_TOO_LARGE"],
    ["RCS", "/a?type=application/octet-stream", "MEDIA_TYPE_UNDETERMINED"],
    ["RCS", "/moved", "MEDIA_NOT_REACHABLE"],
    ["RCS", "/none", "MEDIA_NOT_REACHABLE"],
  ];
  for (const [channel, path, code] of cases) {
    const { stdout, requests } = await runCli([
      ...["conversation", "send", recipientOn(channel), "-c", channel],
      ...["-m", `${base}${path}`, "--check=online", "--json"],
    ], { fetch });
    const { channels: [arrival] }: Checked = JSON.parse(stdout);
    assertEquals(arrival!.failure?.code, code, `${channel} ${path}`);
    assertEquals(requests.map(({ method }) => method), ["HEAD"]);
  }
});

Deno.test("--check refuses a message of another form, as the API does", async () => {
  const { code, stdout } = await alone(
    ...["+15551234567", "-c", "SMS", "--check", "--json"],
    ...["--json-message", '{"text_message":"Hi"}'],
  );
  const { channels: [arrival] }: Checked = JSON.parse(stdout);
  assertEquals([code, arrival?.failure], [1, {
    stage: "request",
    code: "INVALID_ARGUMENT",
  }]);
});

Deno.test("--check in the sandbox knows when the recipient last wrote", async (test) => {
  await using served = await Served.open();
  const home = await Deno.makeTempDir();
  const run = (...args: string[]) => runCli(args, { home });
  const to = ["conversation", "send", "+15551230001", "Hi", "-c", "WHATSAPP"];
  const outside = async () => {
    const { code, stdout } = await run("--sandbox", ...to, "--check", "--json");
    const { channels: [arrival] }: Checked = JSON.parse(stdout);
    return [code, arrival!.failure?.code];
  };
  const shut = [1, "OUTSIDE_ALLOWED_SENDING_WINDOW"];
  await test.step("never", async () => assertEquals(await outside(), shut));
  await test.step("just now", async () => {
    await run("sandbox", "reply", "+15551230001", "Hello", "-c", "WHATSAPP");
    assertEquals(await outside(), [0, undefined]);
  });
  await test.step("25 hours ago, by the sandbox's clock", async () => {
    await run("sandbox", "clock", "advance", "25h");
    assertEquals(await outside(), shut);
  });
  await test.step("with an account, --check=online asks for it", async () => {
    const options = { env: served.env, fetch };
    const note = await runCli([...to, "--check"], options);
    assertEquals([note.code, note.requests.length], [0, 0]);
    const online = await runCli([...to, "--check=online"], options);
    assertEquals(online.code, 1);
    assertStringIncludes(online.stdout, "OUTSIDE_ALLOWED_SENDING_WINDOW");
    assert(online.requests.some(({ url }) => url.includes("direction=TO_APP")));
  });
  await Deno.remove(home, { recursive: true });
});
