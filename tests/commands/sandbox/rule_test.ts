/** `sinch sandbox rule` and `clock`, and what they do to a client. */
import {
  assertEquals,
  assertMatch,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { SinchClient } from "@sinch/sdk-core";
import { runCli } from "../../run_cli.ts";
import { APP, smsTo } from "../../sandbox/client.ts";
import { Served } from "./served.ts";

function sdkOf({ sandbox: { account }, url }: Served) {
  return new SinchClient({
    projectId: account.projectId,
    keyId: account.keyId,
    keySecret: account.keySecret,
    authHostname: url,
    conversationHostname: url,
    conversationTemplatesHostname: url,
    // deno-lint-ignore no-explicit-any -- the SDK types this as an enum
    conversationRegion: "us" as any,
  }).conversation;
}

Deno.test("a rule fails RCS and goes on with SMS, until it is removed", async () => {
  await using served = await Served.open(["MESSAGE_DELIVERY"]);
  const added = await served.run(
    ...["rule", "add", "--channel", "rcs"],
    ...["--fail", "channel_failure", "--then", "sms"],
  );
  assertEquals([added.code, added.stdout, added.stderr], [
    0,
    "✔ Rule 1 added\n",
    "",
  ]);
  const rcs = {
    ...smsTo(""),
    recipient: {
      identified_by: {
        channel_identities: [{ channel: "RCS", identity: "+46700000001" }],
      },
    },
  };
  const outcome = async () => {
    await served.ask("messages:send", rcs);
    for (let count = 0; count < 40; count++) {
      await served.sandbox.runDue();
      const { body } = served.receiver.received.at(-1) ?? {};
      const { status, channel_identity } = body?.message_delivery_report ?? {};
      if (/DELIVERED|FAILED/.test(status)) {
        return `${channel_identity.channel} ${status}`;
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return "nothing";
  };
  assertEquals(await outcome(), "SMS DELIVERED");
  const list = await served.run("rule");
  assertEquals(list.stdout, "1\tRCS\tCHANNEL_FAILURE, then SMS\t1\n");
  assertEquals((await served.run("rule", "remove", "1")).code, 0);
  assertEquals((await served.run("rule", "remove", "1")).code, 4);
  served.receiver.received.length = 0;
  assertEquals(await outcome(), "RCS DELIVERED");
});

Deno.test("the official SDK meets the refusals of a rule, and is refused no more than that", async () => {
  await using served = await Served.open();
  const { messages } = sdkOf(served);
  // deno-lint-ignore no-explicit-any -- the SDK types channels as an enum
  const sendMessageRequestBody = smsTo("+46700000001") as any;
  const rule = ["--http", "429", "--retry-after", "2", "--rate", "50%"];
  assertEquals((await served.run("rule", "add", ...rule)).code, 0);
  await messages.send({ sendMessageRequestBody });
  const error = await assertRejects(
    () => messages.send({ sendMessageRequestBody }),
    Error,
  ) as Error & { statusCode: number; data: string };
  assertEquals(error.statusCode, 429);
  assertStringIncludes(error.data, "RESOURCE_EXHAUSTED");
  assertEquals((await served.run("rule", "remove", "--all")).code, 0);
  await messages.send({ sendMessageRequestBody });
  const { data } = await messages.list({ app_id: APP });
  assertEquals(data.length, 2);
});

Deno.test("a send whose answer is lost is not repeated, and its outcome is said to be unknown", async () => {
  await using served = await Served.open();
  const rule = ["--path", "messages:send", "--lose-answer"];
  await served.run("rule", "add", ...rule);
  const { code, stdout, stderr } = await runCli(
    ["conversation", "send", "+46700000001", "Hi", "-c", "SMS", "--json"],
    { env: served.env, fetch },
  );
  assertEquals([code, stdout], [5, ""]);
  assertEquals(JSON.parse(stderr).error.code, "OUTCOME_UNKNOWN");
  const { rules } = JSON.parse((await served.run("rule", "--json")).stdout);
  assertEquals(rules.length, 1);
  const { data } = await sdkOf(served).messages.list({ app_id: APP });
  assertEquals(data.length, 1);
});

Deno.test("--sandbox loses an answer as a server does", async () => {
  const home = await Deno.makeTempDir();
  const run = (...args: string[]) => runCli([...args, "--json"], { home });
  await run("sandbox", "rule", "add", "--lose-answer", "--times", "1");
  const send = ["conversation", "send", "+46700000001", "Hi", "-c", "SMS"];
  const { code, stderr } = await run("--sandbox", ...send);
  assertEquals(code, 5);
  assertEquals(JSON.parse(stderr).error.code, "OUTCOME_UNKNOWN");
  const list = await run("--sandbox", "conversation", "messages", "list");
  assertEquals(JSON.parse(list.stdout).messages.length, 1);
  await Deno.remove(home, { recursive: true });
});

for (const [drop, taken] of [["before", 0], ["after", 1]] as const) {
  Deno.test(`--sandbox drops a connection ${drop} the message is taken`, async () => {
    const home = await Deno.makeTempDir();
    const run = (...args: string[]) => runCli([...args, "--json"], { home });
    await run("sandbox", "rule", "add", "--drop", drop, "--times", "1");
    const send = ["conversation", "send", "+46700000001", "Hi", "-c", "SMS"];
    const { code, stderr } = await run("--sandbox", ...send);
    assertEquals(code, 5);
    assertEquals(JSON.parse(stderr).error.code, "OUTCOME_UNKNOWN");
    const list = await run("--sandbox", "conversation", "messages", "list");
    assertEquals(JSON.parse(list.stdout).messages.length, taken);
    await Deno.remove(home, { recursive: true });
  });
}

Deno.test("a file of rules is what the list prints", async () => {
  await using served = await Served.open();
  await served.run("rule", "add", "--latency", "1ms..2ms", "--only", "+1555*");
  await served.run("rule", "add", "--duplicate-callbacks", "--app", APP);
  const { stdout } = await served.run("rule", "list", "--json");
  await served.run("rule", "remove", "--all");
  const again = await served.runWith(
    { stdin: stdout },
    "rule",
    "add",
    "--file",
    "-",
  );
  assertEquals(again.stdout, "✔ Rules 3 to 4 added\n");
  const { rules } = JSON.parse((await served.run("rules", "--json")).stdout);
  assertEquals(rules, [
    { id: "3", only: ["+1555*"], latency: "1ms..2ms", hits: 0 },
    { id: "4", app_id: APP, duplicate_callbacks: true, hits: 0 },
  ]);
  assertEquals(
    (await served.run("rule")).stdout,
    `3\t+1555…\tlatency 1ms..2ms\t0\n4\tapp ${APP}\tduplicate callbacks\t0\n`,
  );
});

for (
  const [args, said] of [
    [["--channel", "RCS"], /--fail, --http/],
    [["--http", "200"], /--http .*400 to 599.*"200"/],
    [["--http", "429", "--rate", "5"], /--rate .*percentage/],
    [["--http", "429", "--times", "0"], /--times .*from 1 /],
    [["--http", "429", "--only", "a b"], /--only /],
    [["--fail", "BAD_LUCK"], /--fail .*UNKNOWN, .*"BAD_LUCK"/],
    [["--fail", "UNKNOWN", "--then", "FAX"], /--then .*SMS/],
    [["--http", "429", "--then", "SMS"], /--then requires --fail/],
    [
      ["--drop", "after", "--retry-after", "1"],
      /--retry-after requires --http/,
    ],
    [["--latency", "soon"], /--latency .*duration or a range/],
    [["--latency", "99999h"], /--latency .*24h/],
    [["--drop", "during"], /--drop .*before or after/],
    [["--file", "none.json"], /--file .*none.json/],
    [["--file", "-"], /--file .*JSON/],
    [["--file", "-", "--http", "500"], /--file and --http/],
  ] as [string[], RegExp][]
) {
  Deno.test(`rule add ${args.join(" ")} is wrong use, and says why`, async () => {
    await using served = await Served.open();
    const stdin = args.length > 2 ? '[{"http":500}]' : "{";
    const { code, stdout, stderr } = await served.runWith(
      { stdin },
      ...["rule", "add", ...args],
    );
    assertEquals([code, stdout], [2, ""]);
    assertMatch(stderr, said);
    assertEquals(
      (await served.run("rule")).stdout,
      "No rules: messages are delivered.\n",
    );
  });
}

Deno.test("a misspelt field of a file is named with its place", async () => {
  await using served = await Served.open();
  const { code, stderr } = await served.runWith(
    { stdin: '[{"http":500},{"chanel":"RCS","http":500}]' },
    ...["rule", "add", "--file", "-"],
  );
  assertEquals(code, 2);
  assertStringIncludes(stderr, "--file: rules[1].chanel ");
});

Deno.test("the clock is advanced by a duration, and shows how far it is ahead", async () => {
  await using served = await Served.open();
  const before = JSON.parse((await served.run("clock", "--json")).stdout);
  assertEquals(before.ahead_ms, 0);
  const { code, stdout } = await served.run("clock", "advance", "25h");
  assertEquals(code, 0);
  assertMatch(stdout, /^\d{4}-.*Z \(1d 1h ahead\)\n$/);
  const after = JSON.parse((await served.run("clock", "--json")).stdout);
  assertEquals(after.ahead_ms, 25 * 60 * 60 * 1000);
  for (const wrong of ["25", "soon", "0s", "-1h"]) {
    const { code, stderr } = await served.run("clock", "advance", wrong);
    assertEquals(code, 2, wrong);
    assertMatch(stderr, /^error: duration /);
  }
});

Deno.test("without a served sandbox, rules and time are those of --sandbox", async () => {
  const home = await Deno.makeTempDir();
  const run = (...args: string[]) => runCli(args, { home });
  const send = () =>
    run("--sandbox", "conversation", "send", "+46700000001", "Hi", "-c", "SMS");
  const rule = ["rule", "add", "--http", "500", "--path", "messages:send"];
  const { stderr } = await run("sandbox", ...rule);
  assertStringIncludes(stderr, "sinch sandbox start");
  assertEquals((await send()).code, 5);
  await run("sandbox", "rule", "remove", "--all");
  await run("sandbox", "clock", "advance", "2d");
  assertEquals((await send()).code, 0);
  const list = await run(
    "--sandbox",
    "conversation",
    "messages",
    "list",
    "--json",
  );
  const [{ accept_time }] = JSON.parse(list.stdout).messages;
  assertEquals(Date.parse(accept_time) > Date.now() + 86_400_000, true);
  await Deno.remove(home, { recursive: true });
});

Deno.test("the error and doctor name the rule that made an answer", async () => {
  await using served = await Served.open();
  await served.run("rule", "add", "--http", "422", "--path", "/apps");
  const run = (...args: string[]) => runCli(args, { env: served.env, fetch });
  const list = await run("conversation", "apps", "list");
  assertEquals(list.code, 1);
  assertMatch(list.stderr, /Sandbox rule 1 answered 422: /);
  assertMatch(list.stderr, /Run `sinch sandbox rule list`/);
  const { stdout } = await run("doctor");
  assertMatch(stdout, /Sandbox rule 1 answered 422: /);
  assertMatch(stdout, /sinch sandbox rule list/);
});

for (const fault of [["--lose-answer"], ["--drop", "after"]]) {
  Deno.test(`the list and doctor count what ${fault.join(" ")} hit`, async () => {
    await using served = await Served.open();
    await served.run("rule", "add", ...fault, "--path", "messages:send");
    const run = (...args: string[]) => runCli(args, { env: served.env, fetch });
    const send = ["conversation", "send", "+15551234567", "Hi", "-c", "SMS"];
    assertEquals((await run(...send)).code, 5);
    const { rules } = JSON.parse((await served.run("rule", "--json")).stdout);
    assertEquals(rules[0].hits, 1);
    const { stdout } = await run("doctor");
    assertMatch(stdout, /1 fault rule: rule 1 had an effect once/);
    assertMatch(stdout, /^ +sinch sandbox rule list$/m);
  });
}

Deno.test("a rate and a number of times count what they changed", async () => {
  await using served = await Served.open();
  const add = ["rule", "add", "--http", "500", "--path", "/apps"];
  await served.run(...add, "--rate", "50%", "--times", "2");
  const run = (...args: string[]) => runCli(args, { env: served.env, fetch });
  for (let round = 0; round < 8; round++) {
    await run("conversation", "apps", "get", "01NONE");
  }
  const { rules } = JSON.parse((await served.run("rule", "--json")).stdout);
  assertEquals(rules[0].hits, 2);
});
