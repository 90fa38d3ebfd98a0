/** `sinch sandbox reply` and `tap`, against a served sandbox that calls back. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { runCli } from "../../run_cli.ts";
import { ADA } from "../../sandbox/client.ts";
import { Served } from "./served.ts";

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

Deno.test("without a served sandbox, reply writes to the app of --sandbox and says so", async () => {
  const home = await Deno.makeTempDir();
  const { code, stderr } = await runCli(["sandbox", "reply", ADA, "Hi"], {
    home,
  });
  assertEquals(code, 0, stderr);
  assertStringIncludes(stderr, "No sandbox is served");
  const list = ["--sandbox", "conversation", "messages", "list", "--json"];
  const { stdout } = await runCli(list, { home });
  assertEquals(JSON.parse(stdout).messages[0].contact_message.text_message, {
    text: "Hi",
  });
  await Deno.remove(home, { recursive: true });
});
