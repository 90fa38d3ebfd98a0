/** `sinch sandbox reply` and `tap`, against a served sandbox that calls back. */
import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { createSandbox } from "../../../sandbox/sandbox.ts";
import { type CliRun, runCli } from "../../run_cli.ts";
import { Receiver } from "../../sandbox/receiver.ts";

const ADA = "01HSANDB0XC0NTACT000000001";

/** A live sandbox on a port, with the note that `sandbox start` leaves. */
class Served implements AsyncDisposable {
  readonly receiver = new Receiver();
  readonly sandbox = createSandbox({ store: ":memory:", live: {} });
  readonly #home = Deno.makeTempDirSync();
  readonly #server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen: () => {} },
    (request) => this.sandbox.fetch(request),
  );

  static async open(): Promise<Served> {
    const served = new Served();
    const { projectId, keyId, keySecret, appId } = served.sandbox.account;
    await Deno.writeTextFile(
      `${served.#home}/sandbox.json`,
      JSON.stringify({
        url: `http://127.0.0.1:${served.#server.addr.port}`,
        project_id: projectId,
        key_id: keyId,
        key_secret: keySecret,
        app_id: appId,
        store: ":memory:",
      }),
    );
    await served.ask("webhooks", {
      app_id: appId,
      target: served.receiver.url,
      target_type: "HTTP",
      triggers: ["MESSAGE_INBOUND"],
    });
    return served;
  }

  async ask(path: string, body: unknown): Promise<{ message_id: string }> {
    const { projectId, keyId, keySecret } = this.sandbox.account;
    const response = await this.sandbox.fetch(
      new Request(`http://sandbox/v1/projects/${projectId}/${path}`, {
        method: "POST",
        headers: {
          authorization: `Basic ${btoa(`${keyId}:${keySecret}`)}`,
          "content-type": "application/json",
        },
        body: JSON.stringify(body),
      }),
    );
    assertEquals(response.status, 200);
    return await response.json();
  }

  /** Sends a question with two choices to Ada. */
  async sendChoices(): Promise<string> {
    const { message_id } = await this.ask("messages:send", {
      app_id: this.sandbox.account.appId,
      recipient: { contact_id: ADA },
      message: {
        choice_message: {
          text_message: { text: "Well?" },
          choices: [
            { text_message: { text: "Yes" }, postback_data: "yes" },
            { text_message: { text: "No" }, postback_data: "no" },
          ],
        },
      },
    });
    return message_id;
  }

  async run(...args: string[]): Promise<CliRun> {
    return await runCli(["sandbox", ...args], {
      env: { SINCH_DATA_DIR: this.#home },
      fetch,
    });
  }

  /** The message that the app was told of last. */
  async told() {
    await this.sandbox.runDue();
    return this.receiver.received.at(-1)!.body.message;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.shutdown();
    await this.sandbox.close();
    await this.receiver[Symbol.asyncDispose]();
    await Deno.remove(this.#home, { recursive: true });
  }
}

Deno.test("a number, a contact and the reader of a message each write to the app", async () => {
  await using served = await Served.open();
  const message = await served.sendChoices();
  for (
    const [args, channel, identity] of [
      [["+46700000001", "Hi"], "SMS", "46700000001"],
      [["+46700000001", "Hi", "-c", "whatsapp"], "WHATSAPP", "46700000001"],
      [[ADA, "Hi"], "SMS", "15551234567"],
      [[message, "Hi"], "SMS", "15551234567"],
    ] as const
  ) {
    const { code, stdout, stderr } = await served.run("reply", ...args);
    assertEquals(code, 0, stderr);
    const told = await served.told();
    assertEquals(stdout, `✔ Message ${told.id} received\n`);
    assertEquals(told.contact_message.text_message, { text: "Hi" });
    assertEquals([
      told.channel_identity.channel,
      told.channel_identity.identity,
    ], [
      channel,
      identity,
    ]);
  }
});

Deno.test("a picture and a place are received; --json is the answer", async () => {
  await using served = await Served.open();
  const url = "https://example.com/a.jpg";
  const run = await served.run("reply", ADA, "--media", url, "--json");
  const told = await served.told();
  assertEquals(JSON.parse(run.stdout).message_id, told.id);
  assertEquals(told.contact_message.media_message, { url });
  await served.run("reply", ADA, "--lat", "55.5", "--lng=-13");
  assertEquals((await served.told()).contact_message.location_message, {
    title: "Here",
    coordinates: { latitude: 55.5, longitude: -13 },
  });
});

Deno.test("a tap sends the choice's postback data", async () => {
  await using served = await Served.open();
  const message_id = await served.sendChoices();
  assertEquals((await served.run("tap", message_id, "no")).code, 0);
  assertEquals((await served.told()).contact_message.choice_response_message, {
    message_id,
    postback_data: "no",
  });
  const { code, stderr } = await served.run("tap", message_id, "Maybe");
  assertEquals(code, 1);
  assertStringIncludes(stderr, 'must be one of "Yes", "No"');
});

Deno.test("nobody and nothing to say are refused", async () => {
  await using served = await Served.open();
  const nobody = await served.run("reply", "01ARZ3NDEKTSV4RRFFQ69G5FAV", "Hi");
  assertEquals(nobody.code, 4);
  assertStringIncludes(nobody.stderr, "Contact not found");
  for (
    const args of [[ADA], [ADA, "Hi", "--media", "x"], [ADA, "--lat", "91"]]
  ) {
    assertEquals((await served.run("reply", ...args)).code, 2, args.join(" "));
  }
  assertEquals(served.receiver.received, []);
});

Deno.test("without a running sandbox, reply says how to start one", async () => {
  const { code, stderr } = await runCli(["sandbox", "reply", ADA, "Hi"]);
  assertEquals(code, 1);
  assertMatch(stderr, /No sandbox is running\n.*sinch sandbox start/);
});
