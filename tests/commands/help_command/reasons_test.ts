/** Why messages fail, in `help reasons` and wherever a reason is shown. */
import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { REASON_CODES, REASONS, SUB_CODES } from "../../../channels/reasons.ts";
import { runCli } from "../../run_cli.ts";
import { SandboxedCli } from "../../sandboxed_cli.ts";
import { smsTo } from "../../sandbox/client.ts";
import { Served } from "../sandbox/served.ts";

/** A text as it is wherever its lines break. */
const unwrapped = (text: string) => text.replace(/\s+/g, " ");

Deno.test("help reasons explains every code", async () => {
  const { code, stdout } = await runCli(["help", "reasons"]);
  assertEquals(code, 0);
  assertEquals(REASON_CODES.length, 31);
  for (
    const [name, { meaning, remedy }] of Object.entries({
      ...REASONS,
      ...SUB_CODES,
    })
  ) {
    assertStringIncludes(unwrapped(stdout), `${name} ${meaning} ${remedy}`);
  }
});

Deno.test("help reasons explains the codes that are named, in any case", async () => {
  const words = ["media-too-large", "INACTIVE_SENDER"];
  const { code, stdout } = await runCli(["help", "reasons", ...words]);
  const text = unwrapped(stdout);
  assertEquals(code, 0);
  assertStringIncludes(
    text,
    `MEDIA_TOO_LARGE: ${REASONS.MEDIA_TOO_LARGE.meaning}`,
  );
  assertStringIncludes(
    text,
    `INACTIVE_SENDER: ${SUB_CODES.INACTIVE_SENDER.meaning}`,
  );
});

for (
  const [word, hint] of [
    ["MEDIA_TOO_LARG", "Did you mean MEDIA_TOO_LARGE?"],
    ["opted", "Did you mean RECIPIENT_NOT_OPTED_IN?"],
    ["quux", "sinch help reasons"],
    ["constructor", "sinch help reasons"],
  ] as const
) {
  Deno.test(`help reasons ${word}: exit 2, and what was meant`, async () => {
    const run = await runCli(["help", "reasons", word]);
    assertEquals([run.code, run.stdout], [2, ""]);
    assertStringIncludes(run.stderr, hint);
  });
}

Deno.test("messages get explains the reason of a message that failed", async () => {
  await using cli = new SandboxedCli();
  const message = (reason: unknown) =>
    Response.json({
      id: "M1",
      message_status: { status: "FAILED", event_time: null, reason },
    });
  const get = ["conversation", "messages", "get", "M1"];
  cli.answers = [message({
    code: "MEDIA_NOT_REACHABLE",
    description: "404",
    sub_code: "MEDIA_TYPE_UNDETERMINED",
  })];
  const text = unwrapped((await cli.run(get)).stdout);
  assertStringIncludes(text, "Status FAILED");
  assertStringIncludes(text, REASONS.MEDIA_NOT_REACHABLE.remedy);
  assertStringIncludes(text, SUB_CODES.MEDIA_TYPE_UNDETERMINED.remedy);
  assertStringIncludes(text, "404");
  // A code that is newer than this program.
  cli.answers = [message({ code: "BRAND_NEW" })];
  assertMatch((await cli.run(get)).stdout, /Reason +BRAND_NEW\n/);
});

Deno.test("sandbox show explains the reason of a message that failed", async () => {
  await using served = await Served.open(["MESSAGE_DELIVERY"], {
    // However slow this machine is.
    latencyMs: 60_000,
  });
  await served.run("rule", "add", "--fail", "RECIPIENT_NOT_REACHABLE");
  const { message_id } = await served.ask(
    "messages:send",
    smsTo("+46700000001"),
  );
  await served.sandbox.runDue();
  const waiting = await served.run("show", message_id);
  assertMatch(waiting.stdout, /Next +Refusal by the channel/);
  await served.run("clock", "advance", "1h");
  await served.sandbox.runDue();
  const { stdout } = await served.run("show", message_id);
  assertStringIncludes(stdout, "FAILED, SMS, RECIPIENT_NOT_REACHABLE");
  assertStringIncludes(
    unwrapped(stdout),
    REASONS.RECIPIENT_NOT_REACHABLE.remedy,
  );
});
