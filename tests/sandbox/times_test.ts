/** Times as real traffic has them: fractions of several lengths. */
import { assertEquals } from "@std/assert";
import { eventTime, rfc3339 } from "../../sandbox/contract/time.ts";
import { APP, P, smsTo, START } from "./client.ts";
import { openLive } from "./receiver.ts";

const DIGITS = /^[^.]+(?:\.(\d+))?Z$/;

function digits(time: string): number {
  return DIGITS.exec(time)![1]?.length ?? 0;
}

Deno.test("times have 0, 3, 6, 7 and 9 digits, each often, and stay the same", () => {
  const seen = new Map<number, number>();
  for (let ms = START; ms < START + 1000; ms++) {
    const time = eventTime(ms);
    assertEquals(time, eventTime(ms));
    // A channel's whole second is not later than the time itself.
    assertEquals(ms - Date.parse(time) >= 0, true);
    assertEquals(Date.parse(rfc3339(ms)), ms);
    seen.set(digits(time), (seen.get(digits(time)) ?? 0) + 1);
  }
  assertEquals([...seen.keys()].sort(), [0, 3, 6, 7, 9]);
  for (const count of seen.values()) assertEquals(count > 100, true);
});

Deno.test("answers and callbacks have times of different lengths", async () => {
  await using live = await openLive(["MESSAGE_DELIVERY"]);
  const answers = new Set<number>();
  for (let step = 0; step < 20; step++) {
    const { body } = await live.call(
      "POST",
      `${P}/messages:send`,
      smsTo("15551234567"),
    );
    answers.add(digits(body.accepted_time));
    const { body: stored } = await live.call(
      "GET",
      `${P}/messages/${body.message_id}`,
    );
    assertEquals(stored.accept_time, body.accepted_time);
    await live.pass(37);
  }
  assertEquals([...answers].sort(), [3, 6, 7, 9]);
  const told = live.receiver.received.map(({ body }) => {
    assertEquals(body.app_id, APP);
    return digits(body.event_time);
  });
  assertEquals(new Set(told).size >= 4, true);
});
