/** The edge of `sinch sandbox start`: a real process, asked over plain sockets. */
import {
  assert,
  assertEquals,
  assertNotEquals,
  assertStringIncludes,
} from "@std/assert";
import { type RawAnswer, sendRaw } from "../raw_http.ts";
import { SandboxProcess } from "../sandbox_process.ts";
import { smsTo } from "./client.ts";

async function withSandbox(
  use: (sandbox: SandboxProcess) => Promise<void>,
  ...flags: string[]
): Promise<void> {
  await using opened = new AsyncDisposableStack();
  const folder = await Deno.makeTempDir();
  opened.defer(() => Deno.remove(folder, { recursive: true }));
  await use(opened.use(await SandboxProcess.start(folder, ...flags)));
}

interface Asked {
  body?: unknown;
  headers?: Record<string, string>;
}

function ask(
  { info, authorization }: SandboxProcess,
  method: string,
  path: string,
  { body, headers = {} }: Asked = {},
): Promise<RawAnswer> {
  const text = body === undefined ? "" : JSON.stringify(body);
  const named = {
    host: new URL(info.url).host,
    authorization,
    "content-type": "application/json",
    "content-length": String(text.length),
    ...headers,
  };
  return sendRaw(
    info.url,
    `${method} ${path} HTTP/1.1\r\n` +
      Object.entries(named).map(([name, value]) => `${name}: ${value}\r\n`)
        .join("") +
      `\r\n${text}`,
  );
}

function messages({ info }: SandboxProcess): string {
  return `/v1/projects/${info.project_id}/messages`;
}

async function countMessages(sandbox: SandboxProcess): Promise<number> {
  const { body } = await ask(sandbox, "GET", messages(sandbox));
  return JSON.parse(body).messages.length;
}

Deno.test("a rule drops the connection before a message is taken, or after, or in the answer", () =>
  withSandbox(async (sandbox) => {
    const rules = (body: unknown) =>
      ask(sandbox, "POST", "/_sandbox/rules", { body: { rules: [body] } });
    const send = () =>
      ask(sandbox, "POST", `${messages(sandbox)}:send`, {
        body: smsTo("1555"),
      });
    for (const [drop, taken] of [["before", 0], ["after", 1]] as const) {
      await rules({ path: "messages:send", drop, times: 1 });
      assertEquals((await send()).text, "");
      assertEquals(await countMessages(sandbox), taken);
    }
    await rules({ path: "messages:send", lose_answer: true, times: 1 });
    const { status, headers, body } = await send();
    assertEquals([status, headers.get("content-length"), body], [
      200,
      "2",
      "{",
    ]);
    assertEquals(await countMessages(sandbox), 2);
    assertEquals((await send()).status, 200);
    await rules({ path: "oauth2", drop: "before", times: 1 });
    const token = () =>
      ask(sandbox, "POST", "/oauth2/token", {
        headers: { "content-length": "0" },
      });
    assertEquals((await token()).text, "");
    assertEquals((await token()).status, 400);
    assertEquals((await rules({ drop: "during" })).status, 400);
  }));

Deno.test("of two credentials, none counts", () =>
  withSandbox(async (sandbox) => {
    const { authorization } = sandbox;
    for (
      const two of [
        `${authorization}\r\nauthorization: Basic eDp5`,
        `Basic eDp5\r\nauthorization: ${authorization}`,
      ]
    ) {
      const headers = { authorization: two };
      const { status } = await ask(sandbox, "GET", messages(sandbox), {
        headers,
      });
      assertEquals(status, 401);
    }
  }));

Deno.test("no other host and no page from elsewhere is answered", () =>
  withSandbox(async (sandbox) => {
    const { host, port } = new URL(sandbox.info.url);
    const statusOf = async (headers: Record<string, string>, url?: string) => {
      const path = url ?? messages(sandbox);
      return (await ask(sandbox, "GET", path, { headers })).status;
    };
    for (
      const [host, status] of [
        ["localhost", 200],
        [`localhost:${port}`, 200],
        ["[::1]:1", 200],
        ["127.0.0.1", 200],
        ["evil.example", 421],
        [`evil.example:${port}`, 421],
        ["127.0.0.1.evil.example", 421],
        ["192.168.1.5", 421],
        ["a b", 400],
        ["", 400],
        ["evil@127.0.0.1", 400],
        ["127.0.0.1/x", 400],
        ["127.0.0.1:99999", 400],
        ["[::g]", 400],
      ] as const
    ) {
      assertEquals(await statusOf({ host }), status, `Host: ${host}`);
      // Without credentials too: not even that there is a sandbox.
      const health = await statusOf({ host }, "/_sandbox/health");
      assertEquals(health, status, `Host: ${host}`);
    }
    for (
      const [origin, status] of [
        [`http://${host}`, 200],
        ["http://evil.example", 403],
        ["http://localhost:3000", 403],
        ["null", 403],
      ] as const
    ) assertEquals(await statusOf({ origin }), status, `Origin: ${origin}`);
    const twice = `GET / HTTP/1.1\r\nHost: ${host}\r\nHost: ${host}\r\n\r\n`;
    assertEquals((await sendRaw(sandbox.info.url, twice)).status, 400);
    const batch = `GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n`;
    assertEquals((await sendRaw(sandbox.info.batch_url, batch)).status, 421);
  }));

Deno.test("what other machines can reach has a key of its own, and answers addresses alone", () =>
  withSandbox(
    async (sandbox) => {
      assertNotEquals(sandbox.info.key_secret, "sandbox-secret");
      const path = messages(sandbox);
      assertEquals((await ask(sandbox, "GET", path)).status, 200);
      const authorization = `Basic ${btoa("sandbox-key:sandbox-secret")}`;
      for (
        const [headers, status] of [
          [{ authorization }, 401],
          [{ host: "192.168.1.5" }, 200],
          [{ host: "evil.example" }, 421],
        ] as const
      ) {
        assertEquals(
          (await ask(sandbox, "GET", path, { headers })).status,
          status,
        );
      }
    },
    "--host",
    "0.0.0.0",
  ));

Deno.test("bodies are limited in size and depth, and are text", () =>
  withSandbox(async (sandbox) => {
    const contacts = messages(sandbox).replace("messages", "contacts");
    const post = async (body: string) => {
      const { host } = new URL(sandbox.info.url);
      const answer = await sendRaw(
        sandbox.info.url,
        `POST ${contacts} HTTP/1.1\r\nHost: ${host}\r\n` +
          `Authorization: ${sandbox.authorization}\r\n` +
          "Content-Type: application/json\r\n" +
          `Content-Length: ${body.length}\r\n\r\n${body}`,
      );
      return answer.status;
    };
    let number = 1555;
    const contact = (fields: string, identity = `"${number++}"`) =>
      `{"language":"EN_US","channel_identities":[{"channel":"SMS","identity":` +
      `${identity}}]${fields}}`;
    const deep = (levels: number) =>
      contact(`,"x":${"[".repeat(levels)}${"]".repeat(levels)}`);
    const mib = "x".repeat(1024 * 1024);
    for (
      const [body, status] of [
        [contact(""), 200],
        [contact(`,"x":"${mib.repeat(15)}"`), 200],
        [contact(`,"x":"${mib.repeat(17)}"`), 413],
        [deep(99), 200],
        [deep(100), 400],
        [deep(200_000), 400],
        [contact(',"display_name":"a\\u0000b"'), 400],
        [contact("", '"1555\\u0000"'), 400],
        [contact(',"display_name":"\\ud800"'), 400],
        [contact(',"display_name":"\xff"'), 400],
        ["nonsense", 400],
      ] as const
    ) assertEquals(await post(body), status, body.slice(0, 120));
    const { status } = await ask(sandbox, "GET", `${contacts}?identity=a%00b`);
    assertEquals(status, 400);
  }));

/** Posts a message of a person, and waits for the journal's entry about it. */
async function tryCallback(
  sandbox: SandboxProcess,
  target: string,
): Promise<{ status: string; last_error: string }> {
  const { app_id } = sandbox.info;
  const webhooks = messages(sandbox).replace("messages", "webhooks");
  const created = await ask(
    sandbox,
    "POST",
    webhooks,
    {
      body: {
        app_id,
        target,
        target_type: "HTTP",
        triggers: ["MESSAGE_INBOUND"],
      },
    },
  );
  assertEquals(created.status, 200, created.body);
  await ask(sandbox, "POST", "/_sandbox/callbacks:trigger", {
    body: { trigger: "MESSAGE_INBOUND" },
  });
  for (;;) {
    const { body } = await ask(sandbox, "GET", "/_sandbox/callbacks");
    const found = JSON.parse(body).callbacks.find((one: { target: string }) =>
      one.target === target
    );
    if (found?.tries > 0) {
      const { id } = JSON.parse(created.body);
      await ask(sandbox, "DELETE", `${webhooks}/${id}`);
      return found;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const METADATA = [
  "http://169.254.169.254/latest/meta-data",
  "http://2852039166/",
  "http://0xa9fea9fe/",
  "http://0251.0376.0251.0376/",
  "http://169.254.169.254.:80/",
  "http://[fe80::1]/",
  "http://[fd00:ec2::254]/",
  "http://[::ffff:169.254.169.254]/",
  "http://[64:ff9b::a9fe:a9fe]/",
  "http://[::ffff:0:a9fe:a9fe]/",
  "http://[2002:a9fe:a9fe::1]/",
  "http://[fd20:ce::254]/",
  "http://100.100.100.200/",
  "http://192.0.0.192/",
  "http://168.63.129.16/",
];

Deno.test("callbacks to link-local addresses are not posted, however they are spelled", () =>
  withSandbox(async (sandbox) => {
    for (const target of METADATA) {
      const { status, last_error } = await tryCallback(sandbox, target);
      assertEquals(status, "FAILED", target);
      assertStringIncludes(last_error, "--allow-any-target");
    }
  }));

Deno.test("--allow-any-target posts callbacks to link-local addresses too", () =>
  withSandbox(async (sandbox) => {
    const { last_error } = await tryCallback(sandbox, "http://[fe80::1]:9/");
    assert(!last_error.includes("link-local"), last_error);
  }, "--allow-any-target"));
