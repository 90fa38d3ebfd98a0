/** A served sandbox that is killed in the middle of its callbacks, and started again. */
import { assert, assertEquals } from "@std/assert";
import { APP, P, smsTo } from "./client.ts";
import { type Received, Receiver } from "./receiver.ts";

const MAIN = new URL("../../main.ts", import.meta.url).href;
const NUMBERS = ["46700000001", "46700000002", "46700000003", "46700000004"];
const AUTHORIZATION = `Basic ${btoa("sandbox-key:sandbox-secret")}`;

/** A `sinch sandbox start` of its own process. */
class ServedSandbox {
  private constructor(
    readonly child: Deno.ChildProcess,
    readonly url: string,
    readonly rest: ReadableStreamDefaultReader<string>,
  ) {}

  static async start(home: string): Promise<ServedSandbox> {
    const child = new Deno.Command(Deno.execPath(), {
      args: [
        ...["run", "-A", "--quiet", MAIN, "sandbox", "start"],
        ...["--port", "0", "--store", `${home}/sandbox.db`, "--json"],
      ],
      env: { HOME: home, SINCH_DATA_DIR: `${home}/data` },
      stdin: "null",
      stdout: "piped",
      stderr: "inherit",
    }).spawn();
    const reader = child.stdout.pipeThrough(new TextDecoderStream())
      .getReader();
    let line = "";
    while (!line.includes("\n")) line += (await reader.read()).value ?? "";
    return new ServedSandbox(child, JSON.parse(line).url, reader);
  }

  async post(path: string, body: unknown): Promise<{ message_id: string }> {
    const response = await fetch(this.url + path, {
      method: "POST",
      headers: {
        authorization: AUTHORIZATION,
        "content-type": "application/json",
      },
      body: JSON.stringify(body),
    });
    assertEquals(response.status, 200);
    return await response.json();
  }

  async end(signal: Deno.Signal): Promise<void> {
    this.child.kill(signal);
    await this.child.status;
    await this.rest.cancel();
  }
}

async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!condition()) {
    assert(Date.now() < deadline, "it did not happen within 30 s");
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** What a callback told of which message, and to whom it went. */
function told({ body }: Received): { fact: string; identity: string } {
  const about = body.message_delivery_report ??
    body.message_submit_notification;
  return {
    fact: `${about.message_id} ${about.status ?? "SUBMITTED"}`,
    identity: about.channel_identity.identity,
  };
}

Deno.test("a sandbox killed in the middle of its callbacks loses none, and keeps their order", async () => {
  const home = await Deno.makeTempDir();
  await using receiver = new Receiver();
  const first = await ServedSandbox.start(home);
  await first.post(`${P}/webhooks`, {
    app_id: APP,
    target: receiver.url,
    target_type: "HTTP",
    triggers: ["MESSAGE_SUBMIT", "MESSAGE_DELIVERY"],
    secret: "s3cret",
  });
  const sent = new Map<string, string[]>(NUMBERS.map((one) => [one, []]));
  for (let count = 0; count < 15; count++) {
    for (const number of NUMBERS) {
      const { message_id } = await first.post(
        `${P}/messages:send`,
        smsTo(number),
      );
      sent.get(number)!.push(message_id);
    }
  }
  await until(() => receiver.received.length >= 100);
  await first.end("SIGKILL");
  const before = receiver.received.length;
  const expected = 3 * 15 * NUMBERS.length;
  assert(before < expected, "it was killed too late to prove anything");

  const second = await ServedSandbox.start(home);
  const facts = () => new Set(receiver.received.map((one) => told(one).fact));
  await until(() => facts().size >= expected);
  await second.end("SIGTERM");

  // Only what was under way when it was killed may come a second time.
  assert(receiver.received.length - expected <= NUMBERS.length);
  for (const [number, ids] of sent) {
    const own = receiver.received.map(told)
      .filter(({ identity }) => identity === number)
      .map(({ fact }) => fact);
    const inOrder = [...new Set(own)];
    for (const status of ["SUBMITTED", "QUEUED_ON_CHANNEL", "DELIVERED"]) {
      assertEquals(
        inOrder.filter((fact) => fact.endsWith(status)),
        ids.map((id) => `${id} ${status}`),
      );
    }
    for (const id of ids) {
      assertEquals(inOrder.filter((fact) => fact.startsWith(id)), [
        `${id} SUBMITTED`,
        `${id} QUEUED_ON_CHANNEL`,
        `${id} DELIVERED`,
      ]);
    }
  }
  await Deno.remove(home, { recursive: true });
});
