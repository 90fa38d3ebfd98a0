/** The edge of `sinch sandbox start`: a real process, asked over plain sockets. */
import { assertEquals } from "@std/assert";
import { type RawAnswer, sendRaw } from "../raw_http.ts";
import { SandboxProcess } from "../sandbox_process.ts";
import { smsTo } from "./client.ts";

async function withSandbox(
  use: (sandbox: SandboxProcess) => Promise<void>,
): Promise<void> {
  await using opened = new AsyncDisposableStack();
  const folder = await Deno.makeTempDir();
  opened.defer(() => Deno.remove(folder, { recursive: true }));
  await use(opened.use(await SandboxProcess.start(folder)));
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

Deno.test("a rule drops the connection before a message is taken, or after", () =>
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
