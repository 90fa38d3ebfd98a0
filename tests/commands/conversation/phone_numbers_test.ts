/** Phone numbers as people write them: what is sent for each, and what is refused. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { SandboxedCli } from "../../sandboxed_cli.ts";

const MEANT = {
  "+44 (0)7911 123456": "447911123456",
  "+44 (0) 7911-123456": "447911123456",
  "tel:+44-7911-123456": "447911123456",
  "whatsapp:+447911123456": "447911123456",
  "SMS:+44 7911 123456": "447911123456",
  // In Italy the 0 belongs to the number.
  "+39 06 1234 5678": "390612345678",
};

Deno.test("separators, a zero in brackets and a link's prefix are no part of a number", async (t) => {
  await using cli = new SandboxedCli();
  for (const [typed, sent] of Object.entries(MEANT)) {
    await t.step(typed, async () => {
      const run = await cli.run(
        ["conversation", "send", typed, "Hi", "-c", "SMS", "--json"],
      );
      assertEquals([run.code, run.stderr], [0, ""]);
      const { message_id } = JSON.parse(run.stdout);
      const { channel_identity } = await cli.ask(
        "GET",
        `messages/${message_id}`,
      );
      assertEquals(channel_identity.identity, sent);
      const found = await cli.run(
        ["conversation", "messages", "list", "--identity", typed, "--json"],
      );
      assertEquals(
        JSON.parse(found.stdout).messages[0].channel_identity.identity,
        sent,
      );
    });
  }
});

const UNUSUAL = {
  // WhatsApp writes Mexican mobile numbers with an extra 1.
  "+5215541637145": "longer",
  "+46 12 34 5": "shorter",
};

for (const [number, doubt] of Object.entries(UNUSUAL)) {
  Deno.test(`${number} is used, with a note that it is ${doubt} than usual`, async () => {
    await using cli = new SandboxedCli();
    for (
      const args of [
        ["conversation", "send", number, "Hi", "-c", "WHATSAPP"],
        ["conversation", "contacts", "create", "--phone", number],
      ]
    ) {
      const run = await cli.run(args);
      assertEquals(run.code, 0);
      assertStringIncludes(run.stdout, number.slice(1).replaceAll(" ", ""));
      assertStringIncludes(run.stderr, doubt);
    }
  });
}

const REFUSED: [typed: string, meant: string][] = [
  ["+44 07911 123456", "+447911123456"],
  ["+7 8 912 345 67 89", "+79123456789"],
  ["+1 1 555 123 4567", "+15551234567"],
  ["+44 7911 123456 ext 5", "+447911123456"],
  ["+44 7911 123456 x5", "+447911123456"],
  ["tel:+44-7911-123456;ext=5", "+447911123456"],
  ["+999 1234 5678", "no country"],
  ["+44 79", "4 digits"],
  ["+44 7911 123456 789012", "18 digits"],
];

Deno.test("a number that is none is refused, with the one that is meant", async (t) => {
  await using cli = new SandboxedCli();
  for (const [typed, says] of REFUSED) {
    await t.step(typed, async () => {
      const run = await cli.run(
        ["conversation", "send", typed, "Hi", "-c", "SMS"],
      );
      assertEquals([run.code, run.requests.length], [2, 0]);
      assertStringIncludes(run.stderr, says);
    });
  }
});
