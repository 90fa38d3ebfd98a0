/** `sinch sandbox show`, against a served sandbox that calls back. */
import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { runCli } from "../../run_cli.ts";
import { smsTo } from "../../sandbox/client.ts";
import { Served } from "./served.ts";

Deno.test("a message is shown as the phone has it, with reports and who was told", async () => {
  // The next step is far away, however slow this machine is.
  await using served = await Served.open(["MESSAGE_DELIVERY"], {
    latencyMs: 3_600_000,
  });
  const id = await served.sendChoices();
  await served.sandbox.runDue();
  const { code, stdout, stderr } = await served.run("show", id);
  assertEquals(code, 0, stderr);
  const lines = stdout.split("\n").map((line) => line.trim());
  for (
    const line of [
      `ID            ${id}`,
      "Channel       SMS",
      "Type          choice",
      "On the phone  Well?",
      "> YES",
      "Native        no: SMS has no choice messages",
      "SMS           1 part, 17 units of GSM-7",
      "Choices       1  Yes (yes)",
      "2  No (no)",
    ]
  ) {
    assertEquals(lines.includes(line), true, `${line}\n${stdout}`);
  }
  assertMatch(stdout, /Reports +QUEUED_ON_CHANNEL, SMS, 20.*Z\n/);
  assertStringIncludes(
    stdout,
    `- callback 1 to ${served.receiver.url}: DELIVERED, 200\n`,
  );
  assertMatch(stdout, /Next +\w.*, 20.*Z\n/);
});

Deno.test("a message that no webhook receives reports of says so; --json is the answer", async () => {
  await using served = await Served.open();
  const { message_id: id } = await served.ask(
    "messages:send",
    smsTo("+46700000001"),
  );
  const { stdout } = await served.run("show", id);
  assertMatch(stdout, /Next +None.*MESSAGE_DELIVERY/);
  assertStringIncludes(stdout, "webhooks create --app 01SANDB0X");
  const json = await served.run("show", id, "--json");
  const outcome = JSON.parse(json.stdout);
  assertEquals([outcome.message.id, outcome.is_heard, outcome.next], [
    id,
    false,
    null,
  ]);
});

Deno.test("a message from a person shows what was written, harmless for a terminal", async () => {
  await using served = await Served.open();
  const reply = await served.run(
    "reply",
    "+46700000001",
    "a\u009b31mb",
    "--json",
  );
  const { message_id } = JSON.parse(reply.stdout);
  const { stdout } = await served.run("show", message_id);
  assertMatch(stdout, /Direction +TO_APP/);
  assertMatch(stdout, /Content +a�31mb/);
  assertMatch(stdout, /Reports +MESSAGE_INBOUND/);
  const { code, stderr } = await served.run("show", "x");
  assertEquals(code, 4);
  assertStringIncludes(stderr, 'Message "x" not found');
});

Deno.test("without a served sandbox, what is due is said to wait for one", async () => {
  const home = await Deno.makeTempDir();
  const late = {
    now: () => Date.now() + 60_000,
    sleep: () => Promise.resolve(),
  };
  const run = (args: string[], clock?: typeof late) =>
    runCli(args, { home, runtime: clock ? { clock } : {} });
  const sandboxed = ["--sandbox", "conversation"];
  await run([
    ...[...sandboxed, "webhooks", "create", "--target", "https://example.com"],
    ...["--triggers", "MESSAGE_DELIVERY,BATCH_STATUS_UPDATE"],
  ]);
  const sent = await run([
    ...[...sandboxed, "send", "+15551234567", "Hi", "-c", "SMS", "--json"],
  ]);
  const { message_id } = JSON.parse(sent.stdout);
  const { stdout, stderr } = await run(["sandbox", "show", message_id], late);
  assertMatch(stdout, /Next +Handed over to the channel/);
  assertStringIncludes(stderr, "sinch sandbox start");
  await Deno.remove(home, { recursive: true });
});
