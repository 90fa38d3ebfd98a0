/** `sinch sandbox trigger`, against a served sandbox that calls back. */
import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { runCli } from "../../run_cli.ts";
import { Served } from "./served.ts";

Deno.test("a trigger is posted, with the given data merged in", async () => {
  await using served = await Served.open(["CHANNEL_EVENT"]);
  const data = '{"channel_event":{"channel":"RCS","additional_data":null}}';
  const { code, stdout } = await served.run(
    ...["trigger", "channel-event", "--data", data],
  );
  assertEquals(code, 0);
  // It waits at this moment, and may wait for long.
  assertMatch(stdout, /Callback 1 .*queued/);
  await served.sandbox.runDue();
  assertEquals(
    served.receiver.received[0]!.body.channel_event_notification,
    {
      channel_event: {
        channel: "RCS",
        event_type: "WHATS_APP_QUALITY_RATING_CHANGED",
      },
    },
  );
  const json = await served.run("trigger", "CHANNEL_EVENT", "--json");
  const answer = JSON.parse(json.stdout);
  assertEquals([answer.trigger, answer.callbacks.length], ["CHANNEL_EVENT", 1]);
});

Deno.test("a trigger without a webhook is a failure that says how to create one", async () => {
  await using served = await Served.open();
  const { code, stdout, stderr } = await served.run("trigger", "UNSUPPORTED");
  assertEquals([code, stdout], [1, ""]);
  assertStringIncludes(stderr, "nothing was sent");
  assertStringIncludes(
    stderr,
    "webhooks create --app 01SANDB0XAPP00000000000001 --triggers UNSUPPORTED",
  );
});

Deno.test("the triggers are listed, each with what causes it", async () => {
  const { code, stdout } = await runCli(["sandbox", "trigger", "--list"]);
  assertEquals([code, stdout.trim().split("\n").length], [0, 22]);
  assertStringIncludes(
    stdout,
    "UNSUPPORTED\tunsupported_callback\tonly this command\n",
  );
  const json = await runCli(["sandbox", "trigger", "--list", "--json"]);
  assertEquals(JSON.parse(json.stdout).triggers[0], {
    trigger: "MESSAGE_INBOUND",
    payload_key: "message",
    cause: "a contact sends a message: sinch sandbox reply",
  });
});

for (
  const [args, fault] of [
    [[], "[trigger]"],
    [["MESAGE_INBOUND"], "MESSAGE_INBOUND"],
    [["OPT_IN", "--data", "[1]"], "--data"],
    [["OPT_IN", "--data", "{"], "--data"],
    [["OPT_IN", "--data", "@none.json"], "--data"],
    [["OPT_IN", "--list"], "--list and [trigger]"],
    [["--data", "{}", "--list"], "--list and --data"],
  ] as const
) {
  Deno.test(`trigger ${args.join(" ")} is refused`, async () => {
    const { code, stderr } = await runCli(["sandbox", "trigger", ...args]);
    assertEquals(code, 2);
    assertStringIncludes(stderr, fault);
  });
}
