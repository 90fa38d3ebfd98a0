/** Long texts and odd names, through a served sandbox: no freeze, no fault. */
import { assert, assertEquals } from "@std/assert";
import { SandboxProcess } from "../sandbox_process.ts";
import { smsTo } from "./client.ts";

const SIZE = 40_000;
/** What ten times the length may cost, in times of the shorter; 100 if quadratic. */
const MAX_GROWTH = 40;

/** Beginnings of something that a pattern could look for, over and over. */
const PIECES = [
  "1",
  "a",
  "a.",
  "a@",
  "a@b",
  "a@b.",
  "a-",
  "+1 ",
  "(1) ",
  "${",
  "${a",
  "} ",
  " ",
  "\n",
  "€",
  "😀",
  "stop ",
  "{{",
  "\\",
  '"',
  "http://a",
  "1.",
  "%2B",
];

async function withSandbox(use: (sandbox: SandboxProcess) => Promise<void>) {
  await using opened = new AsyncDisposableStack();
  const folder = await Deno.makeTempDir();
  opened.defer(() => Deno.remove(folder, { recursive: true }));
  await use(opened.use(await SandboxProcess.start(folder)));
}

async function post(
  { authorization }: SandboxProcess,
  url: string,
  body: unknown,
  method = "POST",
): Promise<Response> {
  const response = await fetch(url, {
    method,
    headers: { authorization, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  await response.body?.cancel();
  return response;
}

Deno.test("no long text takes time that grows faster than its length", () =>
  withSandbox(async (sandbox) => {
    const inbound = `${sandbox.info.url}/_sandbox/inbound`;
    const rules = `${sandbox.info.url}/_sandbox/rules`;
    const send = sandbox.url("messages:send");
    const asks: [string, (text: string) => Promise<Response>][] = [
      ["a person's text", (text) =>
        post(sandbox, inbound, {
          from: "+15551234567",
          channel: "SMS",
          message: { text_message: { text } },
        })],
      [
        "a text",
        (text) =>
          post(
            sandbox,
            send,
            smsTo("1555", { message: { text_message: { text } } }),
          ),
      ],
      ["an identity", (text) => post(sandbox, send, smsTo(text))],
      [
        "a latency",
        (latency) => post(sandbox, rules, { rules: [{ latency }] }),
      ],
      [
        "a rate",
        (rate) => post(sandbox, rules, { rules: [{ rate, http: 500 }] }),
      ],
    ];
    for (const [name, ask] of asks) {
      for (const piece of PIECES) {
        const time = async (size: number) => {
          const text = piece.repeat(size / piece.length);
          const startedAt = performance.now();
          const { status } = await ask(text);
          assert(status < 500, `${name} of ${piece}: ${status}`);
          return performance.now() - startedAt;
        };
        await time(100);
        const short = await time(SIZE / 10);
        const long = await time(SIZE);
        // Below that, the machine's noise decides.
        assert(
          long < 250 || long / short < MAX_GROWTH,
          `${name} of ${piece}: ${short} ms, ten times as long ${long} ms`,
        );
      }
    }
  }));

Deno.test("names that every object has are names like any other", () =>
  withSandbox(async (sandbox) => {
    const names = [
      "constructor",
      "__proto__",
      "toString",
      "valueOf",
      "hasOwnProperty",
    ];
    const app = sandbox.url(`apps/${sandbox.info.app_id}`);
    for (const name of names) {
      const answers = [
        post(sandbox, sandbox.url("messages:send"), smsTo(name)),
        post(sandbox, sandbox.url("messages:send"), smsTo(`1555000${name}`)),
        post(sandbox, sandbox.url(`messages/${name}`), {}, "PATCH"),
        post(sandbox, sandbox.url(name), {}),
        post(sandbox, `${app}?update_mask=${name}`, {}, "PATCH"),
        post(
          sandbox,
          `${app}?update_mask=callback_settings.${name}.x`,
          JSON.parse(`{"callback_settings":{"${name}":{"x":"y"}}}`),
          "PATCH",
        ),
        post(sandbox, `${sandbox.info.url}/_sandbox/rules`, {
          rules: [JSON.parse(`{"${name}":1,"http":500}`)],
        }),
        post(sandbox, `${sandbox.info.url}/_sandbox/callbacks:trigger`, {
          trigger: name,
        }),
        post(
          sandbox,
          sandbox.url("messages:send"),
          smsTo("1555", { channel_priority_order: [name] }),
        ),
        post(
          sandbox,
          sandbox.url("messages:send"),
          smsTo("1555", { message: JSON.parse(`{"${name}":{}}`) }),
        ),
        fetch(`${sandbox.url("messages")}?${name}=${name}&${name}=x`, {
          headers: { authorization: sandbox.authorization },
        }),
      ];
      for (const [at, answer] of (await Promise.all(answers)).entries()) {
        assert(answer.status < 500, `${name}, ${at}: ${answer.status}`);
      }
    }
    const { status } = await post(
      sandbox,
      sandbox.url("messages:send"),
      smsTo("1555"),
    );
    assertEquals(status, 200);
  }));
