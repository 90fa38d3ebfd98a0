/** Each limit of each channel, on it and beyond it, by the rules alone. */
import { assert, assertEquals } from "@std/assert";
import { arrivalOf } from "../../channels/arrival.ts";
import { CHANNEL_RULES } from "../../channels/channels.ts";
import type { Message } from "../../channels/message.ts";
import type { ChannelRules } from "../../channels/rules.ts";
import { SOURCES } from "../../channels/sources.ts";
import { CASES, outcomeOf } from "./limit_cases.ts";

for (const { channel, name, message, properties, outcome } of CASES) {
  Deno.test(`${channel}, ${name}: ${outcome}`, () => {
    const { shown, failure, findings } = arrivalOf({
      channel,
      message: message as Message,
      properties,
      hasDefaultSender: true,
      hoursSinceInbound: 1,
    });
    const found = { kind: shown?.kind, failure: failure?.code, findings };
    assertEquals(outcomeOf(found), outcome, JSON.stringify(findings));
  });
}

Deno.test("there are cases for at least 150 limits and both sides of each", () => {
  assert(CASES.length >= 300, `${CASES.length}`);
});

Deno.test("every rule names a source that is known", () => {
  for (const [channel, rules] of Object.entries(CHANNEL_RULES)) {
    const { rules: all, media, window }: ChannelRules = rules;
    const keys = [...all, media, window].flatMap((one) =>
      one ? one.source.split(", ") : []
    );
    assertEquals(keys.filter((key) => !SOURCES[key]), [], channel);
  }
});
