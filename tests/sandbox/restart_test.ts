/** A served sandbox that is killed in the middle of its callbacks, and started again. */
import { assert, assertEquals } from "@std/assert";
import { SandboxProcess } from "../sandbox_process.ts";
import { APP, smsTo } from "./client.ts";
import { type Received, Receiver } from "./receiver.ts";

const NUMBERS = ["46700000001", "46700000002", "46700000003", "46700000004"];

async function post(
  sandbox: SandboxProcess,
  path: string,
  body: unknown,
): Promise<{ message_id: string }> {
  const response = await fetch(sandbox.url(path), {
    method: "POST",
    headers: {
      authorization: sandbox.authorization,
      "content-type": "application/json",
    },
    body: JSON.stringify(body),
  });
  assertEquals(response.status, 200);
  return await response.json();
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
  const first = await SandboxProcess.start(home);
  await post(first, "webhooks", {
    app_id: APP,
    target: receiver.url,
    target_type: "HTTP",
    triggers: ["MESSAGE_SUBMIT", "MESSAGE_DELIVERY"],
    secret: "s3cret",
  });
  const sent = new Map<string, string[]>(NUMBERS.map((one) => [one, []]));
  for (let count = 0; count < 15; count++) {
    for (const number of NUMBERS) {
      const { message_id } = await post(first, "messages:send", smsTo(number));
      sent.get(number)!.push(message_id);
    }
  }
  await until(() => receiver.received.length >= 100);
  await first.kill();
  const before = receiver.received.length;
  const expected = 3 * 15 * NUMBERS.length;
  assert(before < expected, "it was killed too late to prove anything");

  await using second = await SandboxProcess.start(home);
  const facts = () => new Set(receiver.received.map((one) => told(one).fact));
  await until(() => facts().size >= expected);
  await second.kill();

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
